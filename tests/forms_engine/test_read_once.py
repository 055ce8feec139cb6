"""Stored pages are read once: never as another question asks, as on another day, or without their files."""

import datetime as dt
import json
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.read_once import LONGEST_KEPT, is_only_typed, of_text
from forms_engine.spec import Form

TODAY = dt.date(2026, 10, 20)


def form_with(**question: Any) -> Form:
    asked = {"id": "q", "label": "Q", **question}
    page = {"id": "page", "kind": "questions", "title": "Page", "questions": [asked]}
    return build({"slug": "f", "sections": [{"id": "s", "title": "S", "steps": [page]}]})


def test_the_same_words_count_as_each_question_takes_them() -> None:
    text = json.dumps({"q": "two"})
    words, number = form_with(type="short_text"), form_with(type="number")
    assert of_text(words.steps[0].itself, text, TODAY).values == {"q": "two"}
    assert of_text(number.steps[0].itself, text, TODAY).errors == {"q"}


def test_a_day_that_was_still_to_come_is_not_so_the_day_after() -> None:
    page = form_with(type="date", config={"when": "not-past"}).steps[0].itself
    text = json.dumps({"q": {"day": "20", "month": "10", "year": "2026"}})
    assert of_text(page, text, TODAY).values == {"q": "2026-10-20"}
    assert of_text(page, text, TODAY + dt.timedelta(days=1)).errors == {"q"}


def test_a_text_too_long_to_keep_is_read_like_any_other() -> None:
    page = form_with(type="long_text").steps[0].itself
    written = "a" * LONGEST_KEPT
    assert of_text(page, json.dumps({"q": written}), TODAY).values == {"q": written}


@pytest.mark.parametrize(
    ("question", "is_so"),
    [
        pytest.param({"type": "short_text"}, True, id="typed"),
        pytest.param({"type": "file"}, False, id="a file"),
        pytest.param({"type": "text_or_file"}, False, id="text or file"),
        pytest.param(
            {"type": "short_text", "prefill": "child.name", "prefill_mode": "fixed"},
            False,
            id="known already",
        ),
        pytest.param(
            {"type": "short_text", "prefill": "child.name", "prefill_mode": "correct"},
            True,
            id="can be corrected",
        ),
    ],
)
def test_what_is_stored_says_all_only_where_everything_is_typed(
    question: dict[str, Any], is_so: bool
) -> None:
    assert is_only_typed(form_with(**question).steps[0].itself) is is_so
