"""Which steps a person meets, in which order, and how far they are: walked afresh from the answers each time.

An answer on a step that is not on the path, or to a question that is not asked now, counts as absent.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from forms_engine.rules.asking import as_asked, holds, without_closed
from forms_engine.rules.operators import Day, Values
from forms_engine.rules.together import Broken, broken, broken_across
from forms_engine.spec import Asking, Form, Section, Step, Stretch


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

    `values` holds clean answers only, and only to the page's own questions; `errors` names the questions whose
    answers cannot stand. The entry of a repeating group itself (item "") has its `items` in their order.
    """

    values: Values = field(default_factory=dict)
    errors: frozenset[str] = frozenset()
    visited: bool = True
    items: tuple[str, ...] = ()


# (step id, item id or "") -> what is stored of that page.
Store = Mapping[tuple[str, str], StepStore]
NOTHING = StepStore(visited=False)
_NONE: frozenset[str] = frozenset()
# Makes a named tuple of all its fields at once, in a third of the time that its own constructor takes.
_new = tuple.__new__


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
    broken: tuple[Broken, ...] = ()  # what its answers do not fulfil together


class PathStep(NamedTuple):
    """One step on the path, as it is asked now.

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
        states = {path_step.page.state for path_step in self.steps}
        if State.PROBLEM in states:
            return State.PROBLEM
        return states.pop() if len(states) == 1 else State.IN_PROGRESS


@dataclass(frozen=True)
class Journey:
    """A person's way through a form. `values`: question id -> value; step id of a group -> a list of such."""

    form: Form
    day: Day  # the day by which the rules were read
    path: tuple[PathStep, ...]
    sections: tuple[SectionState, ...]  # those that have something on the path, in order
    values: Values

    @property
    def today(self) -> dt.date:
        return self.day.date

    @cached_property
    def steps(self) -> Mapping[str, PathStep]:
        """The steps on the path by their ids."""
        return {path_step.step.id: path_step for path_step in self.path}

    def at(self, step_id: str) -> PathStep | None:
        """A step as it is asked on the path; None of one that is not on it."""
        found = bisect_left(self.path, self.form.places[step_id], key=self._place)
        on_path = self.path[found] if found < len(self.path) else None
        return on_path if on_path and on_path.step.id == step_id else None

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

    def first_missed(self, changed: str) -> Step:
        """Where to go on from the changed step `changed`: to what still needs an answer, or to a later step that an
        answer has opened and nobody has been to; at the latest to the step that sends the form.

        What is asked of everybody and was never looked at was left out at will.
        """
        for section in self.sections:
            for each in section.steps:
                is_opened = bool(section.section.show_if or each.step.show_if)
                is_new = each.state is State.NOT_STARTED and self._place(each) > self.form.places[changed]
                if each.is_blocking or (is_opened and is_new):
                    return each.step
        return self.path[-1].step

    def next_after(self, step_id: str) -> Step | None:
        """The next step on the path. `step_id` may have left the path. None after the last."""
        after = bisect_right(self.path, self.form.places[step_id], key=self._place)
        return self.path[after].step if after < len(self.path) else None

    def previous_before(self, step_id: str) -> Step | None:
        """The step on the path before `step_id`, which may have left it. None before the first."""
        before = bisect_left(self.path, self.form.places[step_id], key=self._place)
        return self.path[before - 1].step if before else None

    def _place(self, path_step: PathStep) -> int:
        """Where a step stands in the form: those of the path stand in the same order."""
        return self.form.places[path_step.step.id]


# How one section is walked: what stands there is put on the path, and its answers into the values.
Through = Callable[[Stretch, dict[str, Any], Day], SectionState | None]


def walk(form: Form, store: Store, today: dt.date) -> Journey:
    """The way through `form` with the answers in `store`, on the day `today`."""
    return joined(form, today, lambda stretch, values, day: through(stretch, store, values, day))


def joined(form: Form, today: dt.date, walked: Through) -> Journey:
    """The way through all sections of `form`, one after the other: each reads what the ones before it have put."""
    values: dict[str, Any] = {}
    day = form.day(today)
    met = [walked(stretch, values, day) for stretch in form.route]
    sections = tuple([state for state in met if state])
    path = tuple(chain.from_iterable([state.steps for state in sections]))
    return Journey(form, day, path, sections, values)


