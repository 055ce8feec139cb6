"""What is wrong with a form's JSON before anybody looks at what it means: its keys, kinds of values, lengths."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from forms_engine.rules import condition_json
from forms_engine.rules.condition_json import ConditionFault
from forms_engine.rules.faults import Fault, Faults

SCHEMA = Path(__file__).with_name("form.schema.json")

# The keys under which conditions stand.
CONDITIONS = frozenset({"show_if", "required_if", "advised_if", "when"})
# No sound form nests deeper. Far below what the interpreter's stack bears.
MOST_DEPTH = 60
# What PostgreSQL cannot store in a text: NUL, and halves of characters.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
}


def find(data: object) -> list[Fault]:
    """Every fault of shape in `data`."""
    if faults := list(_unstorable(data)):
        return faults
    errors = _validator().iter_errors(data)
    # A condition is one of several shapes: the reader of conditions says better which one is meant.
    shapes = [
        fault
        for error in errors
        if CONDITIONS.isdisjoint(error.absolute_path)
        for fault in _said(error, error.json_path)
    ]
    parts = list(_parts(data, "$"))
    return list(dict.fromkeys([*shapes, *_condition_faults(parts), *_settings_faults(parts)]))


@cache
def _schema() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return whole


@cache
def _validator() -> Draft202012Validator:
    """For everything but the settings of questions: to try each type's on each question takes four times as long."""
    parts = _schema()["$defs"] | {"settings": {}}
    return Draft202012Validator(_schema() | {"$defs": parts})


@cache
def _settings() -> Mapping[str, Draft202012Validator]:
    """For the settings of a question, by its type."""
    parts = _schema()["$defs"]
    within = {"$defs": parts | {"settings": {}}}
    return {
        rule["if"]["properties"]["type"]["const"]: Draft202012Validator(within | rule["then"])
        for rule in parts["settings"]["allOf"]
    }


def _unstorable(data: object) -> Faults:
    """What could not even be written down. Without recursion: the JSON may be as deep as somebody likes."""
    waiting: list[tuple[str, object, int]] = [("$", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            yield Fault(path, "this is nested too deep")
        elif isinstance(value, dict):
            waiting += [(f"{path}.{key}", each, depth + 1) for key, each in value.items()]
            if any(_UNSTORABLE.search(str(key)) for key in value):
                yield Fault(path, "a key holds a character that cannot be stored")
        elif isinstance(value, list):
            waiting += [(f"{path}[{index}]", each, depth + 1) for index, each in enumerate(value)]
        elif isinstance(value, str) and _UNSTORABLE.search(value):
            yield Fault(path, "this holds a character that cannot be stored")
        elif isinstance(value, float) and not math.isfinite(value):
            yield Fault(path, "this is no number")


def _parts(data: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form and all that stands in it, down to options and columns, each with its place."""
    if not isinstance(data, dict):
        return
    yield path, data
    config = data.get("config")
    for where, within in ((path, data), (f"{path}.config", config if isinstance(config, dict) else {})):
        for key in ("sections", "steps", "questions", "options", "variants", "columns"):
            parts = within.get(key)
            for index, part in enumerate(parts if isinstance(parts, list) else ()):
                yield from _parts(part, f"{where}.{key}[{index}]")


def _condition_faults(parts: Iterable[tuple[str, dict[str, Any]]]) -> Faults:
    for path, part in parts:
        for key in CONDITIONS & part.keys():
            try:
                condition_json.read(part[key], f"{path}.{key}")
            except ConditionFault as fault:
                yield Fault(fault.path, fault.message)


def _settings_faults(parts: Iterable[tuple[str, dict[str, Any]]]) -> Faults:
    for path, part in parts:
        validator = _settings().get(part["type"]) if isinstance(part.get("type"), str) else None
        for error in validator.iter_errors(part) if validator else ():
            yield from _said(error, f"{path}{error.json_path[1:]}")


def _said(error: ValidationError, path: str) -> Faults:
    """A fault of the schema at `path` in plain words. Several where one rule covers several keys."""
    instance: Any = error.instance
    asked: Any = error.validator_value
    if error.validator == "required":
        yield from (Fault(f"{path}.{key}", f'"{key}" is missing') for key in asked if key not in instance)
    elif error.validator == "additionalProperties":
        rules: Any = error.schema
        known = rules["properties"]
        words = f"there is no such key here; there are: {', '.join(known) or 'none'}"
        yield from (Fault(f"{path}.{key}", words) for key in instance if key not in known)
    elif "propertyNames" in error.absolute_schema_path:
        yield Fault(f"{path}.{instance}", _words(error))
    else:
        yield Fault(path, _words(error) or error.message)


def _words(error: ValidationError) -> str:
    rules: Any = error.schema
    said = _WORDS.get(str(error.validator))
    return said(error.validator_value, rules) if said else ""


def _kinds(asked: str | list[str], rules: Any) -> str:
    kinds = asked if isinstance(asked, list) else [asked]
    return f"this must be {' or '.join(_KINDS[kind] for kind in kinds)}"


def _one_key(asked: int, rules: Any) -> str:
    return f"exactly one of these must stand here: {', '.join(rules['properties'])}"


# By the rule that is broken: the words, from what it asks and the part of the schema that it stands in.
_WORDS: Mapping[str, Callable[[Any, Any], str]] = {
    "type": _kinds,
    "enum": lambda asked, rules: f"this must be one of: {', '.join(map(str, asked))}",
    "const": lambda asked, rules: f"this must be {json.dumps(asked)}",
    # Beside each pattern, the schema says in words what it stands for.
    "pattern": lambda asked, rules: f"this must be {rules['$comment']}",
    "minProperties": _one_key,
    "maxProperties": _one_key,
    "minLength": lambda asked, rules: "this must not be empty",
    "maxLength": lambda asked, rules: f"this must be {asked} characters or fewer",
    "minItems": lambda asked, rules: f"at least {asked} must stand here",
    "uniqueItems": lambda asked, rules: "the same stands here twice",
    "minimum": lambda asked, rules: f"this must be {asked} or more",
    "maximum": lambda asked, rules: f"this must be {asked} or less",
}
