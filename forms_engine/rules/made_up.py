"""Made-up answers that lead to a page: the fewest that its conditions ask for. Pure; for previews.

A search with a limit: each condition is brought about by one of a few answers (the options, and the values next to
those that the condition names), and what an answer needs itself (that its question is asked) is brought about in turn.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forms_engine.rules.conditions import All, AnyOf, Condition, Count, Items, Not, Test
from forms_engine.rules.operators import TAKES_AGE, TAKES_DATE, Day, FromToday, Operator, Threshold
from forms_engine.spec import Form, Question, Step

# How many conditions are looked at before the search gives up.
MOST_TRIES = 4000

# Question id -> its value; None for one that must stay unanswered. Step id of a group -> a list of such.
Chosen = Mapping[str, Any]
# A condition, and whether it is to be true or false.
Goal = tuple[Condition, bool]
Ways = Iterator[tuple[tuple[Goal, ...], Chosen]]
Choices = Callable[[Question], Sequence[Any]]
Example = Callable[[Question], Any]


def answers_to(form: Form, step: Step, day: Day, choices: Choices, example: Example) -> Chosen | None:
    """Answers with which `step` is on the path, and as many of its questions asked as go together.

    None where none were found. `choices` gives the values of a question that is answered by choosing: each answer's
    id, or a list with it where several can be chosen; nothing for others. `example` gives some value of such.
    """
    search = _Search(form, day, choices, example)
    chosen = next(search.all(search.way_to(step), {}), None)
    if chosen is None:
        return None
    for question in step.questions:
        if question.show_if:
            chosen = next(search.all(((question.show_if, True),), chosen), chosen)
    return {id: value for id, value in chosen.items() if value is not None}


@dataclass
class _Search:
    form: Form
    day: Day
    choices: Choices
    example: Example
    tries: int = field(default=0)

    def way_to(self, step: Step) -> tuple[Goal, ...]:
        """What must be so for `step` to be on the path."""
        conditions = (self.form.section_of[step.id].show_if, step.show_if)
        return tuple((condition, True) for condition in conditions if condition)

    def all(self, goals: tuple[Goal, ...], chosen: Chosen) -> Iterator[Chosen]:
        """The ways to bring about all of `goals`, with the answers `chosen` already."""
        if not goals:
            yield chosen
            return
        self.tries += 1
        if self.tries > MOST_TRIES:
            return
        for more, extended in self.one(goals[0], chosen):
            yield from self.all(more + goals[1:], extended)

    def one(self, goal: Goal, chosen: Chosen) -> Ways:
        """The ways to bring about one: what must be so besides, and the answers then."""
        condition, wanted = goal
        match condition:
            case Not(part):
                yield ((part, not wanted),), chosen
            case All(parts) | AnyOf(parts):
                if isinstance(condition, All) is wanted:
                    yield tuple((part, wanted) for part in parts), chosen
                else:
                    yield from ((((part, wanted),), chosen) for part in parts)
            case Test():
                yield from self.answer(condition, wanted, chosen)
            case Items() | Count():
                yield from self.items(condition, wanted, chosen)

    def answer(self, test: Test, wanted: bool, chosen: Chosen) -> Ways:
        id = test.question
        if id not in self.form.step_of:
            return
        known = id in chosen
        for value in [chosen[id]] if known else self.values(test):
            if test.compiled({id: value} if value is not None else {}, self.day) is wanted:
                yield (() if known or value is None else self.asked(id)), {**chosen, id: value}

    def asked(self, id: str) -> tuple[Goal, ...]:
        """What must be so for a question to be asked. A follow-up's opening answer counts as a test of it."""
        step = self.form.step_of[id]
        question = step.questions_by_id[id]
        goals = [*self.way_to(step)]
        if question.show_if:
            goals.append((question.show_if, True))
        if opener := step.revealed_by.get(id):
            goals.append((self.chooses(*opener), True))
        return tuple(goals)

    def chooses(self, id: str, option: str) -> Condition:
        """That an answer is chosen, alone or among others."""
        several = any(isinstance(value, list) for value in self.choices(self.form.question(id)))
        return Test(id, Operator.CONTAINS_ANY, (option,)) if several else Test(id, Operator.IS, option)

    def values(self, test: Test) -> list[Any]:
        """Values worth a try: the question's answers, and what lies round the value that is compared with."""
        question = self.form.question(test.question)
        if choices := self.choices(question):
            return [*choices, None]
        operand: Any = test.operand
        if isinstance(operand, Threshold):
            operand = self.day.thresholds.get(operand.name)
        if test.operator is Operator.WAS_ANSWERED:
            return [self.example(question), None]
        if test.operator in TAKES_AGE:
            born, years = test.on or self.day.date.isoformat(), int(str(operand or 0))
            return [_years_before(born, years + by) for by in (0, -1, 1)]
        if isinstance(operand, FromToday):
            operand = operand.on(self.day.date)
        if test.operator in TAKES_DATE:
            return [_days_after(str(operand), by) for by in (-1, 1, 0)]
        if isinstance(operand, int | float | Decimal):
            return [str(operand + by) if isinstance(operand, Decimal) else operand + by for by in (0, 1, -1)]
        return [operand, f"not {operand}", None]

    def items(self, condition: Items | Count, wanted: bool, chosen: Chosen) -> Ways:
        group = condition.group
        step = self.form.steps_by_id.get(group)
        if step is None:
            return
        if group in chosen:
            if condition.compiled(chosen, self.day) is wanted:
                yield (), chosen
            return
        for items in self.rounds(condition, wanted):
            if condition.compiled({group: items}, self.day) is wanted:
                yield self.way_to(step), {**chosen, group: items}

    def rounds(self, condition: Items | Count, wanted: bool) -> Iterator[list[Chosen]]:
        """Items worth a try: never more than the group may have."""
        step = self.form.steps_by_id[condition.group]
        if isinstance(condition, Count):
            numbers = (condition.number, condition.number + 1, max(0, condition.number - 1))
            most = step.group.most if step.group else max(numbers)
            for number in numbers:
                if number <= most:
                    yield [{}] * number
            return
        own = step.questions_by_id
        item = next(self.all(((condition.has, wanted),), {}), None)
        if item is not None:
            yield [{id: value for id, value in item.items() if id in own and value is not None}]


def _days_after(iso: str, by: int) -> str:
    try:
        return (dt.date.fromisoformat(iso) + dt.timedelta(by)).isoformat()
    except (ValueError, OverflowError):
        return iso


def _years_before(iso: str, years: int) -> str:
    return FromToday(years=-years).on(dt.date.fromisoformat(iso))
