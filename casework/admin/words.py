"""Short words for lists that staff read."""

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework import wording
from casework.rules.deadlines import work_to
from casework.rules.timetable import Event
from casework.selectors import CaseReading
from core import closed_days
from core.closed_days import working_days
from core.working_days import WorkingDays
from schools.models import Child

SOON_DAYS = 7
# What is owed, by the timetable's ids; its own words are longer.
DUTIES: Mapping[str, Promise] = {
    "E1": gettext_lazy("Decide whether to assess"),
    "E3": gettext_lazy("Decide whether a plan is needed"),
    "E4": gettext_lazy("Draft plan to the family"),
    "E5": gettext_lazy("Comments from the family"),
    "E7": gettext_lazy("Final plan"),
}

EVENT_NAMES: Mapping[Event, Promise] = {
    Event.REQUEST_RECEIVED: gettext_lazy("Request received"),
    Event.ASSESSMENT_AGREED: gettext_lazy("Decided to assess"),
    Event.ASSESSMENT_REFUSED: gettext_lazy("Decided not to assess"),
    Event.PLAN_AGREED: gettext_lazy("Decided that a plan is needed"),
    Event.PLAN_REFUSED: gettext_lazy("Decided that no plan is needed"),
    Event.DRAFT_SERVED: gettext_lazy("Draft plan sent to the family"),
    Event.COMMENTS_RECEIVED: gettext_lazy("Comments came from the family"),
    Event.FINAL_ISSUED: gettext_lazy("Final plan sent"),
    Event.ACCESS_ENDED: gettext_lazy("Access ended, and what was asked was withdrawn"),
}


def in_words(days: int) -> str:
    """ "3 days late", "Due today", "Due tomorrow", "in 9 days"."""
    if days < 0:
        return wording.days_late(-days)
    near = {0: _("Due today"), 1: _("Due tomorrow")}
    return near.get(days) or _("in %(days)s days") % {"days": days}


def worked_to(due: dt.date, today: dt.date, calendar: WorkingDays) -> tuple[int, str]:
    """A date of the law under the working day before it, and why: (days until then, the day in words)."""
    day = work_to(due, today, calendar)
    text = wording.near_day(day, today)
    if day != due:
        text = _("%(day)s, since %(reason)s") % {"day": text, "reason": closed_days.reason(due)}
    return (day - today).days, text


def week_from(day: dt.date) -> dt.date:
    """The last date that has to be met in the 7 days from `day`: on a day off, by the working day before it."""
    return working_days().through(day + dt.timedelta(SOON_DAYS))


def aim_in_words(days: int) -> str:
    """The same for an aim of our own: "3 days ago", for nobody is late by law, "today", "tomorrow", "in 9 days"."""
    if days < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}
    near = {0: _("today"), 1: _("tomorrow")}
    return near.get(days) or _("in %(days)s days") % {"days": days}


def tone_of(days: int) -> str:
    """The tone of a date so many days ahead: "late", "soon" (a week), "far". Never shown by colour alone."""
    if days < 0:
        return "late"
    return "soon" if days <= SOON_DAYS else "far"


def stage_name(reading: CaseReading) -> str:
    """The stage as staff read it: a draft plan that has not been sent is none yet."""
    return _("No draft plan yet") if reading.lacks_draft else str(wording.STAGE_NAMES[reading.stage.name])


def stage_tag(reading: CaseReading) -> SafeString:
    kind = " case-tag--note" if reading.lacks_draft else ""
    return format_html('<span class="case-tag{}">{}</span>', kind, stage_name(reading))


def years(child: Child, day: dt.date) -> str:
    """ "7 years": the age on `day`."""
    born = child.date_of_birth
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return (ngettext("%(age)s year", "%(age)s years", age) % {"age": age}).replace(" ", "\N{NO-BREAK SPACE}")
