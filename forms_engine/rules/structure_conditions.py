"""The part of the structure check that looks at what conditions read, and at rules over several questions."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from forms_engine.rules.conditions import Condition, Count, Items, Leaf, Test
from forms_engine.rules.faults import Fault, Faults
from forms_engine.rules.known import (
    Holds,
    Known,
    TypeFacts,
    placed_questions,
    placed_steps,
)
from forms_engine.rules.operators import (
    TAKES_AGE,
    FromToday,
    Operand,
    Threshold,
    is_iso_date,
    is_iso_time,
)
from forms_engine.rules.seeing import THRESHOLD
from forms_engine.spec import EVERYONE, STAFF, Form, Question, Rule, RuleKind, Step, StepKind, Variant

# What the answers to the questions of a rule must be.
_COMPARABLE = frozenset({Holds.OPTION, Holds.OPTIONS, Holds.TEXT, Holds.RECORD})


class Placed(NamedTuple):
    """A condition, its path, and the position before which its questions must stand."""

    path: str
    before: int
    condition: Condition
    is_for_staff: bool


def check_conditions(form: Form, known: Known) -> Faults:
    """Whether conditions read questions that exist, that come earlier, and that can be asked so."""
    positions = {step.id: position for position, step in enumerate(form.steps)}
    staff_only = _staff_only(form)
    for placed in _conditions(form, positions, staff_only):
        earlier = {id for id, at in positions.items() if at < placed.before}
        for place, leaf in placed.condition.placed(placed.path):
            for at, words in _leaf_faults(form, known, leaf, earlier):
                yield Fault(place + at, words)
            hidden = sorted(leaf.questions() & staff_only)
            if hidden and not placed.is_for_staff:
                words = f'"{hidden[0]}" is asked of staff alone: what families see cannot depend on it'
                yield Fault(place, words)


def _staff_only(form: Form) -> frozenset[str]:
    """Ids of the questions, and of the repeating groups, that families never see."""
    steps = [
        (step, STAFF in (section.audience, step.audience))
        for section in form.sections
        for step in section.steps
    ]
    whole = {step.id for step, hidden in steps if hidden}
    return frozenset(whole) | {
        question.id
        for step, hidden in steps
        for question in step.questions
        if hidden or question.audience == STAFF
    }


def _conditions(form: Form, positions: dict[str, int], staff_only: frozenset[str]) -> Iterator[Placed]:
    for place, section in enumerate(form.sections):
        if section.show_if and section.steps:
            first, path = positions[section.steps[0].id], f"$.sections[{place}].show_if"
            yield Placed(path, first, section.show_if, section.audience == STAFF)
    for path, _section, step in placed_steps(form):
        position = positions[step.id]
        is_for_staff = step.id in staff_only
        if step.show_if:
            yield Placed(f"{path}.show_if", position, step.show_if, is_for_staff)
        for at, when in _whens(path, step.variants):
            yield Placed(at, position, when, is_for_staff)
    for path, step, question in placed_questions(form):
        for at, condition in _of_question(path, question):
            yield Placed(at, positions[step.id], condition, question.id in staff_only)


def _of_question(path: str, question: Question) -> Iterator[tuple[str, Condition]]:
    if question.show_if:
        yield f"{path}.show_if", question.show_if
    if question.required_if:
        yield f"{path}.required_if", question.required_if
    if question.advised_if:
        yield f"{path}.advised_if", question.advised_if
    yield from _whens(path, question.variants)
    for index, option in enumerate(question.options):
        if option.show_if:
            yield f"{path}.options[{index}].show_if", option.show_if


def _whens(path: str, variants: tuple[Variant, ...]) -> Iterator[tuple[str, Condition]]:
    for index, variant in enumerate(variants):
        yield f"{path}.variants[{index}].when", variant.when


def _leaf_faults(form: Form, known: Known, leaf: Leaf, earlier: set[str]) -> Iterator[tuple[str, str]]:
    """The place within the leaf, and what is wrong there."""
    if isinstance(leaf, Test):
        if words := _test_fault(form, known, leaf, earlier):
            yield "", words
        return
    step = form.steps_by_id.get(leaf.group)
    if step is None or step.kind is not StepKind.GROUP:
        yield "", f'there is no step "{leaf.group}" with questions to answer several times'
    elif step.id not in earlier:
        yield "", f'"{leaf.group}" is not an earlier step'
    elif isinstance(leaf, Count) and step.group and leaf.number > step.group.most:
        yield ".value", f'"{leaf.group}" never has more than {step.group.most}'
    elif isinstance(leaf, Items):
        yield from _item_faults(form, known, leaf, step)


def _item_faults(form: Form, known: Known, leaf: Items, step: Step) -> Iterator[tuple[str, str]]:
    for place, inner in leaf.has.placed(".has"):
        if not isinstance(inner, Test):
            yield place, "the items of a step cannot be asked about other items"
        elif inner.question not in step.questions_by_id:
            yield place, f'"{inner.question}" is no question of the step "{step.id}"'
        elif words := _asked_fault(form, known, inner, step.questions_by_id[inner.question]):
            yield place, words


def _test_fault(form: Form, known: Known, test: Test, earlier: set[str]) -> str:
    step = form.step_of.get(test.question)
    if step is None:
        return f'there is no question "{test.question}"'
    if step.id not in earlier:
        return f'"{test.question}" is not asked on an earlier step'
    if step.kind is StepKind.GROUP:
        return (
            f'"{test.question}" is asked for each {_item_name(step)}: '
            "a condition has to say of any of them, or of every one"
        )
    return _asked_fault(form, known, test, step.questions_by_id[test.question])


def _item_name(step: Step) -> str:
    return step.group.item_name if step.group and step.group.item_name else "item"


def _asked_fault(form: Form, known: Known, test: Test, question: Question) -> str:
    """Whether a question can be asked so."""
    facts = known.types.get(question.type)
    if facts is None:
        return ""  # said where the question stands
    if test.operator not in facts.holds.operators:
        return f'"{test.operator.value}" cannot be asked of "{test.question}" ({question.type})'
    if isinstance(test.operand, Threshold):
        known_name = test.operand.name in form.thresholds
        return "" if known_name else f'this form has no threshold "{test.operand.name}"'
    return _operand_fault(question, facts, test)


def _operand_fault(question: Question, facts: TypeFacts, test: Test) -> str:
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operand is None:
        return ""
    if facts.holds in (Holds.OPTION, Holds.OPTIONS):
        answers = {*facts.own_options, *(option.id for option in question.options)}
        unknown = [str(operand) for operand in operands if operand not in answers]
        return f'"{question.id}" has no answer {", ".join(unknown)}' if unknown else ""
    # An age was read as a number of years already.
    if test.operator in TAKES_AGE or all(_fits(facts.holds, operand) for operand in operands):
        return ""
    return f"a {Holds.DATE if facts.holds is Holds.MONTH else facts.holds} is needed here"


def _is_text(operand: Operand) -> bool:
    return isinstance(operand, str)


def _is_day(operand: Operand) -> bool:
    return isinstance(operand, FromToday) or (isinstance(operand, str) and is_iso_date(operand))


_FITS: Mapping[Holds, Callable[[Operand], bool]] = {
    Holds.NUMBER: lambda operand: isinstance(operand, int | float),
    Holds.DATE: _is_day,
    Holds.MONTH: _is_day,
    Holds.TIME: lambda operand: isinstance(operand, str) and is_iso_time(operand),
}


def _fits(holds: Holds, operand: Operand) -> bool:
    return _FITS.get(holds, _is_text)(operand)


def check_together(form: Form, known: Known) -> Faults:
    """Whether rules over several questions name questions of their step that can be held against one another."""
    for path, _section, step in placed_steps(form):
        for index, rule in enumerate(step.rules):
            for at, words in _rule_faults(step, rule, known):
                yield Fault(f"{path}.rules[{index}].questions{at}", words)


def _rule_faults(step: Step, rule: Rule, known: Known) -> Iterator[tuple[str, str]]:
    least = 1 if rule.kind is RuleKind.NO_CHOICE_TWICE and step.kind is StepKind.GROUP else 2
    if len(rule.questions) < least:
        yield "", f"at least {least} questions are needed here" if least > 1 else "a question is needed here"
    for index, id in enumerate(rule.questions):
        if id not in step.questions_by_id:
            yield f"[{index}]", f'"{id}" is no question of this step'
        elif not _may_stand(rule.kind, step.questions_by_id[id], known):
            yield f"[{index}]", f'"{rule.kind.value}" cannot be asked of "{id}"'


def _may_stand(kind: RuleKind, question: Question, known: Known) -> bool:
    facts = known.types.get(question.type)
    if facts is None:
        return True  # said where the question stands
    if kind is RuleKind.DATES_IN_ORDER:
        return facts.holds in (Holds.DATE, Holds.MONTH, Holds.TIME)
    if kind is RuleKind.NO_CHOICE_TWICE:
        return facts.holds in _COMPARABLE
    return facts.holds is not Holds.NOTHING


def check_audiences(form: Form) -> Faults:
    """Whether each part is for somebody who fills in forms, and nothing that a list shows has readers of its own."""
    staff_only = _staff_only(form)
    for place, section in enumerate(form.sections):
        yield from _audience_fault(f"$.sections[{place}]", section.audience)
    for path, _section, step in placed_steps(form):
        yield from _audience_fault(path, step.audience)
        if step.kind is StepKind.CHECK and step.audience != EVERYONE:
            yield Fault(f"{path}.audience", "the step that sends the form is for everyone")
        if step.group and step.id in staff_only:
            yield Fault(
                f"{path}.audience", "a repeating group is for everyone: its items stand on every copy"
            )
        titled = step.questions_by_id.get(step.group.title_question) if step.group else None
        if titled and (titled.readers or titled.id in staff_only):
            words = f'"{titled.id}" names each item in lists, which all read'
            yield Fault(f"{path}.group.title_question", words)
    for path, _step, question in placed_questions(form):
        yield from _audience_fault(path, question.audience)


def _audience_fault(path: str, audience: str) -> Faults:
    if audience not in (EVERYONE, STAFF):
        yield Fault(f"{path}.audience", f'"{audience}" is nobody who fills in this form')


def check_thresholds(form: Form) -> Faults:
    """Whether each threshold has its days in order, says where it stands written, and those named are there."""
    for path, _step, question in placed_questions(form):
        for key, name in question.config.items():
            if key.endswith(THRESHOLD) and name not in form.thresholds:
                yield Fault(f"{path}.config.{key}", f'this form has no threshold "{name}"')
    for name, steps in form.thresholds.items():
        path = f"$.thresholds.{name}"
        if not steps:
            yield Fault(path, "what it is, and since when, is missing")
        for index, since in enumerate(steps):
            if not is_iso_date(since.day):
                yield Fault(f"{path}[{index}].from", 'a date such as "2026-09-01" is needed here')
            elif index and since.day <= steps[index - 1].day:
                yield Fault(f"{path}[{index}].from", "the days must stand in order, oldest first")
            if not since.source.strip():
                yield Fault(f"{path}[{index}].source", "say where this stands written")
