"""Which steps a person meets, in which order, and how far they are: walked afresh from the answers each time.

An answer on a step that is not on the path, or to a question that is not asked now, counts as absent.
"""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from forms_engine.rules.conditions import Compiled, Values
from forms_engine.spec import Asking, Form, Section, Step

logger = logging.getLogger(__name__)


class State(StrEnum):
    """How far a step or a section is."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"  # a required answer is missing
    DONE = "done"
    PROBLEM = "problem"  # an answer cannot stand


# A member of an enumeration is slow to look up, and a walk asks for one at each step.
_NOT_STARTED, _IN_PROGRESS, _DONE, _PROBLEM = State


@dataclass(frozen=True, slots=True)
class StepStore:
    """What is stored of one page: of a step, or of one item of a repeating group.

    `values` holds clean answers only; `errors` names the questions whose answers cannot stand. The entry of a
    repeating group itself (item "") has its `items` in their order.
    """

    values: Values = field(default_factory=dict)
    errors: frozenset[str] = frozenset()
    visited: bool = True
    items: tuple[str, ...] = ()


# (step id, item id or "") -> what is stored of that page.
Store = Mapping[tuple[str, str], StepStore]
NOTHING = StepStore(visited=False)


class Page(NamedTuple):
    """One page as it is now. `item` is "" but for the items of a repeating group.

    `shown` are the questions on the page, with follow-ups under answers that are not chosen; `asked` are
    those that count.
    """

    item: str
    shown: tuple[str, ...]
    asked: tuple[str, ...]
    values: Values
    state: State
    is_blocking: bool  # nobody can send the form before something here is answered or put right
    invalid: frozenset[str] = frozenset()  # of those asked, the ones whose answers cannot stand


class PathStep(NamedTuple):
    """One step on the path.

    Of a repeating group, `page` shows what an item that is still empty shows, in the state of the whole group.
    """

    step: Step
    page: Page
    items: tuple[Page, ...] = ()

    @property
    def state(self) -> State:
        return self.page.state

    @property
    def is_blocking(self) -> bool:
        return self.page.is_blocking

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that count now."""
        return self.page.asked


@dataclass(frozen=True)
class SectionState:
    """A section with its steps on the path, of which there is at least one."""

    section: Section
    steps: tuple[PathStep, ...]

    @cached_property
    def state(self) -> State:
        states = {path_step.state for path_step in self.steps}
        if State.PROBLEM in states:
            return State.PROBLEM
        return states.pop() if len(states) == 1 else State.IN_PROGRESS


@dataclass(frozen=True)
class Journey:
    """A person's way through a form. `values`: question id -> value; step id of a group -> a list of such."""

    form: Form
    today: dt.date  # the day by which the rules were read
    path: tuple[PathStep, ...]
    values: Values

    @cached_property
    def steps(self) -> Mapping[str, PathStep]:
        """The steps on the path by their ids."""
        return {path_step.step.id: path_step for path_step in self.path}

    @cached_property
    def sections(self) -> tuple[SectionState, ...]:
        """The sections that have something on the path, in order."""
        found = (
            SectionState(
                section, tuple(self.steps[step.id] for step in section.steps if step.id in self.steps)
            )
            for section in self.form.sections
        )
        return tuple(section for section in found if section.steps)

    @property
    def is_complete(self) -> bool:
        """Whether it can be sent."""
        return self.first_open() is None

    def first_open(self) -> Step | None:
        """The first step that still needs an answer before the form can be sent."""
        return next((path_step.step for path_step in self.path if path_step.is_blocking), None)

    def first_unfinished(self) -> Step:
        """Where to carry on: the first step that is not done, at the latest the step that sends the form."""
        return next((each.step for each in self.path if each.state is not State.DONE), self.path[-1].step)

    def next_after(self, step_id: str) -> Step | None:
        """The next step on the path. `step_id` may have left the path. None after the last."""
        place = self._places[step_id]
        return next((each.step for each in self.path if self._places[each.step.id] > place), None)

    def previous_before(self, step_id: str) -> Step | None:
        """The step on the path before `step_id`, which may have left it. None before the first."""
        place = self._places[step_id]
        earlier = [each.step for each in self.path if self._places[each.step.id] < place]
        return earlier[-1] if earlier else None

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {step.id: place for place, step in enumerate(self.form.steps)}


