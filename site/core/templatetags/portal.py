"""How days, times and sizes look on every page."""

import re
from datetime import date, datetime, time

from django import template

from core import dates

register = template.Library()

_UNBROKEN = "\N{NO-BREAK SPACE}"
_KILOBYTE = 1024
# The space between a number and the word that it counts, and between a word (a month) and a year.
_COUNT = re.compile(r"(?<=\d)(?<!\d{4}) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{4}\b)")


@register.filter
def day(value: date | None) -> str:
    """ "30 January 2023", never broken over two lines; nothing for no day."""
    return dates.day_text(value).replace(" ", _UNBROKEN) if value else ""


@register.filter
def weekday_day(value: date | None) -> str:
    """ "Monday 26 October", broken after the weekday at the most; nothing for no day."""
    weekday, _space, rest = dates.weekday_day_text(value).partition(" ") if value else ("", "", "")
    return f"{weekday} {rest.replace(' ', _UNBROKEN)}".strip()


@register.filter
def clock(value: datetime | time | None) -> str:
    """ "7:52pm", "10am" in London; nothing for no time."""
    return dates.clock_text(value) if value is not None else ""


@register.filter
def counted(text: str) -> str:
    """ "6 days from now", "on 22 November 2026": no number is parted from its word, and no date broken."""
    return _COUNT.sub(_UNBROKEN, str(text))


@register.filter
def file_size(size: int | None) -> str:
    """ "1.2 MB", "340 KB" for a number of bytes; nothing for none."""
    if size is None:
        return ""
    kilobytes = max(size / _KILOBYTE, 1)
    # What would be rounded up to 1,024 KB is a megabyte.
    if round(kilobytes) < _KILOBYTE:
        return f"{kilobytes:.0f}{_UNBROKEN}KB"
    return f"{kilobytes / _KILOBYTE:.1f}".removesuffix(".0") + f"{_UNBROKEN}MB"
