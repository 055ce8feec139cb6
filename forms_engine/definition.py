"""A form's JSON, read and written. `docs/form-definitions.md` describes it to people, `schema/` to programs.

`from_json` is for JSON that somebody wrote: it says everything that is wrong. `build` is for JSON that was
checked when its version was published.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from core import lazily
from forms_engine.registries import audiences, circles, handlers, prefill_sources, step_plugins
from forms_engine.rules import condition_json
from forms_engine.rules.condition_json import ConditionFault
from forms_engine.rules.conditions import Condition
from forms_engine.rules.faults import Fault
from forms_engine.rules.known import Known
from forms_engine.rules.structure import check
from forms_engine.spec import (
    EVERYONE,
    Form,
    Group,
    Level,
    Option,
    PrefillMode,
    Question,
    Rule,
    RuleKind,
    Section,
    Since,
    Step,
    StepKind,
    Translation,
    Variant,
)
from forms_engine.types import question_types

schema = lazily.module("forms_engine.schema")

Json = Mapping[str, Any]
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
# In a place, what leads to the settings of a question.
_SETTINGS = ".config"


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
        offered_to=_text(data, "offered_to"),
        opens_at=_text(data, "opens_at"),
        closes_at=_text(data, "closes_at"),
        task_list=isinstance(data, dict) and data.get("task_list") is True,
        instead=_text(data, "instead"),
        notice=_text(data, "notice"),
        copies=_mapping(data, "copies"),
        translations={
            language: _translations(_mapping(_mapping(data, "translations"), language))
            for language in _mapping(data, "translations")
        },
        thresholds={
            name: tuple(_since(entry) for entry in _list(_mapping(data, "thresholds"), name))
            for name in _mapping(data, "thresholds")
        },
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
        "offered_to": form.offered_to,
        "opens_at": form.opens_at,
        "closes_at": form.closes_at,
        "task_list": form.task_list or None,
        "instead": form.instead,
        "notice": form.notice,
        "copies": {section: dict(source) for section, source in form.copies.items()},
        "sections": [_section_json(section) for section in form.sections],
        "translations": {
            language: {id: translation_json(translation) for id, translation in texts.items()}
            for language, texts in form.translations.items()
        },
        "thresholds": {
            name: [{"from": since.day, "value": since.value, "source": since.source} for since in steps]
            for name, steps in form.thresholds.items()
        },
    }
    return _without_empty(data, keep=("slug", "title", "reference_prefix", "handler", "sections"))


def loads(text: str | bytes) -> Any:
    """The JSON in a file. Raises DefinitionFaults where it is none, or says a thing twice."""
    try:
        return json.loads(text, object_pairs_hook=_said_once)
    except json.JSONDecodeError as error:
        raise DefinitionFaults(
            [Fault(f"line {error.lineno}, column {error.colno}", f"this is not JSON: {error.msg}")]
        ) from None
    except UnicodeDecodeError:
        raise DefinitionFaults([Fault("$", "this is not JSON: it is not written in UTF-8")]) from None
    except RecursionError:
        raise DefinitionFaults([Fault("$", "this is nested too deep")]) from None
    except DefinitionFaults:
        raise
    except ValueError:
        raise DefinitionFaults([Fault("$", "one of its numbers has too many digits")]) from None


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        times = Counter(key for key, _value in pairs)
        twice = sorted(key for key, number in times.items() if number > 1)
        raise DefinitionFaults([Fault("$", f"one object has this key twice: {', '.join(twice)}")])
    return data


def known() -> Known:
    """What the running apps have registered."""
    return Known(
        dict(question_types.items()),
        {name: one.sent_from for name, one in handlers.items()},
        frozenset(prefill_sources),
        frozenset(audiences),
        frozenset(circles),
        {name: plugin.sends for name, plugin in step_plugins.items()},
    )


def find_faults(data: object) -> list[Fault]:
    """Everything that is wrong with `data`, in the order of the JSON. Empty: it is a sound form."""
    shapes = schema.find(data)
    meanings = list(check(build(data), known()))
    places = frozenset(fault.path for fault in shapes)
    told = frozenset(fault.path for fault in meanings)
    faults = [
        *(fault for fault in shapes if not _is_told(fault.path, told)),
        *(fault for fault in meanings if _is_news(fault.path, places)),
    ]
    return sorted(faults, key=_in_order)


def _is_told(path: str, told: frozenset[str]) -> bool:
    """Whether a question's type says of its settings what the schema says too: it knows better what it needs."""
    return _SETTINGS in path and any(place == path or _is_within(place, path) for place in told)


def _is_news(path: str, places: frozenset[str]) -> bool:
    """Whether the schema has not said already that this cannot be read, or something within these settings."""
    if _SETTINGS in path:
        return not any(_is_within(place, path) for place in places)
    return path not in places


def _is_within(path: str, of: str) -> bool:
    return path.startswith((f"{of}.", f"{of}["))


