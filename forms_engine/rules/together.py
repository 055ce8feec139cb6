"""Rules over several questions of one page: what must be so of their answers together.

A rule is broken only where that is certain: an answer that is missing or cannot stand leaves the others alone, but
where something missing is what the rule is about.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from forms_engine.rules.operators import Values
from forms_engine.spec import Rule, RuleKind, Step


class Broken(NamedTuple):
    """A rule that is broken, and the question at which to put it right."""

    rule: Rule
    question: str
    is_missing: bool = False  # nothing was answered yet, rather than two answers that cannot both stand


def broken(
    step: Step, asked: Collection[str], values: Values, invalid: Collection[str]
) -> tuple[Broken, ...]:
    """The rules of `step` that one page breaks, with its questions `asked` and their answers `values`."""
    found: list[Broken] = []
    for rule in step.rules:
        questions = [question for question in rule.questions if question in asked]
        fault = _CHECKS[rule.kind](step, rule, questions, values, invalid) if questions else None
        if fault:
            found.append(fault)
    return tuple(found)


def broken_across(step: Step, items: Sequence[Values]) -> Mapping[int, tuple[Broken, ...]]:
    """Of a repeating group: the place of an item -> the rules that it breaks by repeating what an earlier one says."""
    found: dict[int, tuple[Broken, ...]] = {}
    for rule in step.rules:
        if rule.kind is not RuleKind.NO_CHOICE_TWICE:
            continue
        seen: set[str] = set()
        for place, values in enumerate(items):
            chosen = list(_choices(step, rule.questions, values))
            again = next((question for question, choice in chosen if choice in seen), None)
            if again:
                found[place] = (*found.get(place, ()), Broken(rule, again))
            seen.update(choice for _question, choice in chosen)
    return found


def _exactly_one(
    step: Step, rule: Rule, questions: list[str], values: Values, invalid: Collection[str]
) -> Broken | None:
    answered = [question for question in questions if question in values]
    if len(answered) > 1:
        return Broken(rule, answered[1])
    return _at_least_one(step, rule, questions, values, invalid)


def _at_least_one(
    step: Step, rule: Rule, questions: list[str], values: Values, invalid: Collection[str]
) -> Broken | None:
    if any(question in values or question in invalid for question in questions):
        return None
    return Broken(rule, questions[0], is_missing=True)


def _no_choice_twice(
    step: Step, rule: Rule, questions: list[str], values: Values, invalid: Collection[str]
) -> Broken | None:
    seen: set[str] = set()
    for question, choice in _choices(step, questions, values):
        if choice in seen:
            return Broken(rule, question)
        seen.add(choice)
    return None


def _dates_in_order(
    step: Step, rule: Rule, questions: list[str], values: Values, invalid: Collection[str]
) -> Broken | None:
    latest = ""
    for question in questions:
        day = values.get(question)
        # "Does not apply" is no day.
        if not isinstance(day, str):
            continue
        if day < latest:
            return Broken(rule, question)
        latest = day
    return None


_CHECKS: Mapping[RuleKind, Callable[[Step, Rule, list[str], Values, Collection[str]], Broken | None]] = {
    RuleKind.EXACTLY_ONE: _exactly_one,
    RuleKind.AT_LEAST_ONE: _at_least_one,
    RuleKind.NO_CHOICE_TWICE: _no_choice_twice,
    RuleKind.DATES_IN_ORDER: _dates_in_order,
}


def _choices(step: Step, questions: Collection[str], values: Values) -> Iterator[tuple[str, str]]:
    """Question and what was chosen there, comparable between questions: their answers have ids of their own."""
    for id in questions:
        labels = {option.id: option.label for option in step.questions_by_id[id].options}
        for choice in _listed(values.get(id)):
            yield id, " ".join(labels.get(choice, choice).casefold().split())


def _listed(value: Any) -> list[str]:
    if isinstance(value, dict):
        # A record, or what is in no list; "does not apply" has neither.
        return [chosen] if (chosen := value.get("id") or value.get("words")) else []
    if isinstance(value, list):
        return [entry for entry in value if isinstance(entry, str)]
    return [value] if isinstance(value, str) else []
