"""Questions that are answered row by row: tables, grids and rankings."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from core.govuk.fields import problems
from forms_engine.spec import Level, Option, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned, Table

pytestmark = pytest.mark.capability("B32")

TODAY = dt.date(2026, 10, 20)
ROWS = [{"id": "read", "label": "Reading"}, {"id": "eat", "label": "Eating"}]
COLUMNS = [
    {"id": "who", "label": "Who helps {child}?", "type": "short_text", "level": "required"},
    {"id": "hours", "label": "Hours", "type": "number", "config": {"minimum": 0, "maximum": 40}},
    {"id": "since", "label": "Since", "type": "date"},
]
NOBODY = {"who": "", "hours": "", "since": {"day": "", "month": "", "year": ""}}


def table(level: Level = Level.OPTIONAL, **config: Any) -> Question:
    config = {"rows": ROWS, "columns": COLUMNS} | config
    return Question("q", "table", "Who helps now", level=level, config=config)


def read(question: Question, data: str) -> Any:
    return question_types.get(question.type).read(question, QueryDict(data), "q-q")


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw, TODAY)


def answered(question: Question, data: str) -> Cleaned:
    return clean(question, read(question, data))


def ada(text: str) -> str:
    return text.replace("{child}", "Ada")


def test_a_table_is_read_cell_by_cell_and_nothing_else_that_was_posted_is_kept() -> None:
    raw = read(table(), "q-q--read--who=Hill&q-q--read--since-day=3&q-q--gone--who=x&q-q--read--gone=x&q-q=x")

    since = {"day": "3", "month": "", "year": ""}
    assert raw == {"read": {"who": "Hill", "hours": "", "since": since}, "eat": NOBODY}


def test_each_box_of_a_table_says_that_it_can_be_left_out_only_where_another_cannot() -> None:
    def marked(question: Question) -> set[str]:
        field = question_types.get("table").field(question, {}, (), ada, name="q-q")
        return {cell.label for entry in field.entries for cell in entry.cells if cell.optional}

    assert marked(table()) == {"Hours", "Since"}
    assert marked(table(columns=COLUMNS[1:])) == set()


def test_a_table_keeps_what_was_answered_as_each_column_has_it() -> None:
    data = "q-q--read--who= Mrs  Hill&q-q--read--hours=2&q-q--read--since-day=3"
    full = f"{data}&q-q--read--since-month=May&q-q--read--since-year=2026"

    assert answered(table(), full).value == {"read": {"who": "Mrs Hill", "hours": 2, "since": "2026-05-03"}}


def test_what_is_wrong_with_a_cell_names_its_row_and_column() -> None:
    found = answered(table(), "q-q--read--who=Hill&q-q--read--hours=many&q-q--eat--since-day=3")

    assert found.is_invalid
    assert dict(found.errors) == {
        "read--hours": "Your answer to “Reading, Hours” must be a number, such as 12",
        "eat--who": "Enter an answer to “Eating, Who helps {child}?”",
        "eat--since--month": "Your answer to “Eating, Since” must include a month and a year",
        "eat--since--year": "Your answer to “Eating, Since” must include a month and a year",
    }


def test_a_required_column_is_missing_only_in_a_row_that_was_begun_unless_the_table_is_required() -> None:
    data = "q-q--read--who=Hill"

    assert answered(table(), data).value == {"read": {"who": "Hill"}}
    assert dict(answered(table(Level.REQUIRED), data).errors).keys() == {"eat--who"}
    assert answered(table(), "").is_empty
    assert answered(table(), "").errors == ()
    assert answered(table(Level.REQUIRED), "").errors == (("", "Enter an answer to “Who helps now”"),)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "x",
        [],
        ["read"],
        {"read": "x"},
        {"read": ["who"]},
        {"gone": {"who": "x"}},
        {"read": {"gone": "x"}},
    ],
)
def test_a_table_takes_nothing_from_a_shape_that_is_not_its_own(raw: Any) -> None:
    assert clean(table(), raw).is_empty
    question_types.get("table").field(table(), raw, (), ada, name="q-q")


def test_a_cell_as_long_as_a_book_is_refused_like_any_other_answer() -> None:
    found = clean(table(), {"read": {"who": "x" * 1_000_000}})

    assert "999,800 characters too many" in found.errors[0][1]


def test_each_control_of_a_table_stands_in_its_row_with_what_was_typed_and_its_own_error() -> None:
    raw = {"read": {"who": "", "hours": "many"}}
    errors = clean(table(), raw).errors
    field = question_types.get("table").field(table(), raw, errors, ada, name="q-q")

    assert [entry.label for entry in field.entries] == ["Reading", "Eating"]  # type: ignore[attr-defined]
    who, hours, since = field.entries[0].cells  # type: ignore[attr-defined]
    assert (who.label, who.name, hours.value) == ("Who helps Ada?", "q-q--read--who", "many")
    assert next(part.name for part in since.parts) == "q-q--read--since-day"
    assert [at for at, _words in problems([field])] == ["q-q--read--who", "q-q--read--hours"]
    assert field.error == ""


def test_a_table_is_read_back_as_lines_and_as_a_table() -> None:
    kind = question_types.get("table")
    value = {"read": {"who": "Mrs Hill", "since": "2026-05-03"}}

    assert kind.nodes(table(), value, ada) == ["Reading. Who helps Ada?: Mrs Hill; Since: 3 May 2026"]
    assert kind.table(table(), value, ada) == Table(
        ("", "Who helps Ada?", "Hours", "Since"),
        (("Reading", "Mrs Hill", "", "3 May 2026"), ("Eating", "", "", "")),
    )
    assert kind.table(table(), None, ada) is None


DAYS = [
    {"id": "mon", "label": "Monday"},
    {"id": "tue", "label": "Tuesday"},
    {"id": "wed", "label": "Wednesday"},
]
SESSIONS = [
    {"id": "am", "label": "Morning"},
    {"id": "pm", "label": "Afternoon"},
    {"id": "all", "label": "All day"},
]


def grid(*exclusions: Any, level: Level = Level.OPTIONAL) -> Question:
    config = {"rows": DAYS, "columns": SESSIONS, "exclusions": list(exclusions)}
    return Question("q", "grid", "When can you come?", level=level, config=config)


def test_a_grid_keeps_what_was_ticked_in_the_order_of_the_form() -> None:
    found = answered(grid(), "q-q--tue=pm&q-q--tue=am&q-q--tue=am&q-q--gone=am")

    assert found.value == {"tue": ["am", "pm"]}
    assert question_types.get("grid").nodes(grid(), found.value, ada) == ["Tuesday: Morning, Afternoon"]
    assert question_types.get("grid").table(grid(), found.value, ada) == Table(
        ("", "Morning", "Afternoon", "All day"),
        (("Monday", "", "", ""), ("Tuesday", "Yes", "Yes", ""), ("Wednesday", "", "", "")),
    )


@pytest.mark.parametrize(
    "raw", [None, "x", [], {"mon": "am"}, {"mon": [["am"]]}, {"gone": ["am"]}, {"mon": {}}]
)
def test_a_grid_takes_nothing_from_a_shape_that_is_not_its_own(raw: Any) -> None:
    assert clean(grid(), raw).is_empty
    question_types.get("grid").field(grid(), raw, (), ada, name="q-q")


def test_a_grid_refuses_a_column_that_it_has_not() -> None:
    assert clean(grid(), {"mon": ["am", "night"]}).is_invalid
    assert clean(grid(), {"mon": [str(number) for number in range(10_000)]}).is_invalid


def test_columns_that_exclude_one_another_cannot_both_be_ticked_in_one_row() -> None:
    question = grid({"columns": ["am", "all"]}, {"columns": ["pm", "all"]})

    assert clean(question, {"mon": ["am", "pm"], "tue": ["all"]}).value == {
        "mon": ["am", "pm"],
        "tue": ["all"],
    }
    both = clean(question, {"mon": ["am", "all"]})
    assert both.errors == (("mon", "Monday: choose “Morning” or “All day”, not both"),)
    field = question_types.get("grid").field(question, {"mon": ["am", "all"]}, both.errors, ada, name="q-q")
    assert problems([field]) == [("q-q--mon", "Monday: choose “Morning” or “All day”, not both")]


def test_rows_that_exclude_one_another_cannot_both_be_ticked_in_one_column() -> None:
    question = grid({"rows": ["mon", "tue", "wed"]})

    assert clean(question, {"mon": ["am"], "tue": ["pm"]}).value is not None
    found = clean(question, {"mon": ["am"], "tue": ["am"], "wed": ["am"]})
    assert found.errors == (("wed", "Morning: choose only one of these: Monday, Tuesday, Wednesday"),)


SCHOOLS = (Option("oak", "Oakfield"), Option("elm", "Elm Lane"), Option("ash", "{child}’s nursery"))
WHY = {"id": "why", "label": "Why?", "type": "long_text", "level": "required"}
SEEN = {"id": "seen", "label": "Have you seen it?", "type": "yes_no"}


def ranking(level: Level = Level.OPTIONAL, **config: Any) -> Question:
    return Question("q", "ranking", "Which schools?", level=level, options=SCHOOLS, config=config)


def test_a_ranking_keeps_the_order_of_the_places_and_closes_gaps() -> None:
    found = answered(ranking(), "q-q--3=oak&q-q--1=ash&q-q--9=elm")

    assert found.value == [{"option": "ash", "answers": {}}, {"option": "oak", "answers": {}}]
    kind = question_types.get("ranking")
    assert kind.nodes(ranking(), found.value, ada) == ["1st choice: Ada’s nursery", "2nd choice: Oakfield"]
    assert kind.table(ranking(), found.value, ada) is None


def test_what_is_asked_of_each_choice_stands_with_it() -> None:
    question = ranking(columns=[WHY, SEEN])
    found = answered(question, "q-q--1=oak&q-q--1--why=Small.\r\nNear.&q-q--1--seen=yes")

    assert found.value == [{"option": "oak", "answers": {"why": "Small.\nNear.", "seen": "yes"}}]
    kind = question_types.get("ranking")
    assert kind.nodes(question, found.value, ada) == [
        "1st choice: Oakfield. Why?: Small., Near.; Have you seen it?: Yes"
    ]
    assert kind.table(question, found.value, ada) == Table(
        ("", "Choice", "Why?", "Have you seen it?"), (("1st choice", "Oakfield", "Small.\nNear.", "Yes"),)
    )


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        pytest.param("q-q--1=oak", {"1--why": "Enter an answer to “1st choice, Why?”"}, id="not said why"),
        pytest.param(
            "q-q--2--why=Near",
            {"2": "Select your 2nd choice, or clear what you wrote about it"},
            id="said why of nothing",
        ),
        pytest.param(
            "q-q--1=snake&q-q--1--why=Near",
            {"1": "Select your 1st choice, or clear what you wrote about it"},
            id="what is no answer of the form",
        ),
        pytest.param(
            "q-q--1=oak&q-q--1--why=Near&q-q--2=oak&q-q--2--why=Small",
            {"2": "You have chosen “Oakfield” already. Select something else"},
            id="the same twice",
        ),
    ],
)
def test_what_is_wrong_with_a_choice_is_said_at_its_place(data: str, errors: dict[str, str]) -> None:
    question = ranking(columns=[WHY])
    found = answered(question, data)

    assert found.is_invalid
    assert dict(found.errors) == errors
    field = question_types.get("ranking").field(question, read(question, data), found.errors, ada, name="q-q")
    assert problems([field]) == [(f"q-q--{part}", message) for part, message in errors.items()]


def test_a_ranking_asks_for_as_many_as_the_editor_said() -> None:
    assert answered(ranking(most=2), "q-q--3=oak").is_empty
    assert len(question_types.get("ranking").field(ranking(most=99), None, (), ada, name="q-q").entries) == 3  # type: ignore[attr-defined]
    found = answered(ranking(least=2), "q-q--1=oak")
    assert found.errors == (("", "Select at least 2 answers to “Which schools?”"),)
    assert answered(ranking(least=2), "").errors == ()
    assert answered(ranking(Level.REQUIRED), "").errors == (("", "Select an answer to “Which schools?”"),)


@pytest.mark.parametrize(
    "raw", [None, "x", [], ["oak"], {"1": "oak"}, {"1": {"option": ["oak"]}}, {"1": {"x": 1}}]
)
def test_a_ranking_takes_nothing_from_a_shape_that_is_not_its_own(raw: Any) -> None:
    assert clean(ranking(columns=[WHY]), raw).is_empty
    question_types.get("ranking").field(ranking(columns=[WHY]), raw, (), ada, name="q-q")
