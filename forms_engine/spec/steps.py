"""A page of a form, and what walking a form needs to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from forms_engine.rules.conditions import Condition
from forms_engine.rules.operators import Compiled
from forms_engine.spec.parts import EVERYONE, Level, Rule, StepKind, Variant
from forms_engine.spec.questions import Calculation, Question


class Asking(NamedTuple):
    """What walking a form needs to know of a question, laid out for speed."""

    question: str
    shown: Compiled | None
    revealed_by: str  # the question that opens it, and the answer under which it stands; "" for neither
    option: str
    is_required: bool


class Waypoint(NamedTuple):
    """The same of a step. `place`: where its page is stored; `is_plain` and the questions' ids: as its own."""

    step: "Step"
    shown: Compiled | None
    place: tuple[str, str]
    is_plain: bool
    questions: tuple[str, ...]
    required: frozenset[str]


@dataclass(frozen=True)
class Group:
    """How the items of a repeating group are counted and named. Numbers are items."""

    least: int = 0
    most: int = 10
    item_name: str = ""  # "school", as in "Add a school"
    title_question: str = ""  # whose answer names an item in lists; "": it has a number alone


@dataclass(frozen=True)
class Step:
    """One page."""

    id: str
    kind: StepKind
    title: str
    questions: tuple[Question, ...] = ()
    show_if: Condition | None = None
    group: Group | None = None
    variants: tuple[Variant, ...] = ()
    rules: tuple[Rule, ...] = ()
    audience: str = EVERYONE
    plugin: str = ""  # the registered page that stands here, of steps of that kind
    # Question id -> its options that cannot be chosen now. Of pages "as asked" alone (`rules/asking.py`).
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def varies(self) -> bool:
        """Whether what it asks depends on earlier answers."""
        return bool(self.variants) or any(question.varies for question in self.questions)

    @cached_property
    def as_asked(self) -> dict[tuple[bool, ...], "Step"]:
        """The pages that it has been so far, by how its conditions stood: `rules/asking.py` keeps them here."""
        return {}

    @cached_property
    def questions_by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def revealed_by(self) -> Mapping[str, tuple[str, str]]:
        """Question id -> (the question, its option) that opens it, for follow-ups."""
        return {
            revealed: (question.id, option)
            for question in self.questions
            for revealed, option in question.reveals.items()
        }

    @cached_property
    def question_ids(self) -> tuple[str, ...]:
        return tuple(question.id for question in self.questions)

    @cached_property
    def required_ids(self) -> frozenset[str]:
        return frozenset(question.id for question in self.questions if question.level is Level.REQUIRED)

    @cached_property
    def place(self) -> tuple[str, str]:
        """Where its page is stored: its id, and no item."""
        return self.id, ""

    @cached_property
    def is_group(self) -> bool:
        return self.kind is StepKind.GROUP

    @cached_property
    def is_plugin(self) -> bool:
        return self.kind is StepKind.PLUGIN

    @cached_property
    def itself(self) -> "Itself":
        return Itself(self)

    @cached_property
    def is_fixed(self) -> bool:
        """Whether it always asks all of its questions, each for itself."""
        conditional = any(question.show_if for question in self.questions)
        return not (self.revealed_by or conditional or self.rules or self.closed)

    @cached_property
    def is_plain(self) -> bool:
        """Whether its page is the same whatever is answered elsewhere, and stands once."""
        return self.is_fixed and not (self.varies or self.is_group or self.is_plugin or self.calculations)

    @cached_property
    def calculations(self) -> tuple[tuple[str, Calculation], ...]:
        """The questions that nobody answers, and what works their values out of earlier answers."""
        return tuple(
            (question.id, question.calculation) for question in self.questions if question.calculation
        )

    @cached_property
    def waypoint(self) -> Waypoint:
        shown = self.show_if.compiled if self.show_if else None
        return Waypoint(self, shown, self.place, self.is_plain, self.question_ids, self.required_ids)

    @cached_property
    def askings(self) -> tuple[Asking, ...]:
        return tuple(
            Asking(
                question.id,
                question.show_if.compiled if question.show_if else None,
                *self.revealed_by.get(question.id, ("", "")),
                question.level is Level.REQUIRED,
            )
            for question in self.questions
        )


@dataclass(frozen=True, eq=False)
class Itself:
    """A step that is equal to no other: where something is kept for it, to compare all that steps hold is too dear."""

    step: Step
