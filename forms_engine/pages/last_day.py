"""The last day of what was asked for, in words."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_engine.models import Assignment


class Due(NamedTuple):
    """The line above each page: "Last day: Monday 26 October, 6 days left"."""

    before: str
    day: dt.date
    after: str


class LastDay(NamedTuple):
    """The day, and a sentence about how far away it is."""

    day: dt.date
    sentence: str


def due_line(assignment: Assignment | None, today: dt.date) -> Due | None:
    """None where there is no last day. A day that has passed stops nobody, and says so."""
    if assignment is None or assignment.due is None:
        return None
    left = (assignment.due - today).days
    if left < 0:
        return Due(_("The last day was"), assignment.due, _(". You can still send it."))
    if left == 0:
        return Due(_("The last day is today,"), assignment.due, "")
    days = ngettext(", %(days)s day left", ", %(days)s days left", left) % {"days": left}
    return Due(_("Last day:"), assignment.due, days)


def last_day(assignment: Assignment | None, today: dt.date) -> LastDay | None:
    """None where there is no last day."""
    if assignment is None or assignment.due is None:
        return None
    left = (assignment.due - today).days
    if left < 0:
        return LastDay(assignment.due, _("That day has passed. You can still send the form."))
    if left == 0:
        return LastDay(assignment.due, _("That is today."))
    if left == 1:
        return LastDay(assignment.due, _("That is tomorrow."))
    return LastDay(assignment.due, _("That is %(days)s days from now.") % {"days": left})
