"""Whether a form hangs together: what publishing demands of it, before any path is walked.

Pure: what other apps registered comes in as `Known`. Each fault names its place in the JSON, so that a file
can be mended and an editor led there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from forms_engine.rules.faults import Fault, Faults
from forms_engine.rules.known import (
    Holds,
    Known,
    TypeFacts,
    is_id,
    placed_questions,
    placed_steps,
)
from forms_engine.rules.opening import is_moment
from forms_engine.rules.structure_conditions import (
    check_audiences,
    check_conditions,
    check_thresholds,
    check_together,
)
from forms_engine.rules.structure_formulas import check_formulas
from forms_engine.rules.structure_questions import check_questions, check_reveals
from forms_engine.rules.structure_wide import check_wide
from forms_engine.spec import Form, Question, Step, StepKind, Variant

# `forms_engine/urls.py` has pages of these names where a step would be.
RESERVED = frozenset({"alone", "saved", "sign-in", "print", "pdf", "delete"})

# What `forms_engine/wording.py` puts in; each with a capital too, for the start of a sentence.
PLACEHOLDERS = frozenset(
    {"child", "you_or_child", "your_or_childs", "are_or_is", "do_or_does", "have_or_has"}
)
_PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")


def check(form: Form, known: Known) -> list[Fault]:
    """Everything that is wrong with `form`. Empty: it may be published."""
    checks = (
        _check_form(form, known),
        _check_ids(form, known),
        _check_steps(form, known),
        check_questions(form, known),
        check_wide(form, known),
        check_formulas(form, known),
        check_reveals(form),
        check_conditions(form, known),
        check_together(form, known),
        check_audiences(form),
        check_thresholds(form),
        _check_wordings(form),
    )
    return [fault for faults in checks for fault in faults]


def _check_form(form: Form, known: Known) -> Faults:
    if form.handler and form.handler not in known.handlers:
        yield Fault("$.handler", f'no handler is registered as "{form.handler}"')
    wanted = known.handlers.get(form.handler, "")
    if wanted and not any(step.plugin == wanted for step in form.steps[-1:]):
        yield Fault("$.handler", f'it works only in a form whose last page is the plug-in "{wanted}"')
    if form.offered_to and form.offered_to not in known.audiences:
        yield Fault("$.offered_to", f'nobody is registered as "{form.offered_to}"')
    for key, moment in (("opens_at", form.opens_at), ("closes_at", form.closes_at)):
        if moment and not is_moment(moment):
            yield Fault(f"$.{key}", "there is no such day or time")
    if form.opens_at and form.closes_at and form.closes_at <= form.opens_at:
        yield Fault("$.closes_at", "the form would close before it opens")
    for place, section in enumerate(form.sections):
        if not section.steps:
            yield Fault(f"$.sections[{place}].steps", "a section needs at least one step")
    if not form.steps or not known.sends(form.steps[-1]):
        words = "the last step must be of the kind check: without it nobody can send the form"
        yield Fault("$.sections", words)


def _check_ids(form: Form, known: Known) -> Faults:
    seen: dict[str, str] = {}
    for path, id in _ids(form, known):
        if not is_id(id):
            words = "an id has small letters, numbers and single hyphens"
            yield Fault(f"{path}.id", f'"{id}" is no id: {words}')
        elif id in RESERVED:
            words = f'"{id}" is the address of a page that each form has beside its steps'
            yield Fault(f"{path}.id", words)
        elif id in seen:
            yield Fault(f"{path}.id", f'the id "{id}" is used already at {seen[id]}')
        seen.setdefault(id, path)
    for path, step_of, asked in placed_questions(form):
        whole, _hyphen, part = asked.id.rpartition("-")
        several = step_of.questions_by_id.get(whole)
        facts = known.types.get(several.type) if several else None
        # A question with several boxes posts them as "<its id>-<part>".
        if facts and part in facts.parts:
            words = f'"{asked.id}" could be mistaken for a part of "{whole}"'
            yield Fault(f"{path}.id", words)


def _ids(form: Form, known: Known) -> Iterator[tuple[str, str]]:
    """Path and id. A type's own answers ("yes") are no ids of the form."""
    for place, section in enumerate(form.sections):
        yield f"$.sections[{place}]", section.id
    for path, _section, step in placed_steps(form):
        yield path, step.id
    for path, _step, question in placed_questions(form):
        yield path, question.id
        facts = known.types.get(question.type)
        for index, option in enumerate(question.options):
            if facts is None or option.id not in facts.own_options:
                yield f"{path}.options[{index}]", option.id


