"""The form that families get: sound, answered in any way to its end, and worded for everybody."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine import richtext
from forms_engine.definition import build, find_faults, to_json
from forms_engine.rules.journey import Journey, State, StepStore, walk
from forms_engine.spec import Form, Level, Question
from forms_engine.types import question_types

FILE = Path(__file__).parents[2] / "fixtures" / "forms" / "parental-preference-form.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
FORM = build(DATA)
TODAY = dt.date(2026, 10, 20)
EVERYBODY = ["draft-plan", "meeting", "child-view"]
SCHOOLS = ["kind-of-place", "schools", "other-schools", "living", "travel"]

pytestmark = pytest.mark.capability("B31", "B32", "B33")


def journey(answers: dict[str, Any], schools: int = 0) -> Journey:
    """Walk the form with `answers` by question, and so many schools of which only the name is given."""
    store = {
        (step.id, ""): StepStore({id: answers[id] for id in step.question_ids if id in answers})
        for step in FORM.steps
    }
    items = tuple(f"school{number}" for number in range(schools))
    store["schools", ""] = StepStore(items=items)
    store |= {("schools", item): StepStore({"school-name": {"id": item, "words": item}}) for item in items}
    return walk(FORM, store, TODAY)


def test_the_form_is_sound() -> None:
    assert find_faults(DATA) == []


def test_the_file_is_written_as_the_command_would_write_it() -> None:
    assert {key: value for key, value in DATA.items() if key != "$schema"} == to_json(FORM)


def test_it_has_the_six_sections_of_the_original_portal() -> None:
    assert [section.title for section in FORM.sections] == [
        "About you and {child}",
        "What you can ask for",
        "Travel and learning at home",
        "Where {child} should learn",
        "Supporting documents",
        "Check and submit",
    ]


@pytest.mark.parametrize(
    ("want", "steps"),
    [
        pytest.param("want-stay", SCHOOLS, id="to stay"),
        pytest.param("want-different", SCHOOLS, id="another school"),
        pytest.param("want-eotas", ["eotas"], id="not in a school"),
        pytest.param("want-home", ["home-education"], id="at home"),
        pytest.param("want-unsure", [], id="not sure"),
        pytest.param("want-nothing", [], id="will not say"),
    ],
)
def test_each_wish_leads_to_its_own_questions_and_then_to_those_for_everybody(
    want: str, steps: list[str]
) -> None:
    found = [each.step.id for each in journey({"want": want}).path]
    after = found[found.index("what-you-want") + 1 : found.index("files")]
    assert sorted(after) == sorted([*steps, *EVERYBODY])
    assert found[-1] == "check"


def test_only_who_asks_about_whom_and_for_what_stands_in_the_way() -> None:
    """A statutory form is accepted however little is filled in."""
    required = {question.id for question in FORM.questions() if question.level is Level.REQUIRED}
    assert required == {"you-name", "you-role", "child-name", "want", "school-name"}
    least = {
        "you-name": "Sam Parent",
        "you-role": "role-parent",
        "child-name": "Ada Parent",
        "want": "want-different",
    }
    assert journey(least).is_complete
    assert journey(least, schools=3).is_complete


def test_up_to_three_schools_can_be_named() -> None:
    group = FORM.steps_by_id["schools"].group
    assert group is not None
    assert (group.least, group.most) == (0, 3)


@pytest.mark.parametrize(
    ("answer", "chosen", "opened"),
    [
        ("you-role", "role-other", "you-role-other"),
        ("you-role", "role-other", "you-role-leave"),
        ("child-two-homes", "yes", "child-home-2"),
        ("child-care", "yes", "child-care-who"),
        ("you-help", ["help-interpreter"], "you-language"),
        ("draft-seen", "no", "draft-missing"),
        ("meet", "yes", "meet-when"),
        ("more-time", "yes", "more-time-why"),
    ],
)
def test_a_follow_up_opens_under_its_answer(answer: str, chosen: Any, opened: str) -> None:
    step = FORM.step_of[answer].id
    assert opened in journey({answer: chosen}).steps[step].page.asked
    assert opened not in journey({}).steps[step].page.asked


def test_only_a_young_person_is_asked_who_else_gets_the_letters() -> None:
    asked = {
        role: "you-copies" in journey({"you-role": role}).steps["reach-you"].page.asked
        for role in ("role-young-person", "role-parent")
    }
    assert asked == {"role-young-person": True, "role-parent": False}


def test_each_change_to_the_draft_plan_is_told_by_itself_and_only_where_changes_are_wanted() -> None:
    changes = FORM.steps_by_id["changes"]
    assert changes.is_group
    assert {"change-section", "change-now", "change-should"} <= set(changes.question_ids)
    asked = {
        agree: [each.step.id for each in journey({"agree": agree}).path]
        for agree in ("agree-all", "agree-changes", "agree-talk")
    }
    assert [agree for agree, steps in asked.items() if "changes" in steps] == ["agree-changes"]


def test_no_school_can_be_named_twice() -> None:
    store = {
        ("schools", ""): StepStore(items=("a", "b")),
        **{("schools", item): StepStore({"school-name": {"id": "1", "words": "Oakfield"}}) for item in "ab"},
        ("what-you-want", ""): StepStore({"want": "want-different"}),
    }
    page = next(each for each in walk(FORM, store, TODAY).path if each.step.id == "schools")
    assert [item.state for item in page.items] == [State.DONE, State.PROBLEM]


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from([option.id for option in question.options] or ["yes", "no"])
        for question in FORM.questions()
        if question.type in ("one_of", "yes_no")
    },
)


@given(answers=CHOICES, schools=st.integers(0, 3))
def test_however_it_is_answered_the_way_ends_at_sending(answers: dict[str, Any], schools: int) -> None:
    found = journey(answers, schools)
    assert found.path[-1].step.id == "check"
    assert len(found.sections) == 6
    assert found.values.keys() <= {question.id for question in FORM.questions()} | {"schools", "changes"}


def wordings(form: Form) -> Iterator[str]:
    """Everything that a family reads, a paragraph a text."""
    yield from (form.title, form.intro, *richtext.plain(form.submitted))
    yield from (section.title for section in form.sections)
    for step in form.steps:
        yield step.title
        for question in step.questions:
            yield from words_of(question)


def words_of(question: Question) -> Iterator[str]:
    yield from (question.label, question.hint, question.error, *question.why.split("\n\n"))
    yield from richtext.plain(question.config.get("text", ""))
    for option in question.options:
        yield from (option.label, option.hint)


def sentences() -> list[str]:
    found = [sentence for text in wordings(FORM) for sentence in re.split(r"(?<=[.?:])\s+", text)]
    return [sentence.strip("• ") for sentence in found if sentence.strip("• ")]


def test_no_sentence_is_longer_than_a_child_can_follow() -> None:
    long = [sentence for sentence in sentences() if len(sentence.split()) > 26]
    assert long == []
    average = sum(len(sentence.split()) for sentence in sentences()) / len(sentences())
    assert average < 12


@pytest.mark.parametrize("phrase", ["!", "please note", "deadline", "click here", "e.g.", "i.e.", "etc"])
def test_it_keeps_to_the_tone_of_the_portal(phrase: str) -> None:
    assert [text for text in wordings(FORM) if phrase in text.lower()] == []


def test_every_text_reads_on_where_nobody_knows_the_childs_name() -> None:
    """ "your child" stands in its place then: no text may begin with it."""
    assert [sentence for sentence in sentences() if sentence.startswith("{child}")] == []


@pytest.mark.parametrize(
    "question",
    [
        "you-responsibility",
        "you-address",
        "you-copies",
        "child-born",
        "child-two-homes",
        "child-care",
        "home-special",
        "travel-own",
    ],
)
def test_it_says_why_where_a_question_is_close_to_the_bone(question: str) -> None:
    assert FORM.question(question).why


def test_every_question_that_asks_is_one_that_its_type_can_show() -> None:
    for question in FORM.questions():
        kind = question_types.get(question.type)
        field = kind.field(
            question, kind.clean(question, None, TODAY).value, (), str, name=f"q-{question.id}"
        )
        assert field.template.startswith("govuk/fields/")
        assert field.label == question.label
