"""The part of the structure check that looks at calculated values: what they read, and what that gives."""

from collections.abc import Mapping

from forms_engine.rules.expressions import Expression, ExpressionFault, Kind, Reference, parse
from forms_engine.rules.faults import Fault, Faults
from forms_engine.rules.known import Holds, Known, placed_questions
from forms_engine.spec import STAFF, Form, Step, StepKind

_KINDS = {Holds.NUMBER: Kind.NUMBER, Holds.DATE: Kind.DAY}


def check_formulas(form: Form, known: Known) -> Faults:
    """Whether each formula can be read, reads numbers and days of earlier pages, and gives a number."""
    for path, step, question in placed_questions(form):
        facts, formula = known.types.get(question.type), question.config.get("formula")
        is_formula = facts is not None and "formula" in facts.config_keys and isinstance(formula, str)
        if is_formula and (words := _fault(form, known, step, str(formula))):
            yield Fault(f"{path}.config.formula", words)


def _fault(form: Form, known: Known, step: Step, formula: str) -> str:
    kinds = _kinds_before(form, known, step)
    try:
        expression = parse(formula)
        for reference in expression.references:
            if words := _reference_fault(form, kinds, reference):
                return f"character {reference.position}: {words}"
        return _result_fault(expression, kinds)
    except ExpressionFault as fault:
        return str(fault)


def _kinds_before(form: Form, known: Known, step: Step) -> dict[str, Kind]:
    """What the questions of the steps before `step` give, of those that a formula can read: none that staff answer,
    for what is calculated stands on every copy.
    """
    before = form.steps[: form.steps.index(step)]
    return {
        question.id: _KINDS[known.types[question.type].holds]
        for earlier in before
        if earlier.kind is not StepKind.GROUP
        and STAFF not in (earlier.audience, form.section_of[earlier.id].audience)
        for question in earlier.questions
        if question.audience != STAFF
        if question.type in known.types and known.types[question.type].holds in _KINDS
    }


def _reference_fault(form: Form, kinds: Mapping[str, Kind], reference: Reference) -> str:
    if reference.id in kinds:
        return ""
    step = form.step_of.get(reference.id)
    if step is None:
        return f'there is no question "{reference.id}"'
    if step.kind is StepKind.GROUP:
        return f'"{reference.id}" is asked for each item of a group: a formula cannot tell which is meant'
    return f'"{reference.id}" is no number and no day that an earlier step asks for'


def _result_fault(expression: Expression, kinds: Mapping[str, Kind]) -> str:
    return (
        "" if expression.kind(kinds) is Kind.NUMBER else "this gives a day: only a number can be calculated"
    )