def _check_steps(form: Form, known: Known) -> Faults:
    for path, section, step in placed_steps(form):
        if known.sends(step):
            yield from _check_last(form, path, step, conditional=bool(step.show_if or section.show_if))
        elif not step.questions and not step.is_plugin:
            yield Fault(f"{path}.questions", "a step needs something on its page")
        yield from _check_plugin(path, step, known)
        for index, question in enumerate(step.questions):
            facts = known.types.get(question.type)
            if facts and not _has_room(step.kind, facts):
                words = f'a step of the kind {step.kind} has no room for "{question.type}"'
                yield Fault(f"{path}.questions[{index}].type", words)
        yield from _check_group(path, step)


def _check_last(form: Form, path: str, step: Step, *, conditional: bool) -> Faults:
    if step is not form.steps[-1]:
        yield Fault(f"{path}.kind", "only the last step of a form may be one that sends it")
    if conditional:
        yield Fault(f"{path}.show_if", "the step that sends the form must always be shown")


def _check_plugin(path: str, step: Step, known: Known) -> Faults:
    if step.is_plugin != bool(step.plugin):
        yield Fault(f"{path}.plugin", "a step of the kind plugin, and no other, names a page of another app")
    elif step.is_plugin and step.plugin not in known.step_plugins:
        yield Fault(f"{path}.plugin", f'no page is registered as "{step.plugin}"')
    if step.is_plugin and step.questions:
        yield Fault(f"{path}.questions", "a page of another app has no questions of the form's own")


def _check_group(path: str, step: Step) -> Faults:
    group = step.group
    if (step.kind is StepKind.GROUP) != (group is not None):
        words = "a step of the kind group, and no other, has a group"
        yield Fault(f"{path}.group", words)
    if step.kind is not StepKind.GROUP or group is None:
        return
    if group.title_question and group.title_question not in step.questions_by_id:
        words = (
            f'"{group.title_question}" is no question of this step: its answer names each item in the list'
        )
        yield Fault(f"{path}.group.title_question", words)
    if not 0 <= group.least <= group.most or group.most < 1:
        words = "most must be at least 1, and least no more than that"
        yield Fault(f"{path}.group.most", words)


def _has_room(kind: StepKind, facts: TypeFacts) -> bool:
    """Whether a step that is no ordinary page may hold a question of this type."""
    if kind is StepKind.GUIDANCE:
        return facts.holds is Holds.NOTHING
    return kind is not StepKind.CHECK or facts.holds is Holds.NOTHING or facts.ends_a_form


def _check_wordings(form: Form) -> Faults:
    for path, text in _wordings(form):
        for name in _PLACEHOLDER.findall(text):
            if name[:1].lower() + name[1:] not in PLACEHOLDERS or f"{{{name}}}" not in text:
                known = ", ".join(f"{{{each}}}" for each in sorted(PLACEHOLDERS))
                words = f"nothing is put in for {{{name}}}; there is: {known}"
                yield Fault(path, words)


def _wordings(form: Form) -> Iterator[tuple[str, str]]:
    """Path and text of everything that families read."""
    yield "$.title", form.title
    yield "$.intro", form.intro
    yield "$.submitted", form.submitted
    yield "$.instead", form.instead
    for place, section in enumerate(form.sections):
        yield f"$.sections[{place}].title", section.title
    for path, _section, step in placed_steps(form):
        for key, words in _words_of_step(step):
            yield f"{path}.{key}", words
    for path, _step, question in placed_questions(form):
        for key, words in _words_of_question(question):
            yield f"{path}.{key}", words
    for language, texts in form.translations.items():
        for id, translation in texts.items():
            key = f"['{id}']" if "." in id else f".{id}"
            yield f"$.translations.{language}{key}", translation.text


def _words_of_step(step: Step) -> Iterator[tuple[str, str]]:
    yield "title", step.title
    yield from _words_of_variants(step.variants)
    for place, rule in enumerate(step.rules):
        yield f"rules[{place}].message", rule.message


def _words_of_question(question: Question) -> Iterator[tuple[str, str]]:
    for key in ("label", "hint", "why", "error", "not_applicable"):
        yield key, getattr(question, key)
    yield from _words_of_variants(question.variants)
    yield from _texts(question.config, "config")
    for index, option in enumerate(question.options):
        yield f"options[{index}].label", option.label
        yield f"options[{index}].hint", option.hint


def _words_of_variants(variants: tuple[Variant, ...]) -> Iterator[tuple[str, str]]:
    for place, variant in enumerate(variants):
        for key, words in variant.words.items():
            yield f"variants[{place}].{key}", words


def _texts(config: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Every text within a question's `config`, its place first."""
    for key, value in config.items():
        if isinstance(value, str):
            yield f"{path}.{key}", value
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            if isinstance(entry, dict):
                yield from _texts(entry, f"{path}.{key}[{index}]")
