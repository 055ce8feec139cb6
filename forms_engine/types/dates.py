"""Questions that are answered with a day."""

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_text
from core.dates import today as london_today
from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import Holds
from forms_engine.rules.reading import month
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    base_field,
    empty,
    enter,
    invalid,
    part_of,
)
from forms_engine.types.config import Setting, browser_fills, choice, day, from_today

PARTS = ("day", "month", "year")
WHEN = (
    ("past", gettext_lazy("Before today")),
    ("not-future", gettext_lazy("Today or before")),
    ("future", gettext_lazy("After today")),
    ("not-past", gettext_lazy("Today or after")),
)
MONTH_WHEN = (
    ("not-future", gettext_lazy("This month or before")),
    ("not-past", gettext_lazy("This month or after")),
)
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)


class Date(BaseType):
    """Day, month and year in three boxes; the month may be a name. The value is the day in ISO form."""

    name = "date"
    label = gettext_lazy("Date")
    also = gettext_lazy("date of birth")
    icon = "date"
    group = Group.NUMBERS
    fits_a_column = True
    holds = Holds.DATE
    parts = PARTS
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "when": choice(WHEN, gettext_lazy("Which days"), nothing=gettext_lazy("Any day"), in_sight=True),
        "earliest": day(gettext_lazy("Earliest day")),
        "latest": day(gettext_lazy("Latest day")),
        "earliest_days": from_today(
            gettext_lazy("Earliest, in days from today"),
            gettext_lazy("14: not before two weeks from today. -14: not longer ago than two weeks."),
        ),
        "latest_days": from_today(
            gettext_lazy("Latest, in days from today"),
            gettext_lazy("14: not after two weeks from today. -14: at least two weeks ago."),
        ),
        "autocomplete": browser_fills(),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {part: post.get(f"{name}-{part}", "") for part in PARTS}

    def clean(self, question: Question, raw: Raw, today: dt.date | None = None) -> Cleaned:
        typed = {part: part_of(raw, part) for part in PARTS}
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            return empty(question, enter)
        if missing:
            message = _missing(question, missing)
            return invalid(*((part, message) for part in missing))
        if wrong := _wrong_parts(typed):
            message = _not_real(question)
            return invalid(*((part, message) for part in wrong))
        if len(typed["year"]) != 4:
            return invalid(("year", _short_year(question)))
        day = _day(typed)
        if day is None:
            return invalid(("", _not_real(question)))
        message = _out_of_bounds(question, day, today or london_today())
        return invalid(("", message)) if message else Cleaned(day.isoformat())

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        shape = raw if isinstance(raw, dict) else {}
        values = [value if isinstance(value := shape.get(part), str) else "" for part in PARTS]
        wrong = {part for part, message in errors}
        parts = fields.date_parts(
            name,
            name,
            values,
            bad=PARTS if "" in wrong else tuple(wrong),
            autocomplete=question.config.get("autocomplete", ""),
        )
        return base_field(question, fields.DATE, errors, wording, name, parts=parts)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [day_text(dt.date.fromisoformat(value))] if value else []


class Month(BaseType):
    """A month of a year in two boxes. The value is such as "2026-09"."""

    name = "month"
    label = gettext_lazy("Month and year")
    icon = "date"
    group = Group.NUMBERS
    fits_a_column = True
    holds = Holds.MONTH
    parts = PARTS[1:]
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "when": choice(MONTH_WHEN, gettext_lazy("Must be")),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {part: post.get(f"{name}-{part}", "") for part in self.parts}

    def clean(self, question: Question, raw: Raw, today: dt.date | None = None) -> Cleaned:
        typed = {part: part_of(raw, part) for part in self.parts}
        missing = [part for part in self.parts if not typed[part]]
        if len(missing) == len(self.parts):
            return empty(question, enter)
        if missing:
            message = _missing(question, missing)
            return invalid(*((part, message) for part in missing))
        # The first day stands for the month.
        wrong = _wrong_parts({"day": "1", **typed})
        first = None if wrong else _day({"day": "1", **typed})
        if len(typed["year"]) != 4 and "year" not in wrong:
            return invalid(("year", _short_year(question)))
        if first is None:
            message = _("Your answer to “%(question)s” must be a real month, such as 3 2026")
            return invalid(*((part, message % {"question": question.label}) for part in wrong or ("",)))
        message = _wrong_month(question, first, (today or london_today()).replace(day=1))
        return invalid(("", message)) if message else Cleaned(first.isoformat()[:7])

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        shape = raw if isinstance(raw, dict) else {}
        values = [value if isinstance(value := shape.get(part), str) else "" for part in self.parts]
        wrong = {part for part, message in errors}
        parts = fields.month_parts(name, name, values, bad=self.parts if "" in wrong else tuple(wrong))
        return base_field(question, fields.DATE, errors, wording, name, parts=parts)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [date_format(dt.date.fromisoformat(f"{value}-01"), "F Y")] if value else []


