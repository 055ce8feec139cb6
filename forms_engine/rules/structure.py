"""Whether a form hangs together: what publishing demands of it, before any path is walked.

Pure: what other apps registered comes in as `Known`. Each finding names its place in the JSON, so that a file
can be mended, and the step and question, so that an editor can be led there.
"""

import re
from collections.abc import Iterator

from forms_engine.rules.known import (
    Finding,
    Findings,
    Known,
    placed_questions,
    placed_steps,
)
from forms_engine.rules.structure_questions import (
    check_conditions,
    check_questions,
    check_reveals,
)
from forms_engine.spec import Form, Step, StepKind

__all__ = ["Finding", "Known", "check"]

# Readable, and usable in a name attribute. The editor makes UUIDs.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 80
# `forms_engine/urls.py` has pages of these names where a step would be.
RESERVED = frozenset({"saved", "print", "pdf"})
# A question with several boxes posts them as "<its id>-<part>", so no other of its step may be called that.
_PARTS = ("day", "month", "year", "line1", "line2", "town", "county", "postcode")

PLACEHOLDERS = frozenset({"child"})
_PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")

# What may stand on a step that is no ordinary page.
_ONLY = {
    StepKind.GUIDANCE: frozenset({"guidance"}),
    StepKind.CHECK: frozenset({"guidance", "declaration"}),
}


def check(form: Form, known: Known) -> list[Finding]:
    """Everything that is wrong with `form`. Empty: it may be published."""
    checks = (
        _check_form(form, known),
        _check_ids(form, known),
        _check_steps(form),
        check_questions(form, known),
        check_reveals(form),
        check_conditions(form, known),
        _check_wordings(form),
    )
    return [finding for findings in checks for finding in findings]


def _check_form(form: Form, known: Known) -> Findings:
    if form.handler and form.handler not in known.handlers:
        yield Finding("$.handler", f'no handler is registered as "{form.handler}"')
    for place, section in enumerate(form.sections):
        if not section.steps:
            yield Finding(f"$.sections[{place}].steps", "a section needs at least one step")
    if not form.steps or form.steps[-1].kind is not StepKind.CHECK:
        words = "the last step must be of the kind check: without it nobody can send the form"
        yield Finding("$.sections", words)


def _check_ids(form: Form, known: Known) -> Findings:
    seen: dict[str, str] = {}
    for path, id, step, question in _ids(form, known):
        if len(id) > ID_LENGTH or not _ID.fullmatch(id):
            words = "an id has small letters, numbers and single hyphens"
            yield Finding(f"{path}.id", f'"{id}" is no id: {words}', step, question)
        elif id in RESERVED:
            words = f'"{id}" is the address of a page that each form has beside its steps'
            yield Finding(f"{path}.id", words, step, question)
        elif id in seen:
            yield Finding(f"{path}.id", f'the id "{id}" is used already at {seen[id]}', step, question)
        seen.setdefault(id, path)
    for path, step_of, asked in placed_questions(form):
        whole, _hyphen, part = asked.id.rpartition("-")
        if part in _PARTS and whole in step_of.questions_by_id:
            words = f'"{asked.id}" could be mistaken for a part of "{whole}"'
            yield Finding(f"{path}.id", words, step_of.id, asked.id)


def _ids(form: Form, known: Known) -> Iterator[tuple[str, str, str, str]]:
    """Path, id, step and question. A type's own answers ("yes") are no ids of the form."""
    for place, section in enumerate(form.sections):
        yield f"$.sections[{place}]", section.id, "", ""
    for path, _section, step in placed_steps(form):
        yield path, step.id, step.id, ""
    for path, step, question in placed_questions(form):
        yield path, question.id, step.id, question.id
        facts = known.types.get(question.type)
        for index, option in enumerate(question.options):
            if facts is None or option.id not in facts.own_options:
                yield f"{path}.options[{index}]", option.id, step.id, question.id


def _check_steps(form: Form) -> Findings:
    for path, section, step in placed_steps(form):
        if step.kind is StepKind.CHECK:
            yield from _check_last(form, path, step, conditional=bool(step.show_if or section.show_if))
        elif not step.questions:
            yield Finding(f"{path}.questions", "a step needs something on its page", step.id)
        for index, question in enumerate(step.questions):
            if question.type not in _ONLY.get(step.kind, {question.type}):
                words = f'a step of the kind {step.kind} has no room for "{question.type}"'
                yield Finding(f"{path}.questions[{index}].type", words, step.id, question.id)
        yield from _check_group(path, step)


def _check_last(form: Form, path: str, step: Step, *, conditional: bool) -> Findings:
    if step is not form.steps[-1]:
        yield Finding(f"{path}.kind", "only the last step of a form may be of the kind check", step.id)
    if conditional:
        yield Finding(f"{path}.show_if", "the step that sends the form must always be shown", step.id)


def _check_group(path: str, step: Step) -> Findings:
    group = step.group
    if (step.kind is StepKind.GROUP) != (group is not None):
        words = "a step of the kind group, and no other, has a group"
        yield Finding(f"{path}.group", words, step.id)
    if step.kind is not StepKind.GROUP or group is None:
        return
    if group.title_question not in step.questions_by_id:
        words = (
            f'"{group.title_question}" is no question of this step: its answer names each item in the list'
        )
        yield Finding(f"{path}.group.title_question", words, step.id)
    if not 0 <= group.least <= group.most or group.most < 1:
        words = "most must be at least 1, and least no more than that"
        yield Finding(f"{path}.group.most", words, step.id)


def _check_wordings(form: Form) -> Findings:
    for path, text, step, question in _wordings(form):
        for name in _PLACEHOLDER.findall(text):
            if name not in PLACEHOLDERS or f"{{{name}}}" not in text:
                known = ", ".join(f"{{{each}}}" for each in sorted(PLACEHOLDERS))
                words = f"nothing is put in for {{{name}}}; there is: {known}"
                yield Finding(path, words, step, question)


def _wordings(form: Form) -> Iterator[tuple[str, str, str, str]]:
    """Path, text, step and question of everything that families read."""
    yield "$.title", form.title, "", ""
    yield "$.intro", form.intro, "", ""
    yield "$.submitted", form.submitted, "", ""
    for place, section in enumerate(form.sections):
        yield f"$.sections[{place}].title", section.title, "", ""
    for path, _section, step in placed_steps(form):
        yield f"{path}.title", step.title, step.id, ""
    for path, step, question in placed_questions(form):
        for key in ("label", "hint", "why", "error"):
            yield f"{path}.{key}", getattr(question, key), step.id, question.id
        for key, value in question.config.items():
            if isinstance(value, str):
                yield f"{path}.config.{key}", value, step.id, question.id
        for index, option in enumerate(question.options):
            yield f"{path}.options[{index}].label", option.label, step.id, question.id
            yield f"{path}.options[{index}].hint", option.hint, step.id, question.id
