"""The tick "this does not apply": an answer, and not the same as none."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from forms_engine.definition import build, find_faults, to_json
from forms_engine.models import Submission
from forms_engine.rules import condition_json
from forms_engine.rules.operators import NOT_APPLICABLE, Day
from forms_engine.spec import Level, Question
from forms_engine.types import asking
from tests.forms_engine import editing
from tests.forms_engine.conftest import ask, publish

WORDS = "{child} has no NHS number"
QUESTION = Question("nhs", "nhs_number", "NHS number", level=Level.REQUIRED, not_applicable=WORDS)


DAY = Day(dt.date(2026, 10, 20))


def read(data: str, question: Question = QUESTION) -> Any:
    return asking.read(question, QueryDict(data), "q-nhs")


def test_the_tick_is_an_answer_where_one_is_required() -> None:
    assert asking.clean(QUESTION, read("q-nhs=&q-nhs_na=yes")).value == NOT_APPLICABLE
    assert asking.clean(QUESTION, read("q-nhs=")).is_empty
    assert asking.clean(QUESTION, read("q-nhs=943 476 5919")).value == "9434765919"
    assert asking.nodes(QUESTION, NOT_APPLICABLE, lambda text: text.replace("{child}", "Ada")) == [
        "Ada has no NHS number"
    ]


@pytest.mark.parametrize("typed", ["943 476 5919", "12"])
def test_an_answer_and_the_tick_contradict_each_other_and_neither_is_lost(typed: str) -> None:
    raw = read(f"q-nhs={typed}&q-nhs_na=yes")
    wrong = asking.clean(QUESTION, raw)
    assert wrong.is_invalid
    assert wrong.errors[0][1] == f"Answer “NHS number”, or tick “{WORDS}”, not both"
    field = asking.field(QUESTION, raw, wrong.errors, str, name="q-nhs")
    assert (field.value, field.is_ticked) == (typed, True)


@pytest.mark.django_db
def test_where_a_record_is_chosen_it_is_one_of_the_choices() -> None:
    school = replace(QUESTION, type="record", config={"source": "schools"}, not_applicable="Not at a school")
    raw = read("q-nhs=not-applicable&q-nhs-find=Oakfield", school)
    assert asking.clean(school, raw).value == NOT_APPLICABLE
    field = asking.field(school, raw, (), str, name="q-nhs")
    assert (field.none.label, field.none.checked) == ("Not at a school", True)
    page = render_to_string(field.template, {"field": field})
    assert 'name="q-nhs" id="q-nhs_na" value="not-applicable" checked' in page
    assert 'type="checkbox"' not in page


def test_nobody_can_tick_what_the_editor_does_not_offer() -> None:
    plain = Question("nhs", "nhs_number", "NHS number", level=Level.REQUIRED)
    assert read("q-nhs_na=yes", plain) == ""
    assert asking.clean(plain, {**asking.TICKED, "typed": ""}).is_empty


@pytest.mark.parametrize(
    "raw", [{"not_applicable": "yes"}, {"not_applicable": "no", "typed": []}, {"typed": {}}]
)
def test_a_tick_of_a_strange_shape_breaks_nothing(raw: Any) -> None:
    cleaned = asking.clean(QUESTION, raw)
    assert asking.field(QUESTION, raw, cleaned.errors, str, name="q-nhs").label


@pytest.mark.parametrize(
    ("op", "operand"),
    [
        ("is", "x"),
        ("is", 1),
        ("is-not", "x"),
        ("is-one-of", ["x"]),
        ("contains-any", ["x"]),
        ("more-than", 1),
        ("less-than", 1),
        ("before", "2026-01-01"),
        ("after", "2026-01-01"),
    ],
)
def test_for_rules_it_is_unknown_but_answered(op: str, operand: Any) -> None:
    for value in (NOT_APPLICABLE, {"not_applicable": True}):
        test = {"question": "q", "op": op, "value": operand}
        assert condition_json.read(test).evaluate({"q": value}, DAY) is None
        assert (
            condition_json.read({"question": "q", "op": "was-answered"}).evaluate({"q": value}, DAY) is True
        )


def form() -> dict[str, Any]:
    data = editing.small()
    first, second, _send = data["sections"][0]["steps"]
    first["questions"] = [
        {
            "id": "nhs",
            "type": "nhs_number",
            "label": "NHS number",
            "level": "required",
            "not_applicable": WORDS,
        }
    ]
    second["show_if"] = {"question": "nhs", "op": "is", "value": "9434765919"}
    return data


def test_a_form_keeps_the_words_of_the_tick() -> None:
    assert find_faults(form()) == []
    assert to_json(build(form()))["sections"][0]["steps"][0]["questions"][0]["not_applicable"] == WORDS
    files = form()
    editing.question(files, "nhs")["type"] = "file"
    assert "$.sections[0].steps[0].questions[0].not_applicable" in dict(find_faults(files))


def test_it_is_ticked_checked_and_sent(sam_parent: Any, sams_browser: Any) -> None:
    browser = sams_browser(ask(publish(form()), sam_parent))
    both = browser.post("place", {"q-nhs": "12", "q-nhs_na": "yes"}).content.decode()
    assert "not both" in both
    assert 'value="12"' in both
    assert browser.post("place", {"q-nhs": "", "q-nhs_na": "yes"})["Location"].endswith("/send/")
    assert "checked" in browser.get("place").content.decode()
    assert "Ada has no NHS number" in browser.get("send").content.decode()
    browser.post("send", {})
    assert Submission.objects.get().content.values == {"nhs": {"not_applicable": True}}