def _wrong_month(question: Question, first: dt.date, now: dt.date) -> str:
    """`first` and `now` are the first days of their months."""
    when, words = question.config.get("when", ""), {"question": question.label}
    if when == "not-future" and first > now:
        return _("Your answer to “%(question)s” must be this month or before") % words
    if when == "not-past" and first < now:
        return _("Your answer to “%(question)s” must be this month or after") % words
    return ""


def _short_year(question: Question) -> str:
    return _("The year of “%(question)s” must have 4 numbers") % {"question": question.label}


def _missing(question: Question, missing: list[str]) -> str:
    names = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
    words = _(" and ").join(names[part] for part in missing)
    return _("Your answer to “%(question)s” must include %(parts)s") % {
        "question": question.label,
        "parts": words,
    }


def _not_real(question: Question) -> str:
    return _("Your answer to “%(question)s” must be a real date") % {"question": question.label}


def _wrong_parts(typed: Mapping[str, str]) -> list[str]:
    """The boxes that hold what cannot be: letters, a 13th month, a 32nd day."""
    day, month = _number(typed["day"]), _month(typed["month"])
    wrong = {
        "day": not 1 <= day <= 31,
        "month": not month,
        "year": not _number(typed["year"]) and typed["year"].strip("0") != "",
    }
    return [part for part in PARTS if wrong[part]]


def _day(typed: Mapping[str, str]) -> dt.date | None:
    try:
        day = dt.date(_number(typed["year"]), _month(typed["month"]), _number(typed["day"]))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _number(text: str) -> int:
    """A number of at most four digits; 0 for anything else."""
    digits = unicodedata.normalize("NFKC", text)
    return int(digits) if len(digits) <= 4 and digits.isascii() and digits.isdigit() else 0


def _month(text: str) -> int:
    """1 to 12 for "3", "03", "Mar" or "March", or a name in the language of the page; 0 for anything else."""
    return month(text) or month(text, map(str, MONTHS.values()))


def _out_of_bounds(question: Question, day: dt.date, today: dt.date) -> str:
    config, words = question.config, {"question": question.label}
    earliest = max(_bounds(config, "earliest", today), default=day)
    latest = min(_bounds(config, "latest", today), default=day)
    if day < earliest:
        words["day"] = day_text(earliest)
        return _("Your answer to “%(question)s” must be %(day)s or later") % words
    if day > latest:
        words["day"] = day_text(latest)
        return _("Your answer to “%(question)s” must be %(day)s or earlier") % words
    return _wrong_time(config.get("when", ""), day, today) % words


def _bounds(config: Mapping[str, Any], key: str, today: dt.date) -> Iterator[dt.date]:
    """The bounds of one side: the day that the editor named, and the one so many days from today."""
    if key in config:
        yield dt.date.fromisoformat(config[key])
    if f"{key}_days" in config:
        yield today + dt.timedelta(config[f"{key}_days"])


def _wrong_time(when: str, day: dt.date, today: dt.date) -> str:
    if when == "past" and day >= today:
        return _("Your answer to “%(question)s” must be in the past")
    if when == "not-future" and day > today:
        return _("Your answer to “%(question)s” must be today or in the past")
    if when == "future" and day <= today:
        return _("Your answer to “%(question)s” must be in the future")
    if when == "not-past" and day < today:
        return _("Your answer to “%(question)s” must be today or in the future")
    return ""
