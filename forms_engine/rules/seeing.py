"""A form as one kind of person meets it on a day: its parts for staff alone, and the limits of that day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms_engine.spec import STAFF, Form, Question, Section, Step, StepKind

# "maximum_threshold": "income" in a question's config stands for the maximum that the threshold is on the day.
THRESHOLD = "_threshold"


def seen(form: Form, today: dt.date, *, by_staff: bool) -> Form:
    """`form` without its parts for staff alone, or `by_staff` with them, where what is answered is for them alone too.

    `form` itself where it has no such parts and no thresholds.
    """
    sections = form.sections
    if _has_parts_for_staff(sections):
        sections = _for_staff(sections) if by_staff else _for_families(sections)
    if form.thresholds:
        sections = _with_limits(sections, form.day(today).thresholds)
    return form if sections is form.sections else replace(form, sections=sections)


def _has_parts_for_staff(sections: tuple[Section, ...]) -> bool:
    parts: list[Section | Step | Question] = [*sections]
    parts += [step for section in sections for step in section.steps]
    parts += [question for section in sections for step in section.steps for question in step.questions]
    return any(part.audience == STAFF for part in parts)


def _for_staff(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Each question that families do not meet has staff as its readers, unless fewer may read it."""
    return tuple(
        replace(
            section,
            steps=tuple(
                _read_by_staff(step, STAFF in (section.audience, step.audience)) for step in section.steps
            ),
        )
        for section in sections
    )


def _read_by_staff(step: Step, is_theirs: bool) -> Step:
    asked = {question.id for question in step.questions} if is_theirs else _asked_of_staff(step)
    return replace(
        step,
        questions=tuple(
            replace(question, readers=question.readers or STAFF) if question.id in asked else question
            for question in step.questions
        ),
    )


def _for_families(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    kept = (replace(section, steps=_steps(section)) for section in sections if section.audience != STAFF)
    return tuple(section for section in kept if section.steps)


def _steps(section: Section) -> tuple[Step, ...]:
    kept = (replace(step, questions=_questions(step)) for step in section.steps if step.audience != STAFF)
    # A page of nothing but questions for staff is no page.
    return tuple(step for step in kept if step.questions or step.kind in (StepKind.CHECK, StepKind.PLUGIN))


def _questions(step: Step) -> tuple[Question, ...]:
    asked = _asked_of_staff(step)
    return tuple(question for question in step.questions if question.id not in asked)


def _asked_of_staff(step: Step) -> set[str]:
    """Ids of the questions for staff on a page that is for everyone. What follows an answer of staff goes with it."""
    asked = {question.id for question in step.questions if question.audience == STAFF}
    return asked | {id for id, (opener, _) in step.revealed_by.items() if opener in asked}


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