def _in_order(fault: Fault) -> str:
    return re.sub(r"\d+", lambda number: number[0].zfill(6), fault.path)


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
        audience=_text(data, "audience", EVERYONE),
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
        variants=_variants(data, "title"),
        rules=tuple(_rule(entry) for entry in _list(data, "rules")),
        audience=_text(data, "audience", EVERYONE),
        plugin=_text(data, "plugin"),
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
        not_applicable=_text(data, "not_applicable"),
        options=tuple(_option(entry) for entry in _list(data, "options")),
        show_if=_condition(data),
        required_if=_condition(data, "required_if"),
        advised_if=_condition(data, "advised_if"),
        variants=_variants(data, "label", "hint"),
        prefill=_text(data, "prefill"),
        prefill_mode=_choice(PrefillMode, data, "prefill_mode", PrefillMode.SUGGEST),
        audience=_text(data, "audience", EVERYONE),
        readers=_text(data, "readers"),
        config=_mapping(data, "config"),
    )


def _option(data: Any) -> Option:
    return Option(
        id=_text(data, "id"),
        label=_text(data, "label"),
        hint=_text(data, "hint"),
        reveals=_ids(data, "reveals"),
        show_if=_condition(data),
        is_child=isinstance(data, dict) and data.get("is_child") is True,
        exclusive=isinstance(data, dict) and data.get("exclusive") is True,
    )


def _rule(data: Any) -> Rule:
    return Rule(
        kind=_choice(RuleKind, data, "kind", RuleKind.EXACTLY_ONE),
        questions=_ids(data, "questions"),
        message=_text(data, "message"),
    )


def _since(data: Any) -> Since:
    return Since(_text(data, "from"), _number(data, "value"), _text(data, "source"))


def _translations(data: Mapping[str, Any]) -> dict[str, Translation]:
    return {
        id: Translation(_text(said, "text"), _text(said, "of"))
        if isinstance(said, dict)
        else Translation(_text(data, id))
        for id, said in data.items()
    }


def _variants(data: Any, *names: str) -> tuple[Variant, ...]:
    """Those whose condition can be read, each with the words that it has."""
    found = ((_condition(entry, "when"), entry) for entry in _list(data, "variants"))
    return tuple(
        Variant(when, {name: words for name in names if (words := _text(entry, name))})
        for when, entry in found
        if when
    )


def _ids(data: Any, key: str) -> tuple[str, ...]:
    return tuple(entry for entry in _list(data, key) if isinstance(entry, str))


def _condition(data: Any, key: str = "show_if") -> Condition | None:
    raw = data.get(key) if isinstance(data, dict) else None
    try:
        return None if raw is None else condition_json.read(raw)
    except ConditionFault:
        return None


def _section_json(section: Section) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": section.id,
        "title": section.title,
        "show_if": _condition_json(section.show_if),
        "audience": _audience_json(section.audience),
        "steps": [_step_json(step) for step in section.steps],
    }
    return _without_empty(data, keep=("id", "title", "steps"))


def _step_json(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": step.id,
        "kind": step.kind.value,
        "title": step.title,
        "show_if": _condition_json(step.show_if),
        "variants": [_variant_json(variant) for variant in step.variants],
        "plugin": step.plugin,
        "audience": _audience_json(step.audience),
        "group": _group_json(step.group) if step.group else None,
        "questions": [_question_json(question) for question in step.questions],
        "rules": [_rule_json(rule) for rule in step.rules],
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
        "not_applicable": question.not_applicable,
        "options": [_option_json(option) for option in question.options],
        "show_if": _condition_json(question.show_if),
        "required_if": _condition_json(question.required_if),
        "advised_if": _condition_json(question.advised_if),
        "variants": [_variant_json(variant) for variant in question.variants],
        "prefill": question.prefill,
        "prefill_mode": "" if question.prefill_mode is PrefillMode.SUGGEST else question.prefill_mode.value,
        "audience": _audience_json(question.audience),
        "readers": question.readers,
        "config": dict(question.config),
    }
    return _without_empty(data, keep=("id", "type", "label", "level"))


def _option_json(option: Option) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": option.id,
        "label": option.label,
        "hint": option.hint,
        "reveals": list(option.reveals),
        "exclusive": option.exclusive or None,
        "show_if": _condition_json(option.show_if),
        "is_child": option.is_child or None,
    }
    return _without_empty(data, keep=("id", "label"))


def translation_json(translation: Translation) -> str | dict[str, str]:
    return translation._asdict() if translation.of else translation.text


def _rule_json(rule: Rule) -> dict[str, Any]:
    data = {"kind": rule.kind.value, "questions": list(rule.questions), "message": rule.message}
    return _without_empty(data, keep=("kind", "questions"))


def _variant_json(variant: Variant) -> dict[str, Any]:
    return {"when": variant.when.to_json(), **variant.words}


def _audience_json(audience: str) -> str:
    return "" if audience == EVERYONE else audience


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


def _number(data: Any, key: str) -> int | float:
    return _value(data, key, float, 0.0) or _whole(data, key, 0)


def _list(data: Any, key: str) -> list[Any]:
    return _value(data, key, list, [])


def _mapping(data: Any, key: str) -> dict[str, Any]:
    return _value(data, key, dict, {})


def _choice(kind: type[Choice], data: Any, key: str, otherwise: Choice) -> Choice:
    text = _text(data, key)
    return kind(text) if text in set(kind) else otherwise