def walk(form: Form, store: Store, today: dt.date) -> Journey:
    """The way through `form` with the answers in `store`, on the day `today`."""
    values: dict[str, Any] = {}
    path: list[PathStep] = []
    for section in form.sections:
        if section.show_if and not _is_shown(section.show_if.compiled, values, section.id):
            continue
        # Each step reads what the ones before it put into `values`.
        path.extend(
            _take(step, store, values)
            for step in section.steps
            if step.show_if is None or _is_shown(step.show_if.compiled, values, step.id)
        )
    return Journey(form, today, tuple(path), values)


def asked_of(step: Step, shown: Sequence[str], values: Values) -> tuple[str, ...]:
    """Which of the questions `shown` on a page count with the answers `values`: what no answer hides."""
    asked: list[str] = []
    for asking in step.askings:
        if asking.question in shown and (
            not asking.revealed_by or (asking.revealed_by in asked and _opens(asking, values))
        ):
            asked.append(asking.question)
    return tuple(asked)


def _take(step: Step, store: Store, values: dict[str, Any]) -> PathStep:
    """Put `step` on the path, and its answers into `values`."""
    entry = store.get(step.place, NOTHING)
    if step.is_group:
        return _take_group(step, entry, store, values)
    page = _page(step, "", entry, values)
    values.update(page.values)
    return PathStep(step, page)


def _take_group(step: Step, entry: StepStore, store: Store, values: dict[str, Any]) -> PathStep:
    items = tuple(_page(step, item, store.get((step.id, item), NOTHING), values) for item in entry.items)
    least = step.group.least if step.group else 0
    is_blocking = len(items) < least or any(item.is_blocking for item in items)
    has_problem = any(item.state is State.PROBLEM for item in items)
    state = _state(entry.visited or bool(items), has_problem, is_blocking)
    # An item sees what stood on earlier steps, never its neighbours.
    page = _page(step, "", NOTHING, values)._replace(state=state, is_blocking=is_blocking)
    if items:
        values[step.id] = [item.values for item in items]
    return PathStep(step, page, items)


def _page(step: Step, item: str, entry: StepStore, values: Values) -> Page:
    typed, errors = entry.values, entry.errors
    if step.is_fixed and not errors:
        return _fixed_page(step, item, entry)
    shown: list[str] = []
    asked: list[str] = []
    said: dict[str, Any] = {}
    is_blocking = has_problem = False
    for asking in step.askings:
        question, condition, revealed_by, _option, is_required = asking
        if condition is not None and not _is_shown(condition, values, question):
            continue
        if revealed_by and revealed_by not in shown:
            continue
        shown.append(question)
        if revealed_by and not (revealed_by in asked and _opens(asking, said)):
            continue
        asked.append(question)
        if question in errors:
            has_problem = is_blocking = True
        elif question in typed:
            said[question] = typed[question]
        elif is_required:
            is_blocking = True
    state = _state(entry.visited, has_problem, is_blocking)
    return Page(item, tuple(shown), tuple(asked), said, state, is_blocking, errors.intersection(asked))


def _fixed_page(step: Step, item: str, entry: StepStore) -> Page:
    """Most steps: everything on the page is asked, and nothing on it is wrong."""
    typed, ids = entry.values, step.question_ids
    is_stale = not typed.keys() <= step.questions_by_id.keys()
    said = {question: typed[question] for question in ids if question in typed} if is_stale else typed
    is_blocking = not step.required_ids <= said.keys()
    return Page(item, ids, ids, said, _state(entry.visited, False, is_blocking), is_blocking)


def _state(visited: bool, has_problem: bool, is_blocking: bool) -> State:
    if has_problem:
        return _PROBLEM
    if not visited:
        return _NOT_STARTED
    return _IN_PROGRESS if is_blocking else _DONE


def _opens(asking: Asking, values: Values) -> bool:
    """Whether the answer that reveals a follow-up is chosen."""
    chosen = values.get(asking.revealed_by)
    return asking.option in chosen if isinstance(chosen, list) else asking.option == chosen


def _is_shown(condition: Compiled, values: Values, what: str) -> bool:
    """Whether the condition of `what` (an id) is True. One that cannot be worked out counts as True."""
    try:
        return condition(values) is True
    except Exception:  # whatever is wrong with a rule, the family's form must go on
        # No traceback: its message could hold an answer.
        logger.error("A condition could not be worked out: %s is shown", what)
        return True
