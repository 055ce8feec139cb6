"""A form of questions that are asked row by row, worked out or chosen from records."""

from typing import Any

Json = dict[str, Any]

HELP: Json = {
    "rows": [{"id": "read", "label": "Reading"}, {"id": "eat", "label": "Eating"}],
    "columns": [
        {"id": "who", "label": "Who helps {child}?", "type": "short_text", "level": "required"},
        {"id": "since", "label": "Since", "type": "date"},
    ],
}
WHEN: Json = {
    "rows": [{"id": "mon", "label": "Monday"}, {"id": "tue", "label": "Tuesday"}],
    "columns": [{"id": "am", "label": "Morning"}, {"id": "pm", "label": "Afternoon"}],
    "exclusions": [{"columns": ["am", "pm"]}],
}
SCHOOLS = [{"id": "oak", "label": "Oakfield"}, {"id": "elm", "label": "Elm Lane"}]
OTHER_SCHOOLS = [{"id": "w-oak", "label": "Oakfield"}, {"id": "w-elm", "label": "Elm Lane"}]
WHY = [{"id": "why", "label": "Why?", "type": "long_text"}]


def page(id: str, *questions: Json, **more: Any) -> Json:
    return {"id": id, "kind": "questions", "title": f"Page {id}", "questions": list(questions)} | more


PAGES = [
    page(
        "numbers",
        {"id": "hours", "type": "number", "label": "Hours a week?"},
        {"id": "cost", "type": "money", "label": "Cost of an hour?"},
    ),
    page(
        "rows",
        {"id": "help", "type": "table", "label": "Who helps now?", "config": HELP},
        {"id": "when", "type": "grid", "label": "When can you come?", "config": WHEN},
        {
            "id": "which",
            "type": "ranking",
            "label": "Which?",
            "options": SCHOOLS,
            "config": {"columns": WHY},
        },
    ),
    page(
        "sum",
        {
            "id": "year",
            "type": "calculated",
            "label": "Cost of a year",
            "config": {"formula": "[hours] * [cost] * 38", "decimals": 2, "money": True},
        },
        {"id": "agree", "type": "yes_no", "label": "Is that right?"},
    ),
    page(
        "dear",
        {"id": "dear-why", "type": "short_text", "label": "Why is it so much?"},
        show_if={"question": "year", "op": "more-than", "value": 1000},
    ),
    page(
        "place",
        {
            "id": "school",
            "type": "record",
            "label": "Which school?",
            "config": {"source": "schools", "notes": True},
        },
    ),
    page(
        "words",
        {"id": "own", "type": "text_or_file", "label": "In your words?", "level": "required"},
        {"id": "film", "type": "media", "label": "Anything to show us?", "config": {"most": 1}},
    ),
    {
        "id": "weeks",
        "kind": "group",
        "title": "Weeks",
        "group": {"least": 0, "most": 3, "item_name": "week", "title_question": "w-name"},
        "questions": [
            {"id": "w-name", "type": "short_text", "label": "Which week?"},
            {"id": "w-help", "type": "table", "label": "Who helps then?", "config": HELP},
            {"id": "w-when", "type": "grid", "label": "When then?", "config": WHEN},
            {
                "id": "w-which",
                "type": "ranking",
                "label": "Which then?",
                "options": OTHER_SCHOOLS,
                "config": {"columns": WHY},
            },
        ],
    },
    {
        "id": "papers",
        "kind": "group",
        "title": "Papers",
        "group": {"least": 0, "most": 3, "item_name": "paper", "title_question": "what"},
        "questions": [
            {"id": "what", "type": "short_text", "label": "What is it?"},
            {"id": "paper", "type": "file", "label": "The paper", "level": "required"},
        ],
    },
    {"id": "check", "kind": "check", "title": "Check your answers"},
]
WIDE: Json = {
    "slug": "wide",
    "title": "Wide form",
    "reference_prefix": "WID",
    "handler": "",
    "intro": "",
    "sections": [{"id": "part", "title": "Part", "steps": PAGES}],
}
