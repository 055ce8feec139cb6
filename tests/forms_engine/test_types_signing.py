"""Signatures, warnings, "none of these" and long lists: what is taken, and what is shown."""

import datetime as dt
from typing import Any

import pytest
from django.template import engines

from forms_engine.definition import find_faults, from_json
from forms_engine.spec import Level, Option, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned
from tests.forms_engine import editing

TODAY = dt.date(2026, 10, 20)
NEEDS = (
    Option("ramp", "A ramp"),
    Option("quiet", "A quiet room"),
    Option("none", "None of these", exclusive=True),
)


def ask(type: str, level: Level = Level.OPTIONAL, **more: Any) -> Question:
    return Question("q", type, "What does {child} need?", level=level, **more)


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw, TODAY)


def field(question: Question, raw: Any = "") -> Any:
    return question_types.get(question.type).field(
        question, raw, clean(question, raw).errors, ada, name="q-q"
    )


def ada(text: str) -> str:
    return text.replace("{child}", "Ada")


def test_a_signature_is_the_name_and_the_day_which_nobody_types() -> None:
    signed = clean(ask("signature"), " Sam  Parent ")
    assert signed.value == {"name": "Sam Parent", "day": "2026-10-20"}
    assert question_types.get("signature").nodes(ask("signature"), signed.value, ada) == [
        "Sam Parent",
        "20 October 2026",
    ]
    assert clean(ask("signature"), {"name": "Sam", "day": "1999-01-01"}).is_empty


def test_a_signature_is_asked_for_in_the_editors_words() -> None:
    assert clean(ask("signature", Level.REQUIRED, error="Type your name to sign"), "").errors == (
        ("", "Type your name to sign"),
    )
    assert clean(ask("signature"), "--").is_invalid
    assert field(ask("signature")).hint == "Type your full name. We add today’s date."


@pytest.mark.parametrize("type", ["signature", "warning"])
def test_a_form_can_be_signed_and_warned_of_on_the_page_that_sends_it(type: str) -> None:
    data = editing.small()
    data["sections"][0]["steps"][-1]["questions"] = [{"id": "last", "type": type, "label": "Your name"}]
    assert from_json(data)


def test_a_warning_asks_nothing_and_stands_out() -> None:
    question = Question("w", "warning", "Keep the letter", config={"text": "<p>{child} needs <b>it</b>.</p>"})
    made = question_types.get("warning").field(question, None, (), ada, name="q-w")
    page = engines["django"].get_template(made.template).render({"field": made})
    assert clean(question, "anything") == Cleaned(is_empty=True)
    assert "govuk-warning-text__icon" in page
    assert "Ada needs <strong>it</strong>." in page


def test_none_of_these_stands_alone_whatever_a_browser_sends() -> None:
    question = ask("any_of", options=NEEDS)
    assert clean(question, ["none"]).value == ["none"]
    assert clean(question, ["quiet", "ramp"]).value == ["ramp", "quiet"]
    both = clean(question, ["ramp", "none"])
    assert both.value is None
    assert both.errors == (
        ("", "Select “None of these” alone, or the other answers to “What does {child} need?” without it"),
    )


def test_none_of_these_stands_apart_on_the_page_and_clears_the_rest() -> None:
    made = field(ask("any_of", options=NEEDS), ["ramp"])
    assert [item.divider for item in made.items] == ["", "", "or"]
    page = engines["django"].get_template(made.template).render({"field": made})
    assert 'data-module="govuk-checkboxes"' in page
    assert page.count('data-behaviour="exclusive"') == 1
    plain = field(ask("any_of", options=NEEDS[:2]), [])
    assert "data-module" not in engines["django"].get_template(plain.template).render({"field": plain})


def test_only_where_several_can_be_chosen_does_one_stand_alone() -> None:
    data = editing.small()
    editing.question(data, "where")["options"][0]["exclusive"] = True
    path = "$.sections[0].steps[0].questions[0].options[0].exclusive"
    assert dict(find_faults(data))[path] == "only one answer can be chosen here anyway"


def test_one_of_many_takes_an_answer_of_its_list_and_no_other() -> None:
    question = ask("one_of_many", options=NEEDS)
    assert clean(question, "ramp").value == "ramp"
    assert clean(question, "snake").is_invalid
    assert clean(ask("one_of_many", Level.REQUIRED, options=NEEDS), "").is_empty
    made = field(question, "quiet")
    page = engines["django"].get_template(made.template).render({"field": made})
    assert '<option value=""></option>' in page
    assert '<option value="quiet" selected>A quiet room</option>' in page


def test_nothing_opens_under_an_answer_of_a_long_list() -> None:
    data = editing.small()
    editing.question(data, "where")["type"] = "one_of_many"
    path = "$.sections[0].steps[0].questions[0].options[1].reveals"
    assert dict(find_faults(data))[path] == "nothing can open under an answer of one_of_many"
