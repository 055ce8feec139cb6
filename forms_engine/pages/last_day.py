"""The last day of what was asked for, in words."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.closed_days import reach_us_by, working_day_before
from core.dates import weekday_day_text
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
    return Due(_("Last day:"), assignment.due, days + _at_work_until(assignment.due, today))


def _at_work_until(due: dt.date, today: dt.date) -> str:
    """The line stands on each page, so it says only when to reach us: the page before the form says why."""
    before = working_day_before(due, today)
    return _(". We are at work until %(day)s.") % {"day": weekday_day_text(before)} if before else ""


def last_day(assignment: Assignment | None, today: dt.date) -> LastDay | None:
    """None where there is no last day."""
    if assignment is None or assignment.due is None:
        return None
    left = (assignment.due - today).days
    if left < 0:
        return LastDay(assignment.due, _("That day has passed. You can still send the form."))
    if left == 0:
        return LastDay(assignment.due, _("That is today."))
    far = _("That is tomorrow.") if left == 1 else _("That is %(days)s days from now.") % {"days": left}
    return LastDay(assignment.due, " ".join([far, *reach_us_by(assignment.due, today)]))
