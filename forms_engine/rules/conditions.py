"""When a section, step or question is shown: a small closed set of typed tests, joined by all, any and not.

Three-valued (Kleene): an answer that is absent or invalid makes a test Unknown, which is `None` here. A thing
is shown only where its whole condition is True. The truth table stands in `docs/form-definitions.md`.
"""

import datetime as dt
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

Values = Mapping[str, Any]
Compiled = Callable[[Values], bool | None]
# What an answer is compared with, in the shape of the JSON; lists are tuples, so that conditions hash.
Operand = str | int | float | tuple[str, ...] | None

# How deep conditions may stand in one another. Editors need three; hostile JSON would ask for thousands.
MAX_DEPTH = 8


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
    WAS_ANSWERED = "was-answered"


# Operators by the shape of what they compare with.
TAKES_LIST = frozenset({Operator.IS_ONE_OF, Operator.CONTAINS_ANY})
TAKES_NUMBER = frozenset({Operator.MORE_THAN, Operator.LESS_THAN})
TAKES_DATE = frozenset({Operator.BEFORE, Operator.AFTER})
TAKES_NOTHING = frozenset({Operator.WAS_ANSWERED})


class ConditionFault(ValueError):
    """JSON that is no condition. `path` says where ("$.all[0].op"), `message` what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class Condition(ABC):
    """One condition: immutable, hashable, compiled to a closure once."""

    @abstractmethod
    def questions(self) -> frozenset[str]:
        """The ids of the questions that it reads."""

    @abstractmethod
    def placed(self, path: str) -> Iterator[tuple[str, "Test"]]:
        """Its leaves from left to right, each with its place in the JSON; `path` is the condition's own."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """The JSON that `from_json` reads."""

    @abstractmethod
    def _compile(self) -> Compiled: ...

    @cached_property
    def compiled(self) -> Compiled:
        """The closure to call where time counts."""
        return self._compile()

    def evaluate(self, values: Values) -> bool | None:
        """True, False, or None for Unknown.

        `values`: question id -> clean value; absent and invalid answers are not in it. Raises TypeError,
        ValueError or ArithmeticError where a value is not of the kind that its operator compares.
        """
        return self.compiled(values)

    @staticmethod
    def from_json(data: object, path: str = "$") -> "Condition":
        """Read a condition. Raises ConditionFault at the first thing that is wrong."""
        return _read(data, path, 1)


@dataclass(frozen=True)
class All(Condition):
    """False where one is False, else Unknown where one is Unknown, else True."""

    parts: tuple[Condition, ...]

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(part.questions() for part in self.parts))

    def placed(self, path: str) -> Iterator[tuple[str, "Test"]]:
        for index, part in enumerate(self.parts):
            yield from part.placed(f"{path}.all[{index}]")

    def to_json(self) -> dict[str, Any]:
        return {"all": [part.to_json() for part in self.parts]}

    def _compile(self) -> Compiled:
        parts = tuple(part.compiled for part in self.parts)

        def every(values: Values) -> bool | None:
            result: bool | None = True
            for part in parts:
                answer = part(values)
                if not answer:
                    if answer is not None:
                        return False
                    result = None
            return result

        return every


@dataclass(frozen=True)
class AnyOf(Condition):
    """True where one is True, else Unknown where one is Unknown, else False."""

    parts: tuple[Condition, ...]

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(part.questions() for part in self.parts))

    def placed(self, path: str) -> Iterator[tuple[str, "Test"]]:
        for index, part in enumerate(self.parts):
            yield from part.placed(f"{path}.any[{index}]")

    def to_json(self) -> dict[str, Any]:
        return {"any": [part.to_json() for part in self.parts]}

    def _compile(self) -> Compiled:
        parts = tuple(part.compiled for part in self.parts)

        def some(values: Values) -> bool | None:
            result: bool | None = False
            for part in parts:
                answer = part(values)
                if answer:
                    return True
                if answer is None:
                    result = None
            return result

        return some


@dataclass(frozen=True)
class Not(Condition):
    """The other of True and False; Unknown stays Unknown."""

    part: Condition

    def questions(self) -> frozenset[str]:
        return self.part.questions()

    def placed(self, path: str) -> Iterator[tuple[str, "Test"]]:
        return self.part.placed(f"{path}.not")

    def to_json(self) -> dict[str, Any]:
        return {"not": self.part.to_json()}

    def _compile(self) -> Compiled:
        part = self.part.compiled

        def negated(values: Values) -> bool | None:
            answer = part(values)
            return None if answer is None else not answer

        return negated


@dataclass(frozen=True)
class Test(Condition):
    """One question, one operator, and what its answer is compared with."""

    __test__: ClassVar[bool] = False  # not a test case, whatever pytest makes of the name

    question: str
    operator: Operator
    operand: Operand = None

    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def placed(self, path: str) -> Iterator[tuple[str, "Test"]]:
        yield path, self

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"question": self.question, "op": self.operator.value}
        if self.operator not in TAKES_NOTHING:
            data["value"] = list(self.operand) if isinstance(self.operand, tuple) else self.operand
        return data

    def _compile(self) -> Compiled:
        return _COMPILERS[self.operator](self.question, self.operand)


