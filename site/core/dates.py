"""Days and times as people read them. The clock of the law and of the reader is London's."""

import math
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The day that it is in London. Read once for a request and hand it on."""
    return timezone.localdate(timezone=LONDON)


def local_day(value: date) -> date:
    """The day of a date, or of a moment as London's clocks show it."""
    if isinstance(value, datetime):
        return timezone.localtime(value, LONDON).date() if timezone.is_aware(value) else value.date()
    return value


def seconds_until(day: date) -> int:
    """How long it is until `day` begins in London; 1 where it has."""
    begins = datetime.combine(day, time.min, tzinfo=LONDON)
    return max(1, math.ceil((begins - timezone.now()).total_seconds()))


def day_text(value: date) -> str:
    """ "30 January 2023" """
    return _in_words(local_day(value), "j F Y", get_language())


def weekday_day_text(value: date) -> str:
    """ "Monday 26 October": a day near enough to need no year."""
    return _in_words(local_day(value), "l j F", get_language())


@lru_cache(maxsize=1_000)
def _in_words(day: date, form: str, language: str | None) -> str:
    """Kept, since a page says the same few days again and again, and Django takes a form apart each time."""
    return date_format(day, form)


def clock_text(value: datetime | time) -> str:
    """ "7:52pm", "10am"; "midday" and "midnight", since few are sure which of them 12am is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value, LONDON)
    if value.minute == 0 and value.hour in (0, 12):
        return _("midday") if value.hour else _("midnight")
    half = _("am") if value.hour < 12 else _("pm")
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{half}"
