"""A small form that has one of everything that filling in has to cope with."""

from typing import Any

SAMPLE: dict[str, Any] = {
    "slug": "sample",
    "title": "Sample Form",
    "reference_prefix": "SMP",
    "handler": "",
    "intro": "Tell us where your child should learn.",
    "submitted": "<p>We read your form and ask the schools.</p>",
    "lifetime_days": 90,
    "sections": [
        {
            "id": "about",
            "title": "About {child}",
            "steps": [
                {
                    "id": "you",
                    "kind": "questions",
                    "title": "About you",
                    "questions": [
                        {
                            "id": "name",
                            "type": "short_text",
                            "label": "Your name",
                            "level": "required",
                            "error": "Enter your name",
                            "prefill": "test.name",
                        },
                        {"id": "email", "type": "email", "label": "Your email address"},
                        {"id": "born", "type": "date", "label": "When was {child} born?"},
                        {"id": "story", "type": "long_text", "label": "What should we know?"},
                    ],
                },
                {
                    "id": "wish",
                    "kind": "questions",
                    "title": "What you want",
                    "questions": [
                        {
                            "id": "where",
                            "type": "one_of",
                            "label": "Where should {child} learn?",
                            "level": "required",
                            "error": "Select where {child} should learn",
                            "options": [
                                {"id": "school", "label": "At a school"},
                                {"id": "home", "label": "At home", "reveals": ["home-why"]},
                            ],
                        },
                        {"id": "home-why", "type": "long_text", "label": "Why at home?", "level": "advised"},
                    ],
                },
                {
                    "id": "visit",
                    "kind": "questions",
                    "title": "A visit",
                    "show_if": {"question": "where", "op": "is", "value": "school"},
                    "questions": [
                        {
                            "id": "seen",
                            "type": "yes_no",
                            "label": "Have you seen the school?",
                            "level": "required",
                            "error": "Select yes if you have seen the school",
                        }
                    ],
                },
            ],
        },
        {
            "id": "reading",
            "title": "What you can ask for",
            "steps": [
                {
                    "id": "read",
                    "kind": "guidance",
                    "title": "What you can ask for",
                    "questions": [
                        {
                            "id": "read-text",
                            "type": "guidance",
                            "label": "A school",
                            "config": {"text": "<p>You can ask for one by name.</p>"},
                        }
                    ],
                }
            ],
        },
        {
            "id": "schools",
            "title": "The schools",
            "steps": [
                {
                    "id": "choices",
                    "kind": "group",
                    "title": "The schools you want",
                    "group": {"least": 1, "most": 3, "item_name": "school", "title_question": "school-name"},
                    "questions": [
                        {
                            "id": "school-name",
                            "type": "short_text",
                            "label": "Which school?",
                            "level": "required",
                            "error": "Enter the name of the school",
                        },
                        {"id": "school-why", "type": "long_text", "label": "Why is it right for {child}?"},
                    ],
                }
            ],
        },
        {
            "id": "papers",
            "title": "Supporting documents",
            "steps": [
                {
                    "id": "files",
                    "kind": "questions",
                    "title": "Supporting documents",
                    "questions": [
                        {"id": "reports", "type": "file", "label": "Add a report"},
                        {"id": "note", "type": "short_text", "label": "A word about the files"},
                        {
                            "id": "meeting",
                            "type": "yes_no",
                            "label": "Do you want to meet us?",
                            "level": "advised",
                        },
                    ],
                }
            ],
        },
        {
            "id": "send",
            "title": "Check and submit",
            "steps": [
                {
                    "id": "check",
                    "kind": "check",
                    "title": "Check your answers",
                    "questions": [
                        {
                            "id": "true",
                            "type": "declaration",
                            "label": "What I have written is true as far as I know",
                            "level": "required",
                            "error": "Tick the box to say that what you have written is true",
                        }
                    ],
                }
            ],
        },
    ],
}

# What to post on each page to come through the whole form.
YOU = {
    "q-name": "Sam Parent",
    "q-email": "sam.parent@example.org",
    "q-born-day": "3",
    "q-born-month": "5",
    "q-born-year": "2019",
    "q-story": "She needs quiet.",
}
WISH_SCHOOL = {"q-where": "school"}
WISH_HOME = {"q-where": "home", "q-home-why": "She is calm there."}
VISIT = {"q-seen": "yes"}
SCHOOL = {"q-school-name": "Northgate School", "q-school-why": "A small class."}
FILES = {"q-note": "", "q-meeting": "no"}
DECLARED = {"q-true": "yes"}