def _number(value: object) -> Decimal:
    """An answer or operand as an exact number, so that 0.1 + 0.2 surprises nobody."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("not a number")
    return Decimal(str(value))


def _is(question: str, operand: Operand) -> Compiled:
    if isinstance(operand, int | float):
        wanted = _number(operand)
        return lambda values: None if (value := values.get(question)) is None else _number(value) == wanted
    return lambda values: None if (value := values.get(question)) is None else value == operand


def _is_not(question: str, operand: Operand) -> Compiled:
    same = _is(question, operand)
    return lambda values: None if (answer := same(values)) is None else not answer


def _is_one_of(question: str, operand: Operand) -> Compiled:
    wanted = frozenset(operand) if isinstance(operand, tuple) else frozenset()
    return lambda values: None if (value := values.get(question)) is None else value in wanted


def _contains_any(question: str, operand: Operand) -> Compiled:
    wanted = frozenset(operand) if isinstance(operand, tuple) else frozenset()
    return lambda values: None if (value := values.get(question)) is None else not wanted.isdisjoint(value)


def _more_than(question: str, operand: Operand) -> Compiled:
    bound = _number(operand)
    return lambda values: None if (value := values.get(question)) is None else _number(value) > bound


def _less_than(question: str, operand: Operand) -> Compiled:
    bound = _number(operand)
    return lambda values: None if (value := values.get(question)) is None else _number(value) < bound


# Dates are ISO strings, which stand in the order of their days.
def _before(question: str, operand: Operand) -> Compiled:
    day = str(operand)
    return lambda values: None if (value := values.get(question)) is None else value < day


def _after(question: str, operand: Operand) -> Compiled:
    day = str(operand)
    return lambda values: None if (value := values.get(question)) is None else value > day


def _was_answered(question: str, operand: Operand) -> Compiled:
    return lambda values: values.get(question) is not None


_COMPILERS: Mapping[Operator, Callable[[str, Operand], Compiled]] = {
    Operator.IS: _is,
    Operator.IS_NOT: _is_not,
    Operator.IS_ONE_OF: _is_one_of,
    Operator.CONTAINS_ANY: _contains_any,
    Operator.MORE_THAN: _more_than,
    Operator.LESS_THAN: _less_than,
    Operator.BEFORE: _before,
    Operator.AFTER: _after,
    Operator.WAS_ANSWERED: _was_answered,
}


def _read(data: object, path: str, depth: int) -> Condition:
    if depth > MAX_DEPTH:
        raise ConditionFault(path, f"conditions may stand at most {MAX_DEPTH} deep in one another")
    if not isinstance(data, dict):
        raise ConditionFault(path, "a condition is an object")
    keys = set(data)
    if keys == {"all"}:
        return All(_read_parts(data["all"], f"{path}.all", depth))
    if keys == {"any"}:
        return AnyOf(_read_parts(data["any"], f"{path}.any", depth))
    if keys == {"not"}:
        return Not(_read(data["not"], f"{path}.not", depth + 1))
    if "question" in keys and keys <= {"question", "op", "value"}:
        return _read_test(data, path)
    raise ConditionFault(path, 'a condition has exactly one of "all", "any", "not", or "question" with "op"')


def _read_parts(data: object, path: str, depth: int) -> tuple[Condition, ...]:
    if not isinstance(data, list) or not data:
        raise ConditionFault(path, "a list with at least one condition is needed here")
    return tuple(_read(part, f"{path}[{index}]", depth + 1) for index, part in enumerate(data))


def _read_test(data: dict[str, Any], path: str) -> Test:
    question = data["question"]
    if not isinstance(question, str) or not question:
        raise ConditionFault(f"{path}.question", "the id of a question is needed here")
    try:
        operator = Operator(data.get("op", ""))
    except ValueError:
        known = ", ".join(operator.value for operator in Operator)
        raise ConditionFault(f"{path}.op", f"not an operator; there are: {known}") from None
    if operator in TAKES_NOTHING:
        if "value" in data:
            raise ConditionFault(f"{path}.value", f'"{operator.value}" compares with nothing')
        return Test(question, operator)
    return Test(question, operator, _read_operand(operator, data.get("value"), f"{path}.value"))


def _read_operand(operator: Operator, value: object, path: str) -> Operand:
    if operator in TAKES_LIST:
        if isinstance(value, list) and value and all(isinstance(entry, str) and entry for entry in value):
            return tuple(value)
        raise ConditionFault(path, f'"{operator.value}" compares with a list of at least one text')
    if operator in TAKES_NUMBER:
        if _is_number(value):
            return value  # type: ignore[return-value]
        raise ConditionFault(path, f'"{operator.value}" compares with a number')
    if operator in TAKES_DATE:
        if isinstance(value, str) and is_iso_date(value):
            return value
        raise ConditionFault(path, f'"{operator.value}" compares with a date such as "2026-09-01"')
    if _is_number(value) or (isinstance(value, str) and value):
        return value  # type: ignore[return-value]
    raise ConditionFault(path, f'"{operator.value}" compares with a text or a number')


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_iso_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written "2026-09-01"."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
