"""The way through a form as a tree: what follows what, and where it forks. Pure; `flow_layout.py` draws it.

Consecutive parts that share a condition are one branch. Consecutive branches of which at most one can be taken stand
side by side. What cannot be seen from the conditions alone (a branch that is always taken in the end) is drawn as a
choice all the same: the picture shows no way too few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forms_engine.rules.conditions import All, Condition, Test
from forms_engine.rules.operators import Operator
from forms_engine.spec import Form, Level, Section, Step


@dataclass(frozen=True)
class Stop:
    """One page, by its number in the form."""

    step: Step
    number: int


@dataclass(frozen=True)
class Lane:
    """A section with what is in it."""

    section: Section
    items: "tuple[Item, ...]"


@dataclass(frozen=True)
class Branch:
    """What is on the way when `condition` is true."""

    condition: Condition
    items: "tuple[Item, ...]"


@dataclass(frozen=True)
class Fork:
    """Branches of which at most one is taken. `can_pass`: there is a way past all of them."""

    branches: tuple[Branch, ...]
    can_pass: bool


Item = Stop | Lane | Fork


def flow(form: Form) -> tuple[Item, ...]:
    """The way through `form`, from its start to Submit."""
    numbers = {step.id: number for number, step in enumerate(form.steps, start=1)}
    items: list[Item | Branch] = []
    for section in form.sections:
        lane = Lane(section, _steps(form, section.steps, numbers, frozenset(_parts(section.show_if))))
        conditions = _parts(section.show_if)
        items.append(Branch(_joined(conditions), (lane,)) if conditions else lane)
    return _forked(form, items)


def _steps(
    form: Form, steps: Sequence[Step], numbers: dict[str, int], known: frozenset[Condition]
) -> tuple[Item, ...]:
    """`steps` in order; `known` are the conditions that are true here."""
    items: list[Item | Branch] = []
    place = 0
    while place < len(steps):
        here = [part for part in _parts(steps[place].show_if) if part not in known]
        if not here:
            items.append(Stop(steps[place], numbers[steps[place].id]))
            place += 1
            continue
        end = place + 1
        while end < len(steps) and here[0] in _parts(steps[end].show_if):
            end += 1
        # All that the steps of the branch have in common is said at its beginning.
        shared = [part for part in here if all(part in _parts(step.show_if) for step in steps[place:end])]
        inner = _steps(form, steps[place:end], numbers, known | frozenset(shared))
        items.append(Branch(_joined(shared), inner))
        place = end
    return _forked(form, items)


def _forked(form: Form, items: Sequence[Item | Branch]) -> tuple[Item, ...]:
    """The same with each run of branches that exclude one another as one fork."""
    result: list[Item] = []
    run: list[Branch] = []

    def close() -> None:
        if run:
            result.append(Fork(tuple(run), not _covers(form, run)))
            run.clear()

    for item in items:
        if not isinstance(item, Branch):
            close()
            result.append(item)
            continue
        if not all(_exclude(other.condition, item.condition) for other in run):
            close()
        run.append(item)
    close()
    return tuple(result)


def _parts(condition: Condition | None) -> list[Condition]:
    """What must all be true."""
    if condition is None:
        return []
    if isinstance(condition, All):
        return [part for inner in condition.parts for part in _parts(inner)]
    return [condition]


def _joined(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _wanted(condition: Condition) -> tuple[str, frozenset[object]] | None:
    """A question and the answers of which it must have one; None where the condition says something else."""
    if isinstance(condition, Test) and condition.operator is Operator.IS:
        return condition.question, frozenset({condition.operand})
    if isinstance(condition, Test) and condition.operator is Operator.IS_ONE_OF:
        operand = condition.operand
        return condition.question, frozenset(operand if isinstance(operand, tuple) else ())
    return None


def _exclude(one: Condition, other: Condition) -> bool:
    """Whether both cannot be true at once, as far as that can be seen from single answers."""
    for mine in filter(None, map(_wanted, _parts(one))):
        for theirs in filter(None, map(_wanted, _parts(other))):
            if mine[0] == theirs[0] and mine[1].isdisjoint(theirs[1]):
                return True
    return False


def _covers(form: Form, branches: Sequence[Branch]) -> bool:
    """Whether one of them is always taken: together they name every answer of one question that everybody answers."""
    wanted = [_wanted(branch.condition) for branch in branches]
    questions = {each[0] if each else "" for each in wanted}
    if len(questions) != 1 or None in wanted or next(iter(questions)) not in form.step_of:
        return False
    question = form.question(next(iter(questions)))
    step = form.step_of[question.id]
    section = form.section_of[step.id]
    always = not (question.show_if or step.show_if or section.show_if or question.id in step.revealed_by)
    answers = {option.id for option in question.options}
    named = {answer for each in wanted if each for answer in each[1]}
    return always and question.level is Level.REQUIRED and bool(answers) and answers <= named
