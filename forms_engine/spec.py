"""A form as it was published: frozen, with no Django in it. `definition.py` reads and writes its JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from forms_engine.rules.conditions import Compiled, Condition

# The audience of a question that every party of a form is asked.
EVERYONE = "everyone"


class Level(StrEnum):
    """What an empty answer means. Only REQUIRED ever stops anybody."""

    REQUIRED = "required"
    ADVISED = "advised"  # asked again on check answers
    OPTIONAL = "optional"


class StepKind(StrEnum):
    QUESTIONS = "questions"
    GUIDANCE = "guidance"
    GROUP = "group"  # a repeating group: a list of items, each a page with the step's questions
    CHECK = "check"  # check answers and submit


@dataclass(frozen=True)
class Option:
    """One answer to choose. `reveals` names questions of the same step that open under it, one level deep."""

    id: str
    label: str
    hint: str = ""
    reveals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question, or (types "guidance", "declaration") a piece of text on the page.

    `config` holds what its type alone understands: limits, number of files (see `docs/form-definitions.md`).
    """

    id: str
    type: str
    label: str
    hint: str = ""
    level: Level = Level.OPTIONAL
    why: str = ""  # why we ask, in the family's words
    error: str = ""  # the editor's own words where the answer is missing
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    prefill: str = ""  # the name of a registered source
    audience: str = EVERYONE
    config: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def reveals(self) -> Mapping[str, str]:
        """Question id -> the id of the option under which it opens."""
        return {question: option.id for option in self.options for question in option.reveals}


class Asking(NamedTuple):
    """What walking a form needs to know of a question, laid out for speed."""

    question: str
    shown: Compiled | None
    revealed_by: str  # the question that opens it, and the answer under which it stands; "" for neither
    option: str
    is_required: bool


@dataclass(frozen=True)
class Group:
    """How the items of a repeating group are counted and named. Numbers are items."""

    least: int = 0
    most: int = 10
    item_name: str = ""  # "school", as in "Add a school"
    title_question: str = ""  # whose answer names an item in lists


@dataclass(frozen=True)
class Step:
    """One page."""

    id: str
    kind: StepKind
    title: str
    questions: tuple[Question, ...] = ()
    show_if: Condition | None = None
    group: Group | None = None

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
    def is_fixed(self) -> bool:
        """Whether it always asks all of its questions."""
        return not self.revealed_by and not any(question.show_if for question in self.questions)

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


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    steps: tuple[Step, ...] = ()
    show_if: Condition | None = None


@dataclass(frozen=True)
class Form:
    """A whole form. `reference_prefix` begins each submission's reference; a draft lives `lifetime_days`."""

    slug: str
    title: str
    reference_prefix: str
    handler: str
    sections: tuple[Section, ...] = ()
    intro: str = ""  # plain text under the title, where the form is offered
    submitted: str = ""  # rich text on the receipt: what happens next
    lifetime_days: int = 90
    # language -> wording's id ("<question>.label") -> text
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for section in self.sections for step in section.steps)

    @cached_property
    def steps_by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """Step id -> its section."""
        return {step.id: section for section in self.sections for step in section.steps}

    @cached_property
    def step_of(self) -> Mapping[str, Step]:
        """Question id -> its step."""
        return {question.id: step for step in self.steps for question in step.questions}

    def questions(self) -> Iterator[Question]:
        return (question for step in self.steps for question in step.questions)

    def question(self, question_id: str) -> Question:
        """Raises KeyError."""
        return self.step_of[question_id].questions_by_id[question_id]
