"""What is wrong with a form's JSON before anybody looks at what it means: its keys, kinds of values, lengths."""

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from forms_engine.rules.conditions import Condition, ConditionFault

SCHEMA = Path(__file__).with_name("form.schema.json")

# Where something is wrong ("$.sections[0].title"), and what.
Fault = tuple[str, str]

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
}


def find(data: object) -> list[Fault]:
    """Every fault of shape in `data`."""
    if faults := list(_unstorable(data)):
        return faults
    errors = _validator().iter_errors(data)
    # A condition is one of several shapes: the reader of conditions says better which one is meant.
    shapes = [fault for error in errors if "show_if" not in error.absolute_path for fault in _said(error)]
    return list(dict.fromkeys([*shapes, *_condition_faults(data, "$")]))


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _unstorable(data: object) -> Iterator[Fault]:
    """What could not even be written down. Without recursion: the JSON may be as deep as somebody likes."""
    waiting: list[tuple[str, object, int]] = [("$", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            yield path, "this is nested too deep"
        elif isinstance(value, dict):
            waiting += [(f"{path}.{key}", each, depth + 1) for key, each in value.items()]
            if any(_UNSTORABLE.search(str(key)) for key in value):
                yield path, "a key holds a character that cannot be stored"
        elif isinstance(value, list):
            waiting += [(f"{path}[{index}]", each, depth + 1) for index, each in enumerate(value)]
        elif isinstance(value, str) and _UNSTORABLE.search(value):
            yield path, "this holds a character that cannot be stored"
        elif isinstance(value, float) and not math.isfinite(value):
            yield path, "this is no number"


def _condition_faults(data: Any, path: str) -> Iterator[Fault]:
    """What is wrong with the conditions of the form, its sections, steps and questions."""
    if not isinstance(data, dict):
        return
    if "show_if" in data:
        try:
            Condition.from_json(data["show_if"], f"{path}.show_if")
        except ConditionFault as fault:
            yield fault.path, fault.message
    for key in ("sections", "steps", "questions"):
        parts = data.get(key)
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            yield from _condition_faults(part, f"{path}.{key}[{index}]")


def _said(error: ValidationError) -> Iterator[Fault]:
    """A fault of the schema in plain words. Several where one rule covers several keys."""
    path = error.json_path
    instance: Any = error.instance
    asked: Any = error.validator_value
    if error.validator == "required":
        yield from ((f"{path}.{key}", f'"{key}" is missing') for key in asked if key not in instance)
    elif error.validator == "additionalProperties":
        rules: Any = error.schema
        known = rules["properties"]
        yield from ((f"{path}.{key}", "there is no such key here") for key in instance if key not in known)
    else:
        yield path, _words(str(error.validator), asked) or error.message


def _words(rule: str, asked: Any) -> str:
    match rule:
        case "type":
            return f"this must be {_KINDS[asked]}"
        case "enum":
            return f"this must be one of: {', '.join(asked)}"
        case "pattern":
            return f"this must look like {asked}"
        case "minLength":
            return "this must not be empty"
        case "maxLength":
            return f"this must be {asked} characters or fewer"
        case "minItems":
            return f"at least {asked} must stand here"
        case "uniqueItems":
            return "the same stands here twice"
        case "minimum":
            return f"this must be {asked} or more"
        case "maximum":
            return f"this must be {asked} or less"
    return ""