def through(stretch: Stretch, store: Store, values: dict[str, Any], day: Day) -> SectionState | None:
    """The way through one section with the answers in `store`, which it puts into `values`. None where it is left out.

    `values`: those of earlier sections, of which it reads what `stretch.reads` names.
    """
    section = stretch.section
    if section.show_if and not holds(section.show_if.compiled, values, day, section.id, otherwise=True):
        return None
    path: list[PathStep] = []
    stored = store.get
    # Each step reads what the ones before it put into `values`.
    for step, shown, place, is_plain, ids, required in stretch.waypoints:
        if shown is not None and not holds(shown, values, day, step.id, otherwise=True):
            continue
        entry = stored(place, NOTHING)
        if is_plain and not entry.errors:
            # Most steps: everything on the page is asked, and nothing on it is wrong.
            values.update(entry.values)
            path.append(_new(PathStep, (step, _plain("", entry, ids, required), ())))
        else:
            path.append(_take(step, entry, store, values, day))
    return SectionState(section, tuple(path)) if path else None


def _take(step: Step, entry: StepStore, store: Store, values: dict[str, Any], day: Day) -> PathStep:
    """Put `step` on the path, and its answers into `values`."""
    if step.varies:
        step = as_asked(step, values, day)
    if step.is_group:
        return _take_group(step, entry, store, values, day)
    if step.is_plugin:
        return PathStep(step, _of_another_app(entry))
    page = _page(step, "", entry, values, day)
    values.update(page.values)
    return PathStep(step, page)


def _of_another_app(entry: StepStore) -> Page:
    """A page whose app says when it is done, by a row with nothing in it. Until then it stops the form."""
    state = _DONE if entry.visited else _NOT_STARTED
    return Page("", shown=(), asked=(), values={}, state=state, is_blocking=not entry.visited)


def _take_group(step: Step, entry: StepStore, store: Store, values: dict[str, Any], day: Day) -> PathStep:
    items = [_page(step, item, store.get((step.id, item), NOTHING), values, day) for item in entry.items]
    if step.rules:
        for place, repeated in broken_across(step, [item.values for item in items]).items():
            faults = (*items[place].broken, *repeated)
            items[place] = items[place]._replace(state=_PROBLEM, is_blocking=True, broken=faults)
    has_room = step.group is None or step.group.least <= len(items) <= step.group.most
    is_blocking = not has_room or any(item.is_blocking for item in items)
    has_problem = any(item.state is _PROBLEM for item in items)
    state = _state(entry.visited or bool(items), has_problem, is_blocking)
    # An item sees what stood on earlier steps, never its neighbours.
    page = _page(step, "", NOTHING, values, day)._replace(state=state, is_blocking=is_blocking, broken=())
    values[step.id] = [item.values for item in items]
    return PathStep(step, page, tuple(items))


def _page(step: Step, item: str, entry: StepStore, values: Values, day: Day) -> Page:
    if step.calculations:
        entry = _with_calculated(step, entry, values)
    errors = entry.errors
    typed = _without_closed(step, entry.values) if step.closed else entry.values
    if step.is_fixed and not errors:
        return _plain(item, entry, step.question_ids, step.required_ids)
    shown: list[str] = []
    asked: list[str] = []
    said: dict[str, Any] = {}
    is_blocking = has_problem = False
    for asking in step.askings:
        question, condition, revealed_by, _option, is_required = asking
        if revealed_by and revealed_by not in shown:
            continue
        if condition is not None and not holds(condition, values, day, question, otherwise=True):
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
    page = Page(item, tuple(shown), tuple(asked), said, state, is_blocking, errors.intersection(asked))
    return _judged(step, page) if step.rules else page


def _with_calculated(step: Step, entry: StepStore, values: Values) -> StepStore:
    """The page with what is worked out of earlier answers, of whatever is known."""
    worked_out = {question: calculation(values) for question, calculation in step.calculations}
    known = {question: value for question, value in worked_out.items() if value is not None}
    return replace(entry, values={**entry.values, **known})


def _plain(item: str, entry: StepStore, ids: tuple[str, ...], required: frozenset[str]) -> Page:
    """The page where all of its questions `ids` are asked, and none is answered wrongly."""
    values = entry.values
    is_blocking = len(values) < len(ids) and not required.issubset(values)
    state = (_IN_PROGRESS if is_blocking else _DONE) if entry.visited else _NOT_STARTED
    return _new(Page, (item, ids, ids, values, state, is_blocking, _NONE, ()))


def _judged(step: Step, page: Page) -> Page:
    """The page with the rules that its answers break together."""
    faults = broken(step, page.asked, page.values, page.invalid)
    if not faults:
        return page
    is_missing = page.state is not _PROBLEM and all(fault.is_missing for fault in faults)
    state = (page.state if page.state is _NOT_STARTED else _IN_PROGRESS) if is_missing else _PROBLEM
    return page._replace(state=state, is_blocking=True, broken=faults)


def _without_closed(step: Step, typed: Values) -> Values:
    open_only = {id: without_closed(value, step.closed.get(id, frozenset())) for id, value in typed.items()}
    return {id: value for id, value in open_only.items() if value is not None}


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
