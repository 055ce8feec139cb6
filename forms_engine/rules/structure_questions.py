"""The part of the structure check that looks at questions, what they reveal, and what conditions read."""

from collections.abc import Iterator

from forms_engine.rules.conditions import Condition, Operand, Test, is_iso_date
from forms_engine.rules.known import (
    Finding,
    Findings,
    Holds,
    Known,
    TypeFacts,
    placed_questions,
    placed_steps,
)
from forms_engine.spec import EVERYONE, Form, Level, Question, Step, StepKind


def check_questions(form: Form, known: Known) -> Findings:
    """Whether each question is one that its type can ask."""
    for path, step, question in placed_questions(form):
        facts = known.types.get(question.type)
        if facts is None:
            words = f'no question type is registered as "{question.type}"'
            yield Finding(f"{path}.type", words, step.id, question.id)
            continue
        for key, words in _question_faults(question, facts, known):
            yield Finding(f"{path}.{key}", words, step.id, question.id)


def _question_faults(question: Question, facts: TypeFacts, known: Known) -> Iterator[tuple[str, str]]:
    if facts.holds is Holds.NOTHING and question.level is not Level.OPTIONAL:
        yield "level", "a text that asks nothing can only be optional"
    if facts.holds is not Holds.NOTHING and not question.label:
        yield "label", "a question needs its words"
    if question.audience != EVERYONE:
        yield "audience", f'"{question.audience}" is nobody who fills in this form'
    if question.prefill and question.prefill not in known.prefill_sources:
        yield "prefill", f'no prefill source is registered as "{question.prefill}"'
    yield from _option_faults(question, facts)
    yield from _config_faults(question, facts)


def _option_faults(question: Question, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    if facts.takes_options and len(question.options) < 2:
        yield "options", "at least two answers to choose from are needed here"
    if facts.takes_options:
        return
    for index, option in enumerate(question.options):
        if option.id not in facts.own_options:
            allowed = (
                f"only {', '.join(facts.own_options)}" if facts.own_options else "no answers to choose from"
            )
            yield f"options[{index}].id", f"{question.type} has {allowed}"


def _config_faults(question: Question, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    for key, value in question.config.items():
        rule = facts.config_keys.get(key)
        if rule is None:
            known = ", ".join(facts.config_keys) or "none"
            yield f"config.{key}", f"{question.type} knows no such key; it knows: {known}"
        elif not rule.holds(value):
            yield f"config.{key}", f"this must be {rule.words}"
    for low, high in (("minimum", "maximum"), ("earliest", "latest")):
        least, most = question.config.get(low), question.config.get(high)
        if _is_above(least, most):
            yield f"config.{high}", f"{high} is less than {low}"


def _is_above(least: object, most: object) -> bool:
    """Whether two bounds, numbers or ISO days, stand the wrong way round."""
    if isinstance(least, int | float) and isinstance(most, int | float):
        return least > most
    return isinstance(least, str) and isinstance(most, str) and least > most


def check_reveals(form: Form) -> Findings:
    """Whether follow-ups stand on the same page, one level deep, each under one answer."""
    for path, step, question in placed_questions(form):
        shown_by: dict[str, str] = {}
        for place, option in enumerate(question.options):
            for index, id in enumerate(option.reveals):
                if words := _reveal_fault(step, question, id, shown_by):
                    where = f"{path}.options[{place}].reveals[{index}]"
                    yield Finding(where, words, step.id, question.id)
                shown_by[id] = option.id


def _reveal_fault(step: Step, question: Question, id: str, shown_by: dict[str, str]) -> str:
    if id not in step.questions_by_id:
        return f'"{id}" is no question of this step'
    if id == question.id or any(option.reveals for option in step.questions_by_id[id].options):
        return f'"{id}" reveals questions itself: follow-ups go one level deep'
    if step.questions.index(step.questions_by_id[id]) < step.questions.index(question):
        return f'"{id}" must stand after "{question.id}", which reveals it'
    if id in shown_by or step.revealed_by[id][0] != question.id:
        return f'"{id}" is revealed by another answer already'
    return ""


def check_conditions(form: Form, known: Known) -> Findings:
    """Whether conditions read questions that exist, that come earlier, and that can be asked so."""
    positions = {step.id: position for position, step in enumerate(form.steps)}
    for path, before, step, question, condition in _conditions(form, positions):
        for place, test in condition.placed(f"{path}.show_if"):
            words = _test_fault(form, known, test, {id for id, at in positions.items() if at < before})
            if words:
                yield Finding(place, words, step, question)


Placed = tuple[str, int, str, str, Condition]


def _conditions(form: Form, positions: dict[str, int]) -> Iterator[Placed]:
    """Path, the position before which its questions must stand, step, question, and the condition."""
    for place, section in enumerate(form.sections):
        if section.show_if and section.steps:
            first = positions[section.steps[0].id]
            yield f"$.sections[{place}]", first, "", "", section.show_if
    for path, _section, step in placed_steps(form):
        if step.show_if:
            yield path, positions[step.id], step.id, "", step.show_if
    for path, step, question in placed_questions(form):
        if question.show_if:
            yield path, positions[step.id], step.id, question.id, question.show_if


def _test_fault(form: Form, known: Known, test: Test, earlier: set[str]) -> str:
    step = form.step_of.get(test.question)
    if step is None:
        return f'there is no question "{test.question}"'
    if step.id not in earlier:
        return f'"{test.question}" is not asked on an earlier step'
    if step.kind is StepKind.GROUP:
        return (
            f'"{test.question}" is asked for each {_item_name(step)}: a condition cannot tell which is meant'
        )
    question = step.questions_by_id[test.question]
    facts = known.types.get(question.type)
    if facts is None:
        return ""  # said where the question stands
    if test.operator not in facts.holds.operators:
        return f'"{test.operator.value}" cannot be asked of "{test.question}" ({question.type})'
    return _operand_fault(question, facts, test)


def _item_name(step: Step) -> str:
    return step.group.item_name if step.group and step.group.item_name else "item"


def _operand_fault(question: Question, facts: TypeFacts, test: Test) -> str:
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operand is None:
        return ""
    if facts.holds in (Holds.OPTION, Holds.OPTIONS):
        answers = {*facts.own_options, *(option.id for option in question.options)}
        unknown = [str(operand) for operand in operands if operand not in answers]
        return f'"{question.id}" has no answer {", ".join(unknown)}' if unknown else ""
    return (
        "" if all(_fits(facts.holds, operand) for operand in operands) else f"a {facts.holds} is needed here"
    )


def _fits(holds: Holds, operand: Operand) -> bool:
    if holds is Holds.NUMBER:
        return isinstance(operand, int | float)
    if holds is Holds.DATE:
        return isinstance(operand, str) and is_iso_date(operand)
    return isinstance(operand, str)
