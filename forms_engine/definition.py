"""A form's JSON, read and written. `docs/form-definitions.md` describes it to people, `schema/` to programs.

`from_json` is for JSON that somebody wrote: it says everything that is wrong. `build` is for JSON that was
checked when its version was published.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from forms_engine import schema
from forms_engine.registries import handlers, prefill_sources
from forms_engine.rules.conditions import Condition, ConditionFault
from forms_engine.rules.structure import Known, check
from forms_engine.schema import Fault
from forms_engine.spec import EVERYONE, Form, Group, Level, Option, Question, Section, Step, StepKind
from forms_engine.types import question_types

Json = Mapping[str, Any]
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)


class DefinitionFaults(ValueError):
    """JSON that is no sound form. `faults` holds every fault, in the order of the JSON."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {message}" for path, message in self.faults))


def from_json(data: object) -> Form:
    """The form that `data` describes. Raises DefinitionFaults with every fault there is."""
    if faults := find_faults(data):
        raise DefinitionFaults(faults)
    return build(data)


def build(data: Any) -> Form:
    """The form that `data` describes, unchecked: what is missing or of the wrong kind is read as empty."""
    return Form(
        slug=_text(data, "slug"),
        title=_text(data, "title"),
        reference_prefix=_text(data, "reference_prefix"),
        handler=_text(data, "handler"),
        sections=tuple(_section(entry) for entry in _list(data, "sections")),
        intro=_text(data, "intro"),
        submitted=_text(data, "submitted"),
        lifetime_days=_whole(data, "lifetime_days", 90),
        translations=_mapping(data, "translations"),
    )


def to_json(form: Form) -> dict[str, Any]:
    """The JSON of a form, lossless: `build(to_json(form)) == form`. What is empty is left out."""
    data: dict[str, Any] = {
        "slug": form.slug,
        "title": form.title,
        "reference_prefix": form.reference_prefix,
        "handler": form.handler,
        "intro": form.intro,
        "submitted": form.submitted,
        "lifetime_days": form.lifetime_days,
        "sections": [_section_json(section) for section in form.sections],
        "translations": {language: dict(texts) for language, texts in form.translations.items()},
    }
    return _without_empty(data, keep=("slug", "title", "reference_prefix", "handler", "sections"))


def loads(text: str | bytes) -> Any:
    """The JSON in a file. Raises DefinitionFaults where it is none, or says a thing twice."""
    try:
        return json.loads(text, object_pairs_hook=_said_once)
    except json.JSONDecodeError as error:
        raise DefinitionFaults(
            [(f"line {error.lineno}, column {error.colno}", f"this is not JSON: {error.msg}")]
        ) from None
    except UnicodeDecodeError:
        raise DefinitionFaults([("$", "this is not JSON: it is not written in UTF-8")]) from None
    except RecursionError:
        raise DefinitionFaults([("$", "this is nested too deep")]) from None


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise DefinitionFaults([("$", f"one object has this key twice: {', '.join(twice)}")])
    return data


def known() -> Known:
    """What the running apps have registered."""
    return Known(dict(question_types.items()), frozenset(handlers), frozenset(prefill_sources))


def find_faults(data: object) -> list[Fault]:
    """Everything that is wrong with `data`, in the order of the JSON. Empty: it is a sound form."""
    shapes = schema.find(data)
    places = {path for path, _message in shapes}
    # What cannot be read is said once: what the structure makes of the gap is no news.
    meanings = [
        (finding.path, finding.message)
        for finding in check(build(data), known())
        if finding.path not in places
    ]
    return sorted([*shapes, *meanings], key=_in_order)


def _in_order(fault: Fault) -> str:
    return re.sub(r"\d+", lambda number: number[0].zfill(6), fault[0])


def canonical(data: object) -> bytes:
    """The one way to write `data` down, for digests: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data: object) -> str:
    """sha256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _section(data: Any) -> Section:
    return Section(
        id=_text(data, "id"),
        title=_text(data, "title"),
        steps=tuple(_step(entry) for entry in _list(data, "steps")),
        show_if=_condition(data),
    )


