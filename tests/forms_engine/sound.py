"""A sound form, and where its parts are: tests of what publishing finds spoil one thing at a time."""

import copy
from collections.abc import Callable
from typing import Any

from forms_engine.definition import build
from forms_engine.rules.faults import Fault
from forms_engine.rules.known import Known
from forms_engine.rules.structure import check
from forms_engine.types import question_types

Json = dict[str, Any]

SOUND: Json = {
    "slug": "sound",
    "title": "A sound form",
    "reference_prefix": "SND",
    "handler": "known.handler",
    "sections": [
        {
            "id": "first",
            "title": "About {child}",
            "steps": [
                {
                    "id": "page",
                    "kind": "questions",
                    "title": "Page",
                    "questions": [
                        {
                            "id": "wish",
                            "type": "one_of",
                            "label": "Wish",
                            "options": [
                                {"id": "stay", "label": "Stay", "reveals": ["why-stay"]},
                                {"id": "go", "label": "Go"},
                            ],
                        },
                        {"id": "why-stay", "type": "long_text", "label": "Why?"},
                        {"id": "children", "type": "number", "label": "How many?", "config": {"minimum": 0}},
                        {"id": "since", "type": "date", "label": "Since?", "prefill": "known.source"},
                    ],
                },
                {
                    "id": "schools",
                    "kind": "group",
                    "title": "Schools",
                    "show_if": {"question": "wish", "op": "is", "value": "go"},
                    "group": {"least": 0, "most": 3, "item_name": "school", "title_question": "school"},
                    "questions": [{"id": "school", "type": "short_text", "label": "School"}],
                },
            ],
        },
        {
            "id": "last",
            "title": "Send",
            "steps": [
                {
                    "id": "read",
                    "kind": "guidance",
                    "title": "Read",
                    "questions": [
                        {"id": "text", "type": "guidance", "label": "", "config": {"text": "<p>Hello</p>"}}
                    ],
                },
                {
                    "id": "send",
                    "kind": "check",
                    "title": "Check",
                    "questions": [{"id": "true", "type": "declaration", "label": "True"}],
                },
            ],
        },
    ],
}
KNOWN = Known(
    dict(question_types.items()),
    {"known.handler": "", "known.of-a-page": "known.page"},
    {"known.source"},
    circles={"known.circle"},
)


def findings(data: Json) -> list[Fault]:
    return check(build(data), KNOWN)


def page(data: Json) -> Json:
    step: Json = data["sections"][0]["steps"][0]
    return step


def group(data: Json) -> Json:
    step: Json = data["sections"][0]["steps"][1]
    return step


def read(data: Json) -> Json:
    step: Json = data["sections"][1]["steps"][0]
    return step


def since(day: str) -> Json:
    return {"from": day, "value": 7400, "source": "SI 2018/148"}


def send(data: Json) -> Json:
    step: Json = data["sections"][1]["steps"][1]
    return step


def question(data: Json, place: int) -> Json:
    found: Json = page(data)["questions"][place]
    return found


def asks(question: str, op: str, value: Any = None) -> Json:
    return {"question": question, "op": op} | ({} if value is None else {"value": value})


def found_in_spoilt(spoil: Callable[[Json], Any]) -> list[Fault]:
    data = copy.deepcopy(SOUND)
    spoil(data)
    return findings(data)


FIRST = "$.sections[0].steps[0]"
SECOND = "$.sections[0].steps[1]"
READ = "$.sections[1].steps[0]"
