"""Calculations over earlier answers: "[hours] * 52", "max(0, [end] - [start])". Numbers and days, nothing else.

    sum      = product, any number of times with + or - and another
    product  = factor, any number of times with * or / and another
    factor   = "-" factor | number | "[" question's id "]" | name "(" sum, ... ")" | "(" sum ")"

A day less a day is a number of days; a day with a number added or taken away is a day. Numbers are exact. What is
missing makes a whole calculation Unknown, which is None here; so do a division by zero, a number that is too large and
a day that is none.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

Value = Fraction | dt.date

MOST_CHARACTERS = 500
MOST_DEPTH = 20
# What an answer may have, and a result: more than anybody means.
MOST_DIGITS = 15

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|\[(?P<id>[^\[\]]*)\]|(?P<name>[a-z]+)|(?P<sign>[-+*/(),]))"
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Kind(StrEnum):
    """What a part of a calculation is."""

    NUMBER = "number"
    DAY = "day"


class ExpressionFault(ValueError):
    """Text that is no calculation. `position` is that of a character, the first is 1."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"character {position}: {message}")
        self.position = position
        self.message = message


class Reference(NamedTuple):
    """A question that is read, and where."""

    id: str
    position: int


@dataclass(frozen=True)
class Node:
    """One part: a number, a reference, or a name (a sign, a function) with the parts that it works on."""

    position: int
    name: str = ""
    parts: tuple["Node", ...] = ()
    number: Fraction | None = None
    reference: str = ""


@dataclass(frozen=True)
class Expression:
    """A calculation that was read. Hash and equality are those of its text."""

    text: str

    @cached_property
    def root(self) -> Node:
        return _Reader(self.text).read()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The questions that it reads, in the order of the text."""
        return tuple(_references(self.root))

    def kind(self, kinds: Mapping[str, Kind]) -> Kind:
        """What it gives where the questions give `kinds`. Raises ExpressionFault where that cannot be calculated."""
        return _kind(self.root, kinds)

    def value(self, answers: Mapping[str, Any]) -> Value | None:
        """What it gives with these answers, as the question types store them; None for Unknown."""
        return _value(self.root, answers)


def parse(text: str) -> Expression:
    """Raises ExpressionFault."""
    expression = Expression(text)
    _ = expression.root
    return expression


def as_stored(value: Value | None, places: int) -> int | str | None:
    """A number as questions store it: an int, or a decimal as text, with as many `places` as it needs and no more.

    None for what is unknown, too large, or a day.
    """
    if not isinstance(value, Fraction) or abs(value) >= 10**MOST_DIGITS:
        return None
    exact = _round(value, Fraction(places))
    if exact.denominator == 1:
        return exact.numerator
    return f"{Decimal(int(exact * 10**places)).scaleb(-places):f}".rstrip("0")


class _Token(NamedTuple):
    position: int
    kind: str
    text: str


class _Reader:
    """A text, read from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            raise ExpressionFault(MOST_CHARACTERS, f"a calculation has {MOST_CHARACTERS} characters or fewer")
        self.tokens = list(_tokens(text))
        self.place = 0
        self.depth = 0

    def read(self) -> Node:
        found = self.sum()
        if self.here.kind != "end":
            raise ExpressionFault(self.here.position, f'"{self.here.text}" cannot stand here')
        return found

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def take(self) -> _Token:
        token = self.here
        self.place += 1
        return token

    def expect(self, sign: str) -> None:
        if self.here.text != sign or self.here.kind != "sign":
            raise ExpressionFault(self.here.position, f'"{sign}" is needed here')
        self.take()

    def sum(self) -> Node:
        return self.chain("+-", lambda: self.chain("*/", self.factor))

    def chain(self, signs: str, inner: Callable[[], Node]) -> Node:
        found = inner()
        while self.here.kind == "sign" and self.here.text in signs:
            sign = self.take()
            found = Node(sign.position, sign.text, (found, inner()))
        return found

    def factor(self) -> Node:
        token = self.take()
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ExpressionFault(token.position, "this is nested too deep")
        found = self.atom(token)
        self.depth -= 1
        return found

    def atom(self, token: _Token) -> Node:
        match token.kind, token.text:
            case "number", digits:
                if len(digits) > MOST_DIGITS:
                    raise ExpressionFault(token.position, f"a number has {MOST_DIGITS} digits or fewer")
                return Node(token.position, number=Fraction(digits))
            case "id", id:
                return Node(token.position, reference=id)
            case "name", name:
                return self.call(token.position, name)
            case "sign", "-":
                return Node(token.position, "negative", (self.factor(),))
            case "sign", "(":
                found = self.sum()
                self.expect(")")
                return found
        words = "a number, a question in square brackets or a function is needed here"
        raise ExpressionFault(token.position, words)

    def call(self, position: int, name: str) -> Node:
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionFault(
                position, f'there is no function "{name}"; there is: {", ".join(FUNCTIONS)}'
            )
        self.expect("(")
        parts = [self.sum()]
        while self.here.kind == "sign" and self.here.text == ",":
            self.take()
            parts.append(self.sum())
        self.expect(")")
        if not function.least <= len(parts) <= function.most:
            raise ExpressionFault(position, f"{name} works on {function.works_on}")
        return Node(position, name, tuple(parts))


