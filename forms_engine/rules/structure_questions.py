"""The part of the structure check that looks at questions and what they reveal."""

from collections.abc import Iterator

from forms_engine.rules.faults import Fault, Faults
from forms_engine.rules.known import (
    COMMON,
    Holds,
    Known,
    TypeFacts,
    placed_questions,
)
from forms_engine.spec import Form, Level, PrefillMode, Question, Step


def check_questions(form: Form, known: Known) -> Faults:
    """Whether each question is one that its type can ask."""
    for path, step, question in placed_questions(form):
        facts = known.types.get(question.type)
        if facts is None:
            words = f'no question type is registered as "{question.type}"'
            yield Fault(f"{path}.type", words)
            continue
        for key, words in question_faults(question, facts, known):
            yield Fault(f"{path}.{key}", words)
        if step.is_group and question.prefill_mode is PrefillMode.CORRECT:
            words = "questions to answer several times have no one answer to correct"
            yield Fault(f"{path}.prefill_mode", words)


def question_faults(question: Question, facts: TypeFacts, known: Known) -> Iterator[tuple[str, str]]:
    """Key and words of each thing that a type cannot make of `question`."""
    if "level" not in facts.common:
        yield from _levelled(question)
    for key in sorted(COMMON - facts.common - {"level"}):
        if getattr(question, key):
            yield key, f"{question.type} has no such key: nobody would see it"
    if facts.holds is not Holds.NOTHING and not question.label:
        yield "label", "a question needs its words"
    if question.readers and question.readers not in known.circles:
        yield "readers", f'no circle of readers is registered as "{question.readers}"'
    if question.prefill and question.prefill not in known.prefill_sources:
        yield "prefill", f'no prefill source is registered as "{question.prefill}"'
    if question.prefill_mode is not PrefillMode.SUGGEST and not question.prefill:
        yield "prefill_mode", "there is no source that the answer could come from"
    if question.prefill_mode is PrefillMode.FIXED and question.reveals:
        yield "prefill_mode", "nothing can open under an answer that people cannot change"
    yield from _option_faults(question, facts)
    yield from _config_faults(question, facts)


def _levelled(question: Question) -> Iterator[tuple[str, str]]:
    """What would weigh the answer of something that has none."""
    if question.level is not Level.OPTIONAL:
        yield "level", "a text that asks nothing can only be optional"
    if question.required_if:
        yield "required_if", "a text that asks nothing cannot be required"
    if question.advised_if:
        yield "advised_if", "a text that asks nothing cannot be advised"


def _option_faults(question: Question, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    yield from _option_key_faults(question, facts)
    if facts.takes_options and len(question.options) < 2:
        yield "options", "at least two answers to choose from are needed here"
    if facts.holds not in (Holds.OPTION, Holds.OPTIONS):
        for index, option in enumerate(question.options):
            if option.reveals:
                yield f"options[{index}].reveals", f"nothing can open under the answers of {question.type}"
    if facts.takes_options:
        return
    for index, option in enumerate(question.options):
        if option.id not in facts.own_options:
            allowed = (
                f"only {', '.join(facts.own_options)}" if facts.own_options else "no answers to choose from"
            )
            yield f"options[{index}].id", f"{question.type} has {allowed}"


def _option_key_faults(question: Question, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    for index, option in enumerate(question.options):
        if option.exclusive and facts.holds is not Holds.OPTIONS:
            yield f"options[{index}].exclusive", "only one answer can be chosen here anyway"
        if option.reveals and not facts.can_reveal:
            yield f"options[{index}].reveals", f"nothing can open under an answer of {question.type}"


_BOUNDS = (("minimum", "maximum"), ("earliest", "latest"), ("earliest_days", "latest_days"))


def _config_faults(question: Question, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    for key, value in question.config.items():
        rule = facts.config_keys.get(key)
        if rule is None:
            known = ", ".join(facts.config_keys) or "none"
            yield f"config.{key}", f"{question.type} knows no such key; it knows: {known}"
        elif not rule.holds(value):
            yield f"config.{key}", f"this must be {rule.words}"
    for key, rule in facts.config_keys.items():
        if rule.is_needed and key not in question.config:
            yield f"config.{key}", f"{question.type} needs {rule.words}"
    for low, high in _BOUNDS:
        least, most = question.config.get(low), question.config.get(high)
        if _is_above(least, most):
            yield f"config.{high}", f"{high} is less than {low}"


def _is_above(least: object, most: object) -> bool:
    """Whether two bounds, numbers or ISO days, stand the wrong way round."""
    if isinstance(least, int | float) and isinstance(most, int | float):
        return least > most
    return isinstance(least, str) and isinstance(most, str) and least > most


def check_reveals(form: Form) -> Faults:
    """Whether follow-ups stand on the same page, one level deep, each under one answer."""
    for path, step, question in placed_questions(form):
        shown_by: dict[str, str] = {}
        for place, option in enumerate(question.options):
            for index, id in enumerate(option.reveals):
                if words := _reveal_fault(step, question, id, shown_by):
                    yield Fault(f"{path}.options[{place}].reveals[{index}]", words)
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
