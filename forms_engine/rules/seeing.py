"""A form as one kind of person meets it on a day: without what is for staff alone, with the limits of that day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms_engine.spec import STAFF, Form, Question, Section, Step, StepKind

# "maximum_threshold": "income" in a question's config stands for the maximum that the threshold is on the day.
THRESHOLD = "_threshold"


def seen(form: Form, today: dt.date, *, by_staff: bool) -> Form:
    """`form` itself where it has no parts for staff alone and no thresholds."""
    sections = form.sections if by_staff else _for_families(form.sections)
    if form.thresholds:
        sections = _with_limits(sections, form.day(today).thresholds)
    return form if sections is form.sections else replace(form, sections=sections)


def _for_families(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    parts: list[Section | Step | Question] = [*sections]
    parts += [step for section in sections for step in section.steps]
    parts += [question for section in sections for step in section.steps for question in step.questions]
    if all(part.audience != STAFF for part in parts):
        return sections
    kept = (replace(section, steps=_steps(section)) for section in sections if section.audience != STAFF)
    return tuple(section for section in kept if section.steps)


def _steps(section: Section) -> tuple[Step, ...]:
    kept = (replace(step, questions=_questions(step)) for step in section.steps if step.audience != STAFF)
    # A page of nothing but questions for staff is no page.
    return tuple(step for step in kept if step.questions or step.kind in (StepKind.CHECK, StepKind.PLUGIN))


def _questions(step: Step) -> tuple[Question, ...]:
    """What follows an answer of staff goes with it."""
    for_staff = {question.id for question in step.questions if question.audience == STAFF}
    for_staff |= {id for id, (opener, _) in step.revealed_by.items() if opener in for_staff}
    return tuple(question for question in step.questions if question.id not in for_staff)


def _with_limits(sections: tuple[Section, ...], limits: Mapping[str, int | Decimal]) -> tuple[Section, ...]:
    return tuple(
        replace(
            section,
            steps=tuple(
                replace(step, questions=tuple(_limited(question, limits) for question in step.questions))
                for step in section.steps
            ),
        )
        for section in sections
    )


def _limited(question: Question, limits: Mapping[str, int | Decimal]) -> Question:
    named: dict[str, Any] = {
        key.removesuffix(THRESHOLD): limits[name]
        for key, name in question.config.items()
        if key.endswith(THRESHOLD) and name in limits
    }
    return replace(question, config={**question.config, **named}) if named else question
