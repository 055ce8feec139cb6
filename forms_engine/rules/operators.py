"""The closed set of tests that a condition is made of, and what each compares an answer with.

An answer that is absent or invalid makes a test Unknown, which is `None` here.
"""

import datetime as dt
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple


class Day(NamedTuple):
    """The day by which rules are read, and the thresholds that hold on it."""

    date: dt.date
    thresholds: Mapping[str, int | Decimal] = {}


@dataclass(frozen=True)
class FromToday:
    """A day counted from the day of the request: `{"today": {"years": -16}}`."""

    years: int = 0
    days: int = 0

    def to_json(self) -> dict[str, Any]:
        counted = {"years": self.years, "days": self.days}
        return {"today": {unit: number for unit, number in counted.items() if number}}

    def on(self, today: dt.date) -> str:
        """The day in ISO form. What falls on a 29 February that is none falls on the 28th."""
        return _shifted(today, self.years, self.days)


@dataclass(frozen=True)
class Threshold:
    """A number that changes by date, by its name in the form: `{"threshold": "income"}`."""

    name: str

    def to_json(self) -> dict[str, Any]:
        return {"threshold": self.name}


Values = Mapping[str, Any]
Compiled = Callable[[Values, Day], bool | None]
# What an answer is compared with, in the shape of the JSON; lists are tuples, so that conditions hash.
Operand = str | int | float | tuple[str, ...] | FromToday | Threshold | None
# What somebody has answered who has ticked that a question does not apply: answered, and no value to compare.
NOT_APPLICABLE: Mapping[str, bool] = {"not_applicable": True}
_NOTHING: Any = None
_UNKNOWN = (_NOTHING, NOT_APPLICABLE)


class Operator(StrEnum):
    """The closed set of tests."""

    IS = "is"
    IS_NOT = "is-not"
    IS_ONE_OF = "is-one-of"
    CONTAINS_ANY = "contains-any"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    BEFORE = "before"
    AFTER = "after"
    AGE_AT_LEAST = "age-at-least"
    AGE_UNDER = "age-under"
    WAS_ANSWERED = "was-answered"


# Operators by the shape of what they compare with.
TAKES_LIST = frozenset({Operator.IS_ONE_OF, Operator.CONTAINS_ANY})
TAKES_NUMBER = frozenset({Operator.MORE_THAN, Operator.LESS_THAN})
TAKES_DATE = frozenset({Operator.BEFORE, Operator.AFTER})
# Whole years, on a day that the test names, or today.
TAKES_AGE = frozenset({Operator.AGE_AT_LEAST, Operator.AGE_UNDER})
TAKES_NOTHING = frozenset({Operator.WAS_ANSWERED})
# What may be asked of the number of a repeating group's items.
COUNTS = (Operator.MORE_THAN, Operator.LESS_THAN, Operator.IS)
COMPARE: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: operator.eq,
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
    Operator.BEFORE: operator.lt,
    Operator.AFTER: operator.gt,
}


def compile_test(question: str, asked: Operator, operand: Operand, on: str) -> Compiled:
    """The closure of one test. `on` is the day of an age, in ISO form; "" is today."""
    if asked in TAKES_AGE:
        return _age(question, asked, operand, on)
    return _COMPILERS[asked](question, operand)


def _is(question: str, operand: Operand) -> Compiled:
    if isinstance(operand, int | float):
        return _number(question, operand, operator.eq)
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else value == operand
    )


def _is_not(question: str, operand: Operand) -> Compiled:
    if isinstance(operand, int | float):
        return _number(question, operand, operator.ne)
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else value != operand
    )


def _is_one_of(question: str, operand: Operand) -> Compiled:
    wanted = frozenset(operand) if isinstance(operand, tuple) else frozenset()
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else value in wanted
    )


def _contains_any(question: str, operand: Operand) -> Compiled:
    wanted = frozenset(operand) if isinstance(operand, tuple) else frozenset()
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else not wanted.isdisjoint(value)
    )


def _number(question: str, operand: Operand, compare: Callable[[Any, Any], bool]) -> Compiled:
    if isinstance(operand, Threshold):
        name = operand.name

        def against(values: Values, day: Day) -> bool | None:
            value, bound = values.get(question, _NOTHING), day.thresholds.get(name)
            return None if value in _UNKNOWN or bound is None else compare(exact(value), bound)

        return against
    bound = exact(operand)
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else compare(exact(value), bound)
    )


# Dates and times are ISO strings, which stand in their order. A month is compared with the month of the day.
def _date(question: str, operand: Operand, compare: Callable[[str, str], bool]) -> Compiled:
    if isinstance(operand, FromToday):
        return lambda values, day: (
            None
            if (value := values.get(question, _NOTHING)) in _UNKNOWN
            else compare(value, operand.on(day.date)[: len(value)])
        )
    bound = str(operand)
    return lambda values, day: (
        None if (value := values.get(question, _NOTHING)) in _UNKNOWN else compare(value, bound[: len(value)])
    )


def _age(question: str, asked: Operator, operand: Operand, on: str) -> Compiled:
    years = exact(operand)
    fixed = dt.date.fromisoformat(on) if on else None
    compare: Callable[[Any, Any], bool] = operator.ge if asked is Operator.AGE_AT_LEAST else operator.lt
    return lambda values, day: (
        None
        if (value := values.get(question, _NOTHING)) in _UNKNOWN
        else compare(age_on(dt.date.fromisoformat(value), fixed or day.date), years)
    )


def _was_answered(question: str, operand: Operand) -> Compiled:
    return lambda values, day: values.get(question) is not None


_COMPILERS: Mapping[Operator, Callable[[str, Operand], Compiled]] = {
    Operator.IS: _is,
    Operator.IS_NOT: _is_not,
    Operator.IS_ONE_OF: _is_one_of,
    Operator.CONTAINS_ANY: _contains_any,
    Operator.MORE_THAN: lambda question, operand: _number(question, operand, operator.gt),
    Operator.LESS_THAN: lambda question, operand: _number(question, operand, operator.lt),
    Operator.BEFORE: lambda question, operand: _date(question, operand, operator.lt),
    Operator.AFTER: lambda question, operand: _date(question, operand, operator.gt),
    Operator.WAS_ANSWERED: _was_answered,
}


def exact(value: object) -> int | Decimal:
    """An answer or operand as an exact number, so that 0.1 + 0.2 surprises nobody. Raises TypeError."""
    if type(value) is int:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("not a number")
    return Decimal(str(value))


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years. Who was born on 29 February is a year older on 1 March of a common year, as in law."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=256)
def _shifted(today: dt.date, years: int, days: int) -> str:
    try:
        moved = today.replace(year=today.year + years)
    except ValueError:
        moved = today.replace(year=today.year + years, day=28)
    return (moved + dt.timedelta(days=days)).isoformat()


def is_iso_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written "2026-09-01"."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_iso_time(text: str) -> bool:
    """Whether `text` is a time of the day, written "14:30"."""
    return bool(re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", text))
