"""How far somebody is with a form that they have begun."""

import datetime as dt

from django.utils.translation import gettext as _

from forms_engine.drafts import Filling, load
from forms_engine.models import Assignment, Party
from forms_engine.rules.journey import State


def said(filling: Filling) -> str:
    """ "You have done 3 of 6 sections." """
    sections = filling.journey.sections
    done = sum(section.state is State.DONE for section in sections)
    return _("You have done %(done)s of %(sections)s sections.") % {"done": done, "sections": len(sections)}


def of(assignment: Assignment, today: dt.date) -> str:
    """The same for the form in progress of an assignment; "" where none is. Three queries, none if not begun."""
    if assignment.state != Assignment.State.STARTED:
        return ""
    begun = Party.objects.select_related("draft__assignment").filter(
        draft__assignment=assignment, draft__submitted_at=None, user=assignment.addressee_id
    )
    party = begun.first()
    return said(load(party, today)) if party else ""