def _tokens(text: str) -> Iterator[_Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or not match.lastgroup:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise ExpressionFault(at + 1, f'"{text[at]}" cannot stand here')
        token = match[match.lastgroup]
        yield _Token(match.end() - len(match[0].lstrip()) + 1, match.lastgroup, token)
        place = match.end()
    yield _Token(end + 1, "end", "")


def _references(node: Node) -> Iterator[Reference]:
    if node.reference:
        yield Reference(node.reference, node.position)
    for part in node.parts:
        yield from _references(part)


def _kind(node: Node, kinds: Mapping[str, Kind]) -> Kind:
    if node.number is not None:
        return Kind.NUMBER
    if not node.name:
        if node.reference not in kinds:
            raise ExpressionFault(node.position, f'"{node.reference}" is no number and no day')
        return kinds[node.reference]
    inner = tuple(_kind(part, kinds) for part in node.parts)
    gives = _WORKS[node.name].gives
    found = gives.get(inner) if gives else _same(inner)
    if found is None:
        words = " and ".join("a day" if kind is Kind.DAY else "a number" for kind in inner)
        what = f'"{node.name}"' if node.name != "negative" else '"-"'
        raise ExpressionFault(node.position, f"{what} cannot be worked out of {words}")
    return found


def _value(node: Node, answers: Mapping[str, Any]) -> Value | None:
    if node.number is not None:
        return node.number
    if not node.name:
        return _answer(answers.get(node.reference))
    inner = [_value(part, answers) for part in node.parts]
    known = [part for part in inner if part is not None]
    if len(known) < len(inner):
        return None
    try:
        return _WORKS[node.name].work(*known)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return None


def _answer(stored: Any) -> Value | None:
    """A number or a day out of an answer as it is stored: 12, "12.50", "2026-09-01"."""
    if isinstance(stored, bool) or not isinstance(stored, int | str):
        return None
    text = str(stored)
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


Kinds = tuple[Kind, ...]
N, D = Kind.NUMBER, Kind.DAY


def _number(value: Value) -> Fraction:
    if isinstance(value, dt.date):
        raise TypeError
    return value


def _day(value: Value) -> dt.date:
    if not isinstance(value, dt.date):
        raise TypeError
    return value


def _moved(day: dt.date, days: Value) -> dt.date:
    """Raises ValueError where that is no whole number of days, and OverflowError where there is no such day."""
    number = _number(days)
    if number.denominator != 1:
        raise ValueError
    return day + dt.timedelta(days=number.numerator)


def _add(one: Value, other: Value) -> Value:
    if isinstance(one, dt.date):
        return _moved(one, other)
    return _moved(other, one) if isinstance(other, dt.date) else one + other


def _subtract(one: Value, other: Value) -> Value:
    if isinstance(one, dt.date):
        return Fraction((one - other).days) if isinstance(other, dt.date) else _moved(one, -_number(other))
    return one - _number(other)


def _same(kinds: Kinds) -> Kind | None:
    return kinds[0] if len(set(kinds)) == 1 else None


def _round(value: Value, places: Value = Fraction(0)) -> Fraction:
    """Halves go away from zero. Raises ValueError where `places` is not 0 to 6."""
    number, scale = _number(value), _number(places)
    if scale.denominator != 1 or not 0 <= scale <= 6:
        raise ValueError
    scaled = number * 10**scale.numerator
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    return Fraction(-whole if scaled < 0 else whole, 10**scale.numerator)


def _months(start: Value, end: Value) -> Fraction:
    """Whole months from `start` to `end`; less than 0 where `end` is earlier."""
    first, last = _day(start), _day(end)
    if last < first:
        return -_months(last, first)
    return Fraction((last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


def _years(start: Value, end: Value) -> Fraction:
    months = _months(start, end)
    return Fraction(math.trunc(months / 12))


@dataclass(frozen=True)
class Work:
    """A sign or a function: what it `gives` of what (None: what all its parts are), and how.

    A function has `least` to `most` parts: in words, it `works_on` them.
    """

    work: Callable[..., Value]
    gives: Mapping[Kinds, Kind] | None
    least: int = 0
    most: int = 0
    works_on: str = ""


_TWO_DAYS = "two days, the earlier one first"

FUNCTIONS: Mapping[str, Work] = {
    "min": Work(lambda *values: min(values), None, 2, 20, "two or more numbers, or days"),
    "max": Work(lambda *values: max(values), None, 2, 20, "two or more numbers, or days"),
    "round": Work(_round, {(N,): N, (N, N): N}, 1, 2, "a number, and how many places it keeps"),
    "months": Work(_months, {(D, D): N}, 2, 2, _TWO_DAYS),
    "years": Work(_years, {(D, D): N}, 2, 2, _TWO_DAYS),
}
_WORKS: Mapping[str, Work] = {
    **FUNCTIONS,
    "+": Work(_add, {(N, N): N, (D, N): D, (N, D): D}),
    "-": Work(_subtract, {(N, N): N, (D, D): N, (D, N): D}),
    "*": Work(lambda one, other: _number(one) * _number(other), {(N, N): N}),
    "/": Work(lambda one, other: _number(one) / _number(other), {(N, N): N}),
    "negative": Work(lambda one: -_number(one), {(N,): N}),
}
