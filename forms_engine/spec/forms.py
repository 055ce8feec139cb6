"""A whole form, section by section."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from forms_engine.rules.conditions import Condition
from forms_engine.rules.operators import Day, exact
from forms_engine.spec.parts import EVERYONE, PrefillMode, Since, Translation
from forms_engine.spec.questions import Question
from forms_engine.spec.steps import Step, Waypoint


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
    def route(self) -> "tuple[Stretch, ...]":
        """The sections, as they are walked."""
        return tuple(Stretch(self, section) for section in self.sections)

    @cached_property
    def rests_on(self) -> tuple[tuple[int, ...], ...]:
        """Of each section the places, in order, of the earlier ones whose answers bear on it, and on those in turn."""
        owners = {id: place for place, stretch in enumerate(self.route) for id in stretch.answered}
        found: list[tuple[int, ...]] = []
        for place, stretch in enumerate(self.route):
            read = {owners[id] for id in stretch.reads if owners.get(id, place) < place}
            found.append(tuple(sorted(read.union(*(found[each] for each in read)))))
        return tuple(found)

    @cached_property
    def section_places(self) -> Mapping[str, int]:
        """Step id -> the place of its section."""
        return {step.id: place for place, section in enumerate(self.sections) for step in section.steps}

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


@dataclass(frozen=True, eq=False)
class Stretch:
    """What walking a section of `form` needs to know of it. Equal to no other, as `Itself`."""

    form: Form
    section: Section

    @cached_property
    def waypoints(self) -> tuple[Waypoint, ...]:
        return tuple(step.waypoint for step in self.section.steps)

    @cached_property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where the pages of its steps are stored, but for the items of repeating groups."""
        return tuple(step.place for step in self.section.steps)

    @cached_property
    def question_ids(self) -> frozenset[str]:
        return frozenset(question.id for step in self.section.steps for question in step.questions)

    @cached_property
    def answered(self) -> frozenset[str]:
        """What it has answers to: questions, and steps that are groups."""
        groups = (step.id for step in self.section.steps if step.is_group)
        return self.question_ids.union(groups)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """What of other sections bears on it: the questions, and the steps that are groups, whose answers it reads."""
        calculated = (question.formula for step in self.section.steps for question in step.questions)
        read = {reference.id for formula in calculated if formula for reference in formula.references}
        read = read.union(*(condition.questions() for condition in _conditions_in(self.section)))
        return tuple(sorted(read - self.answered))


def _conditions_in(part: object) -> Iterator[Condition]:
    """All conditions that stand anywhere in a part of a form, whatever they decide."""
    if isinstance(part, Condition):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _conditions_in(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _conditions_in(getattr(part, each.name))
