"""What to say beside a last day on which nobody works here, and the working day before it."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import weekday_day_text
from core.kept import Kept
from core.models import BankHoliday
from core.working_days import SATURDAY, WorkingDays


def _working_days() -> WorkingDays:
    return BankHoliday.objects.working_days(BankHoliday.Calendar.ENGLAND_AND_WALES)


# The council's working days: those of England and Wales.
working_days = Kept("core.bank-holidays", _working_days)


def working_day_before(
    day: dt.date, today: dt.date = dt.date.min, calendar: WorkingDays | None = None
) -> dt.date | None:
    """The last working day before `day`, where nobody works on `day`. None once that is past too."""
    before = (calendar or working_days()).last_by(day)
    return before if today <= before < day else None


def reason(day: dt.date) -> str:
    """ "28 November is a Saturday", "25 December is a bank holiday": why nobody works on `day`."""
    words = {
        "day": date_format(day, "j F").replace(" ", "\N{NO-BREAK SPACE}"),
        "weekday": date_format(day, "l"),
    }
    if day.weekday() >= SATURDAY:
        return _("%(day)s is a %(weekday)s") % words
    return _("%(day)s is a bank holiday") % words


def reach_us_by(day: dt.date, today: dt.date = dt.date.min, calendar: WorkingDays | None = None) -> list[str]:
    """For the person whose last day `day` is, which stays hers. Nothing where people are at work on it."""
    before = working_day_before(day, today, calendar)
    if before is None:
        return []
    words = {"reason": reason(day), "before": weekday_day_text(before)}
    return [_("%(reason)s. To reach us while we are at work, send it by %(before)s.") % words]


def we_aim_for(day: dt.date, today: dt.date = dt.date.min, calendar: WorkingDays | None = None) -> list[str]:
    """For a date that the council owes, which stays. Nothing where people are at work on it."""
    before = working_day_before(day, today, calendar)
    if before is None:
        return []
    return [
        _("%(reason)s, so we aim for %(before)s.")
        % {"reason": reason(day), "before": weekday_day_text(before)}
    ]
