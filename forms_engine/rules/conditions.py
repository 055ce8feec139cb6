"""When a section, step or question is shown: tests joined by all, any and not, as immutable values.

Three-valued (Kleene): an answer that is absent or invalid makes a test Unknown, which is `None` here. A thing
is shown only where its whole condition is True. The truth table stands in `docs/form-definitions.md`.
`operators` has the tests themselves, `condition_json` reads them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from forms_engine.rules.operators import (
    COMPARE,
    TAKES_NOTHING,
    Compiled,
    Day,
    FromToday,
    Operand,
    Operator,
    Threshold,
    Values,
    compile_test,
)


class Condition(ABC):
    """One condition: immutable, hashable, compiled to a closure once."""

    @abstractmethod
    def questions(self) -> frozenset[str]:
        """The ids of what it reads: questions, and the steps that are repeating groups."""

    @abstractmethod
    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        """Its leaves from left to right, each with its place in the JSON; `path` is the condition's own.

        A question about the items of a group is one leaf: what it asks of an item stands in its `has`.
        """

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """The JSON that `condition_json.read` reads."""

    @abstractmethod
    def _compile(self) -> Compiled: ...

    @cached_property
    def compiled(self) -> Compiled:
        """The closure to call where time counts."""
        return self._compile()

    def evaluate(self, values: Values, day: Day) -> bool | None:
        """True, False, or None for Unknown.

        `values`: question id -> clean value, step id of a repeating group -> a list of such; absent and invalid
        answers are not in it. Raises TypeError, ValueError or ArithmeticError where a value is not of the kind
        that its operator compares.
        """
        return self.compiled(values, day)


@dataclass(frozen=True)
class All(Condition):
    """False where one is False, else Unknown where one is Unknown, else True."""

    parts: tuple[Condition, ...]

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(part.questions() for part in self.parts))

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        for index, part in enumerate(self.parts):
            yield from part.placed(f"{path}.all[{index}]")

    def to_json(self) -> dict[str, Any]:
        return {"all": [part.to_json() for part in self.parts]}

    def _compile(self) -> Compiled:
        parts = tuple(part.compiled for part in self.parts)

        def every(values: Values, day: Day) -> bool | None:
            result: bool | None = True
            for part in parts:
                answer = part(values, day)
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

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        for index, part in enumerate(self.parts):
            yield from part.placed(f"{path}.any[{index}]")

    def to_json(self) -> dict[str, Any]:
        return {"any": [part.to_json() for part in self.parts]}

    def _compile(self) -> Compiled:
        parts = tuple(part.compiled for part in self.parts)

        def some(values: Values, day: Day) -> bool | None:
            result: bool | None = False
            for part in parts:
                answer = part(values, day)
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

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        return self.part.placed(f"{path}.not")

    def to_json(self) -> dict[str, Any]:
        return {"not": self.part.to_json()}

    def _compile(self) -> Compiled:
        part = self.part.compiled

        def negated(values: Values, day: Day) -> bool | None:
            answer = part(values, day)
            return None if answer is None else not answer

        return negated


@dataclass(frozen=True)
class Test(Condition):
    """One question, one operator, and what its answer is compared with.

    `on` is the day of an age, in ISO form; "" is today.
    """

    __test__: ClassVar[bool] = False  # not a test case, whatever pytest makes of the name

    question: str
    operator: Operator
    operand: Operand = None
    on: str = ""

    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        yield path, self

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"question": self.question, "op": self.operator.value}
        if self.operator not in TAKES_NOTHING:
            data["value"] = _operand_json(self.operand)
        return data | ({"on": self.on} if self.on else {})

    def _compile(self) -> Compiled:
        return compile_test(self.question, self.operator, self.operand, self.on)


class Which(StrEnum):
    """Of how many items of a repeating group something is asked."""

    ANY = "any_item"
    EVERY = "every_item"


@dataclass(frozen=True)
class Items(Condition):
    """Whether any item, or every item, of a repeating group is so: `has` reads the item's own answers.

    Joined over the items as AnyOf and All are. Unknown without items: nothing was said yet.
    """

    group: str
    which: Which
    has: Condition

    def questions(self) -> frozenset[str]:
        return frozenset({self.group}) | self.has.questions()

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        yield path, self

    def to_json(self) -> dict[str, Any]:
        return {self.which.value: self.group, "has": self.has.to_json()}

    def _compile(self) -> Compiled:
        group, has = self.group, self.has.compiled
        decides = self.which is Which.ANY

        def over_items(values: Values, day: Day) -> bool | None:
            items = values.get(group)
            if not items:
                return None
            answers = [has(item, day) for item in items]
            if decides in answers:
                return decides
            return None if None in answers else not decides

        return over_items


@dataclass(frozen=True)
class Count(Condition):
    """How many items a repeating group has. Unknown where the group is not on the path."""

    group: str
    operator: Operator
    number: int

    def questions(self) -> frozenset[str]:
        return frozenset({self.group})

    def placed(self, path: str) -> Iterator[tuple[str, "Leaf"]]:
        yield path, self

    def to_json(self) -> dict[str, Any]:
        return {"items": self.group, "op": self.operator.value, "value": self.number}

    def _compile(self) -> Compiled:
        group, number = self.group, self.number
        compare = COMPARE[self.operator]
        return lambda values, day: (
            None if (items := values.get(group)) is None else compare(len(items), number)
        )


Leaf = Test | Items | Count


def _operand_json(operand: Operand) -> Any:
    if isinstance(operand, FromToday | Threshold):
        return operand.to_json()
    return list(operand) if isinstance(operand, tuple) else operand
