"""A whole form, section by section."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
