"""What stands where a form cannot be begun: why, and what to do instead."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from core.dates import clock_text, day_text
from forms_engine.models import FormDefinition
from forms_engine.rules.opening import Opening
from forms_engine.wording import Wording


class Closed(NamedTuple):
    heading: str
    sentence: str
    instead: str


def closed_text(form: FormDefinition, state: Opening, wording: Wording) -> Closed | None:
    """Why nobody can begin `form`. None for a form that is open, or was never published."""
    if state is Opening.NOT_YET and form.opens_at:
        words = {"day": day_text(form.opens_at), "time": clock_text(form.opens_at)}
        heading = _("This form is not open yet")
        sentence = _("You can start it on %(day)s, from %(time)s.") % words
    elif state is Opening.NOBODY:
        heading = _("This form is not open yet")
        sentence = _("We are still deciding who will read it. Please come back later, or call us.")
    elif state is Opening.CLOSED and form.closes_at:
        words = {"day": day_text(form.closes_at), "time": clock_text(form.closes_at)}
        heading, sentence = _("This form is closed"), _("It closed on %(day)s at %(time)s.") % words
    elif state is Opening.WITHDRAWN:
        heading, sentence = _("This form is closed"), _("We do not use this form any more.")
    else:
        return None
    return Closed(heading, sentence, wording(form.said("instead")))
