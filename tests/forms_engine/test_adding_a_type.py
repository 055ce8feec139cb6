"""The example in CONTRIBUTING.md, run as it stands there: what it takes to add a question type from another app."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from core.registry import AlreadyRegistered
from forms_engine.blocks import QuestionsBlock
from forms_engine.definition import build, find_faults, known
from forms_engine.models import Submission
from forms_engine.rules import condition_json
from forms_engine.rules.operators import Day
from forms_engine.types import question_types
from forms_engine.types.base import QuestionType
from tests.forms_engine import editing
from tests.forms_engine.conftest import Browser, ask, publish


def example() -> str:
    """The first block of code under "Adding a question type"."""
    text = (Path(settings.ROOT) / "CONTRIBUTING.md").read_text("utf-8")
    _before, _heading, chapter = text.partition("## Adding a question type")
    found = re.search(r"```python\n(.*?)```", chapter, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def percentage() -> Iterator[QuestionType]:
    """The type of the example, registered as its app would."""
    names: dict[str, Any] = {}
    exec(compile(example(), "CONTRIBUTING.md", "exec"), names)  # noqa: S102 (our own page)
    made: QuestionType = question_types.register("percentage", names["Percentage"]())
    yield made
    question_types._entries.pop("percentage")


def form() -> dict[str, Any]:
    """The small form, with a page that opens where attendance is below 90."""
    data = editing.small()
    first, second, _send = data["sections"][0]["steps"]
    first["questions"] = [
        {
            "id": "attendance",
            "type": "percentage",
            "label": "How often is {child} at school?",
            "level": "required",
            "error": "Enter how often {child} is at school",
            "config": {"least": 5},
        }
    ]
    second["show_if"] = {"question": "attendance", "op": "less-than", "value": 90}
    return data


def test_the_example_is_a_type_that_forms_can_use(percentage: QuestionType) -> None:
    assert find_faults(form()) == []
    assert "least" in QuestionsBlock().child_blocks["percentage"].child_blocks
    assert "percentage" in known().types
    with pytest.raises(AlreadyRegistered):
        question_types.register("percentage", percentage)


def test_a_setting_of_the_example_is_checked_like_any_other(percentage: QuestionType) -> None:
    data = form()
    editing.question(data, "attendance")["config"] = {"least": "few", "mots": 1}
    path = "$.sections[0].steps[0].questions[0].config"
    assert dict(find_faults(data)) == {
        f"{path}.least": "this must be a number",
        f"{path}.mots": "percentage knows no such key; it knows: least",
    }


@pytest.mark.parametrize(
    "raw", [None, [], {"a": 1}, "1e2", "101", "-1", "4", "\u0665\u0660", "9" * 999_999, "<b>"]
)
def test_the_example_withstands_whatever_a_browser_sends(percentage: QuestionType, raw: Any) -> None:
    question = build(form()).question("attendance")
    cleaned = percentage.clean(question, raw)
    assert cleaned.value is None
    assert cleaned.errors
    assert percentage.field(question, raw, cleaned.errors, str, name="q-q").error


def test_the_example_is_filled_in_checked_and_sent(
    percentage: QuestionType, sam_parent: User, sams_browser: Any
) -> None:
    browser: Browser = sams_browser(ask(publish(form()), sam_parent))
    missing = browser.post("place", {"q-attendance": ""})
    assert "Enter how often Ada is at school" in missing.content.decode()
    wrong = browser.post("place", {"q-attendance": "lots"})
    assert "Enter a whole number from 5 to 100" in wrong.content.decode()
    assert 'value="lots"' in wrong.content.decode()
    assert browser.post("place", {"q-attendance": "92%"})["Location"].endswith("/send/"), (
        "no visit is asked for"
    )
    assert "92%" in browser.get("send").content.decode()
    browser.post("send", {})
    content = Submission.objects.get().content
    assert content.values["attendance"] == 92
    assert (
        condition_json.read(form()["sections"][0]["steps"][1]["show_if"]).evaluate(
            content.values, Day(content.submission.today)
        )
        is False
    )
