"""A form as it was published: frozen, with no Django in it. `definition.py` reads and writes its JSON."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from forms_engine.rules.conditions import Condition
from forms_engine.rules.expressions import ExpressionFault, as_stored, parse
from forms_engine.rules.operators import Compiled, Day, Values, exact

# Earlier answers -> a number as questions store it; None for Unknown.
Calculation = Callable[[Values], int | str | None]
# Who is asked a part of a form: every party of it, or members of staff alone.
EVERYONE = "everyone"
STAFF = "staff"


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


class PrefillMode(StrEnum):
    """What becomes of an answer that a source knows already."""

    SUGGEST = "suggest"  # filled in, to change at will
    FIXED = "fixed"  # shown, and taken from the source: whatever a browser sends is not read
    CORRECT = "correct"  # filled in; a change is marked as a correction


class RuleKind(StrEnum):
    """What may be demanded of several questions of one page together (`rules/together.py`)."""

    EXACTLY_ONE = "exactly-one"
    AT_LEAST_ONE = "at-least-one"
    NO_CHOICE_TWICE = "no-choice-twice"  # in a repeating group: not in another item either
    DATES_IN_ORDER = "dates-in-order"


@dataclass(frozen=True)
class Rule:
    """What must be so of several questions of one page together. `message`: the editor's own words, if any."""

    kind: RuleKind
    questions: tuple[str, ...]
    message: str = ""


@dataclass(frozen=True)
class Variant:
    """Other words where a condition is true: "label" and "hint" of a question, "title" of a step."""

    when: Condition
    words: Mapping[str, str]


class Translation(NamedTuple):
    """A text in another language. `of`: the `rules.phrases.digest_of` the text that it was made of, if known."""

    text: str
    of: str = ""


class Since(NamedTuple):
    """What a threshold has been since a day (ISO form), and where that stands written."""

    day: str
    value: int | float
    source: str


@dataclass(frozen=True)
class Option:
    """One answer to choose. `reveals` names questions of the same step that open under it, one level deep.

    An `exclusive` answer stands alone among several: "None of these".
    `is_child`: who chooses it fills the form in about themself; wordings then say "you" for the child.
    """

    id: str
    label: str
    hint: str = ""
    reveals: tuple[str, ...] = ()
    exclusive: bool = False
    show_if: Condition | None = None
    is_child: bool = False


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
    not_applicable: str = ""  # the words of a tick that stands for an answer: "Ada has no NHS number"
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    required_if: Condition | None = None  # makes it required, whatever its level
    variants: tuple[Variant, ...] = ()  # the first whose condition is true
    prefill: str = ""  # the name of a registered source
    prefill_mode: PrefillMode = PrefillMode.SUGGEST
    audience: str = EVERYONE
    readers: str = ""  # the registered circle of those who may read the answer; "" is whoever reads the rest
    config: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def varies(self) -> bool:
        """Whether what it asks depends on earlier answers."""
        return bool(self.required_if or self.variants or any(option.show_if for option in self.options))

    @cached_property
    def reveals(self) -> Mapping[str, str]:
        """Question id -> the id of the option under which it opens."""
        return {question: option.id for option in self.options for question in option.reveals}

    @cached_property
    def calculation(self) -> Calculation | None:
        """What works its value out of earlier answers, where its `config` has a formula: nobody types it."""
        formula, places = self.config.get("formula"), self.config.get("decimals", 0)
        if not isinstance(formula, str):
            return None
        try:
            expression = parse(formula)
        except ExpressionFault:
            return None
        return lambda values: as_stored(expression.value(values), places)

    @cached_property
    def rows(self) -> tuple[Option, ...]:
        """The fixed rows of a table or grid, out of its `config`. What is no row there is left out."""
        return tuple(_listed(entry) for entry in _entries(self.config, "rows"))

    @cached_property
    def columns(self) -> tuple["Question", ...]:
        """What is asked in each row of a table, or of each choice of a ranking: questions of their own, one level deep.

        Those of a grid, whose cells are ticked, have no type.
        """
        return tuple(_column(entry) for entry in _entries(self.config, "columns"))


def _entries(config: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = config.get(key)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _words_of(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(entry.get("id", "")), str(entry.get("label", "")), str(entry.get("hint", ""))


def _listed(entry: Mapping[str, Any]) -> Option:
    return Option(*_words_of(entry))


def _column(entry: Mapping[str, Any]) -> Question:
    id, label, hint = _words_of(entry)
    is_required = entry.get("level") == Level.REQUIRED
    config = entry.get("config")
    return Question(
        id,
        str(entry.get("type", "")),
        label,
        hint,
        level=Level.REQUIRED if is_required else Level.OPTIONAL,
        options=tuple(_listed(option) for option in _entries(entry, "options")),
        config=config if isinstance(config, dict) else {},
    )


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
    variants: tuple[Variant, ...] = ()
    rules: tuple[Rule, ...] = ()
    audience: str = EVERYONE
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
        return self.is_fixed and not (self.varies or self.is_group or self.calculations)

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


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    steps: tuple[Step, ...] = ()
    show_if: Condition | None = None
    audience: str = EVERYONE


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
    offered_to: str = ""  # who may begin it unasked: a registered audience; "" for nobody
    # Between which moments it can be begun, on London's clocks ("2026-09-01T09:00"); "" is no limit.
    opens_at: str = ""
    closes_at: str = ""
    # Whether people choose the section to do next from a list of all; else each page leads to the one after it.
    task_list: bool = False
    instead: str = ""  # what to do while it cannot be begun
    notice: str = ""  # the short name of a data-protection notice, shown before somebody begins
    # Section's id -> where it was copied from: {"form", "section", "version", "ending"} (`authoring/library.py`).
    copies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # language -> phrase's id ("<question>.label") -> translation
    translations: Mapping[str, Mapping[str, Translation]] = field(default_factory=dict)
    # name -> what it has been since when, oldest first
    thresholds: Mapping[str, tuple[Since, ...]] = field(default_factory=dict)

    def day(self, today: dt.date) -> Day:
        """The day `today` for rules to read, with the thresholds that hold on it."""
        iso = today.isoformat()
        held = {
            name: [since.value for since in steps if since.day <= iso]
            for name, steps in self.thresholds.items()
        }
        return Day(today, {name: exact(values[-1]) for name, values in held.items() if values})

    @cached_property
    def child_options(self) -> tuple[tuple[str, str], ...]:
        """Question and option of the answers that say: I am the child whom this is about."""
        return tuple(
            (question.id, option.id)
            for question in self.questions()
            for option in question.options
            if option.is_child
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for section in self.sections for step in section.steps)

    @cached_property
    def route(self) -> tuple[tuple[Section, tuple[Waypoint, ...]], ...]:
        """The sections, each with what walking through it needs to know of its steps."""
        return tuple((section, tuple(step.waypoint for step in section.steps)) for section in self.sections)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Step id -> its place among all steps."""
        return {step.id: place for place, step in enumerate(self.steps)}

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

    @cached_property
    def types(self) -> frozenset[str]:
        """The names of the types of its questions."""
        return frozenset(question.type for question in self.questions())

    @cached_property
    def fixed(self) -> tuple[Question, ...]:
        """The questions that are answered by their source, where it knows something."""
        return tuple(each for each in self.questions() if each.prefill_mode is PrefillMode.FIXED)

    def question(self, question_id: str) -> Question:
        """Raises KeyError."""
        return self.step_of[question_id].questions_by_id[question_id]
