"""Amounts, times, months and days as people write them, read as one value each. Pure; never a float."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

_POUNDS = re.compile(r"(-?)£?(-?)([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?")
_PENNY = Decimal("0.01")
_PENCE = re.compile(r"([0-9]{1,2})p")


def plain(text: str) -> str:
    """Figures and signs of other widths as the usual ones, without spaces, in small letters."""
    return (
        "".join(unicodedata.normalize("NFKC", text[:200]).split()).casefold().replace("\N{MINUS SIGN}", "-")
    )


def pounds(text: str) -> Decimal | None:
    """ "£1,234.50", "1234.5" and "1 234.50" as 1234.50; "50p" as 0.50. None for what is no amount.

    A comma parts thousands and nothing else: "12,50" could mean two amounts, and is none.
    """
    typed = plain(text)
    if match := _PENCE.fullmatch(typed):
        return (Decimal(match[1]) / 100).quantize(_PENNY)
    match = _POUNDS.fullmatch(typed)
    if match is None or (match[1] and match[2]):
        return None
    amount = Decimal(f"{match[3].replace(',', '')}.{match[4] or '0'}")
    return (-amount if match[1] or match[2] else amount).quantize(_PENNY)


class Half(Enum):
    """The half of the day, where a time was typed without it."""

    UNKNOWN = "unknown"


_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:h]?([0-9]{2}))?(am|pm|noon|midday|midnight)?")
_HALF = re.compile(r"(?:o['’]?clock)?([ap])\.?m\.?$")
_WHOLE = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


def clock(text: str, words: Mapping[str, str] = {}) -> str | Half | None:
    """ "7.52pm", "7:52 p.m." and "19:52" as "19:52"; "noon" as "12:00". None for what is no time.

    `words`: what "am", "pm", "midday" and "midnight" are in another language, and the English for each.
    Half.UNKNOWN for "7:52": many who write so mean the evening. "07:52" and "10:30" are of the 24-hour clock.
    """
    typed = plain(text)
    for word, english in words.items():
        if typed.endswith(plain(word)):
            typed = typed.removesuffix(plain(word)) + english
    typed = _HALF.sub(r"\1m", typed)
    if typed in _WHOLE:
        return _WHOLE[typed]
    match = _CLOCK.fullmatch(typed)
    return _of_the_day(match[1], match[2] or "00", match[3] or "") if match else None


def _of_the_day(figures: str, minutes: str, half: str) -> str | Half | None:
    hour = int(figures)
    if hour > 23 or int(minutes) > 59:
        return None
    if half in _WHOLE:
        return _WHOLE[half] if (hour, minutes) == (12, "00") else None
    if half in ("am", "pm"):
        # "19:52pm" can only be meant in one way; "19:52am" in none.
        if hour > 12 or hour == 0:
            return f"{hour:02d}:{minutes}" if (half == "pm") == (hour > 12) else None
        return f"{hour % 12 + (12 if half == 'pm' else 0):02d}:{minutes}"
    if 0 < hour < 10 and len(figures) == 1:
        return Half.UNKNOWN
    return f"{hour:02d}:{minutes}"


_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def month(text: str, names: Iterable[str] = ()) -> int:
    """1 to 12 for "3", "03", "Mar" or "March"; 0 for anything else. `names`: the twelve in another language."""
    typed = plain(text)
    if typed.isascii() and typed.isdigit():
        return int(typed) if len(typed) <= 4 and 1 <= int(typed) <= 12 else 0
    if len(typed) < 3:
        return 0
    known = (_MONTHS, tuple(name.casefold() for name in names))
    found = (number for year in known for number, name in enumerate(year, start=1) if name.startswith(typed))
    return next(found, 0)


_BETWEEN = re.compile(r"[\s./,-]+")


def day(text: str) -> dt.date | None:
    """ "31 3 2027", "31/03/2027", "31 March 2027" and the ISO form as that day. None for what is no day."""
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 3:
        return None
    number, named_month, year = reversed(parts) if re.fullmatch("[0-9]{4}", parts[0]) else parts
    if not (re.fullmatch("[0-9]{1,2}", number) and re.fullmatch("[12][0-9]{3}", year)):
        return None
    try:
        return dt.date(int(year), month(named_month), int(number))
    except ValueError:
        return None
