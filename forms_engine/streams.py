"""The editor's stream and the form's JSON, each from the other, and nothing lost on the way.

The stream is the source, the JSON a view of it. Both name things alike (`docs/form-definitions.md`); the JSON
leaves out what is empty, and gathers what only one type of question understands in `config`. Faulty forms are
carried too.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Protocol

from core.dates import LONDON
from forms_engine.rules.opening import MOMENT
from forms_engine.spec import EVERYONE, Group, Level, PrefillMode

Json = dict[str, Any]

# The form's own fields, by the names that they have in the JSON and on `FormDefinition`.
FORM_FIELDS = (
    "slug",
    "title",
    "reference_prefix",
    "handler",
    "intro",
    "submitted",
    "lifetime_days",
    "offered_to",
    "opens_at",
    "closes_at",
    "task_list",
    "instead",
    "notice",
    "copies",
    "translations",
    "thresholds",
)
# Of these, what the JSON always says.
_ALWAYS_SAID = ("slug", "title", "reference_prefix", "handler", "lifetime_days")
# Of these, moments: to the minute, on London's clocks.
_MOMENTS = ("opens_at", "closes_at")
_GROUP_FIELDS = {"least": Group.least, "most": Group.most, "item_name": "", "title_question": ""}
# A question's fields, and what stands for each where the JSON says nothing.
_QUESTION_FIELDS: Mapping[str, Any] = {
    "label": "",
    "hint": "",
    "level": Level.OPTIONAL.value,
    "why": "",
    "error": "",
    "not_applicable": "",
    "options": None,
    "show_if": None,
    "required_if": None,
    "advised_if": None,
    "variants": None,
    "prefill": "",
    "prefill_mode": PrefillMode.SUGGEST.value,
    "audience": EVERYONE,
    "readers": "",
}
# What a section and a step may have besides, and what stands for each where the JSON says nothing.
_SECTION_FIELDS: Mapping[str, Any] = {"show_if": None, "audience": EVERYONE}
_STEP_FIELDS: Mapping[str, Any] = {**_SECTION_FIELDS, "variants": None, "rules": None, "plugin": ""}
# The rich text box numbers its paragraphs, anew at each save.
_PARAGRAPH_NUMBER = re.compile(r' data-block-key="[^"]*"')


class Definition(Protocol):
    """What has the form's own fields, and its stream as `body`: a `FormDefinition`."""

    body: Any


def from_stream(definition: Definition) -> Json:
    """The JSON of a form as it stands in the editor. Canonical where the form is sound."""
    own = {name: _plain(getattr(definition, name)) for name in FORM_FIELDS}
    sections = [_section(child) for child in definition.body.get_prep_value()]
    # A copied section that was deleted needs no memory of its source.
    there = {section["id"] for section in sections}
    own["copies"] = {id: source for id, source in own["copies"].items() if id in there}
    return {key: value for key, value in own.items() if value or key in _ALWAYS_SAID} | {"sections": sections}


def to_stream(data: Mapping[str, Any]) -> list[Json]:
    """The stream of a form's JSON, for `FormDefinition.body`. Expects JSON in which nothing is amiss."""
    return [_child("section", section, _section_value(section)) for section in data["sections"]]


def fill(definition: Any, data: Mapping[str, Any]) -> None:
    """Put all of `data` onto `definition`: its own fields and its stream. Saves nothing."""
    for name in FORM_FIELDS:
        said = data.get(name, definition._meta.get_field(name).get_default())
        setattr(definition, name, moment_of(said) if name in _MOMENTS and said else said)
    definition.body = definition.body.stream_block.to_python(to_stream(data))


def _child(kind: str, data: Mapping[str, Any], value: Json) -> Json:
    return {"type": kind, "id": data["id"], "value": value}


def _section_value(section: Mapping[str, Any]) -> Json:
    steps = [_child(step["kind"], step, _step_value(step)) for step in section["steps"]]
    return {"title": section["title"], **_filled(section, _SECTION_FIELDS), "steps": steps}


def _step_value(step: Mapping[str, Any]) -> Json:
    questions = [
        _child(question["type"], question, _question_value(question))
        for question in step.get("questions", ())
    ]
    value = {"title": step["title"], **_filled(step, _STEP_FIELDS), "questions": questions}
    group = step.get("group", {})
    return value | {name: group[name] for name in _GROUP_FIELDS if name in group}


def _question_value(question: Mapping[str, Any]) -> Json:
    return {**_filled(question, _QUESTION_FIELDS), **question.get("config", {})}


def _filled(data: Mapping[str, Any], fields: Mapping[str, Any]) -> Json:
    return {name: data.get(name, otherwise) for name, otherwise in fields.items()}


def _section(child: Json) -> Json:
    value = child["value"]
    steps = [_step(step) for step in value["steps"]]
    return {"id": child["id"], "title": value["title"], **_said(value, _SECTION_FIELDS), "steps": steps}


def _step(child: Json) -> Json:
    value = child["value"]
    data = {"id": child["id"], "kind": child["type"], "title": value["title"]}
    data |= _said(value, _STEP_FIELDS)
    if child["type"] == "group":
        data["group"] = {
            name: otherwise if value[name] is None else value[name]
            for name, otherwise in _GROUP_FIELDS.items()
        }
    if questions := [_question(question) for question in value.get("questions", ())]:
        data["questions"] = questions
    return data


def _question(child: Json) -> Json:
    value = dict(child["value"])
    data = {"id": child["id"], "type": child["type"]}
    for name, otherwise in _QUESTION_FIELDS.items():
        said = value.pop(name, otherwise)
        if name in ("label", "level") or said not in (otherwise, None, "", []):
            data[name] = said
    if config := {
        name: _plain(said) for name, said in value.items() if said is not False and said not in (None, "", [])
    }:
        data["config"] = config
    return data


def _said(value: Json, fields: Mapping[str, Any]) -> Json:
    """What is neither empty nor what stands for nothing."""
    return {
        name: value[name]
        for name, otherwise in fields.items()
        if name in value and value[name] not in (otherwise, None, "", [])
    }


def _plain(value: Any) -> Any:
    """What the editor's boxes add, taken away: paragraphs' numbers, and the ".0" of a whole number."""
    if isinstance(value, str):
        return _PARAGRAPH_NUMBER.sub("", value)
    if isinstance(value, dt.datetime):
        return value.astimezone(LONDON).strftime(MOMENT)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def moment_of(text: str) -> dt.datetime:
    """The moment that the JSON writes "2026-09-01T09:00": what London's clocks show then. Raises ValueError."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)