def _step(data: Any) -> Step:
    group = _mapping(data, "group")
    return Step(
        id=_text(data, "id"),
        kind=_choice(StepKind, data, "kind", StepKind.QUESTIONS),
        title=_text(data, "title"),
        questions=tuple(_question(entry) for entry in _list(data, "questions")),
        show_if=_condition(data),
        group=_group(group) if group else None,
    )


def _group(data: Any) -> Group:
    return Group(
        least=_whole(data, "least", 0),
        most=_whole(data, "most", 10),
        item_name=_text(data, "item_name"),
        title_question=_text(data, "title_question"),
    )


def _question(data: Any) -> Question:
    return Question(
        id=_text(data, "id"),
        type=_text(data, "type"),
        label=_text(data, "label"),
        hint=_text(data, "hint"),
        level=_choice(Level, data, "level", Level.OPTIONAL),
        why=_text(data, "why"),
        error=_text(data, "error"),
        options=tuple(_option(entry) for entry in _list(data, "options")),
        show_if=_condition(data),
        prefill=_text(data, "prefill"),
        audience=_text(data, "audience", EVERYONE),
        config=_mapping(data, "config"),
    )


def _option(data: Any) -> Option:
    return Option(
        id=_text(data, "id"),
        label=_text(data, "label"),
        hint=_text(data, "hint"),
        reveals=tuple(entry for entry in _list(data, "reveals") if isinstance(entry, str)),
    )


def _condition(data: Any) -> Condition | None:
    raw = data.get("show_if") if isinstance(data, dict) else None
    try:
        return None if raw is None else Condition.from_json(raw)
    except ConditionFault:
        return None


def _section_json(section: Section) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": section.id,
        "title": section.title,
        "show_if": _condition_json(section.show_if),
        "steps": [_step_json(step) for step in section.steps],
    }
    return _without_empty(data, keep=("id", "title", "steps"))


def _step_json(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": step.id,
        "kind": step.kind.value,
        "title": step.title,
        "show_if": _condition_json(step.show_if),
        "group": _group_json(step.group) if step.group else None,
        "questions": [_question_json(question) for question in step.questions],
    }
    return _without_empty(data, keep=("id", "kind", "title"))


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "least": group.least,
        "most": group.most,
        "item_name": group.item_name,
        "title_question": group.title_question,
    }


def _question_json(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "label": question.label,
        "hint": question.hint,
        "level": question.level.value,
        "why": question.why,
        "error": question.error,
        "options": [_option_json(option) for option in question.options],
        "show_if": _condition_json(question.show_if),
        "prefill": question.prefill,
        "audience": "" if question.audience == EVERYONE else question.audience,
        "config": dict(question.config),
    }
    return _without_empty(data, keep=("id", "type", "label", "level"))


def _option_json(option: Option) -> dict[str, Any]:
    data = {"id": option.id, "label": option.label, "hint": option.hint, "reveals": list(option.reveals)}
    return _without_empty(data, keep=("id", "label"))


def _condition_json(condition: Condition | None) -> dict[str, Any] | None:
    return condition.to_json() if condition else None


def _without_empty(data: dict[str, Any], keep: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key in keep or value not in (None, "", [], {})}


def _value(data: Any, key: str, kind: type[Value], otherwise: Value) -> Value:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, kind) and not isinstance(value, bool) else otherwise


def _text(data: Any, key: str, otherwise: str = "") -> str:
    return _value(data, key, str, otherwise)


def _whole(data: Any, key: str, otherwise: int) -> int:
    return _value(data, key, int, otherwise)


def _list(data: Any, key: str) -> list[Any]:
    return _value(data, key, list, [])


def _mapping(data: Any, key: str) -> dict[str, Any]:
    return _value(data, key, dict, {})


def _choice(kind: type[Choice], data: Any, key: str, otherwise: Choice) -> Choice:
    text = _text(data, key)
    return kind(text) if text in set(kind) else otherwise
