"""What publishing finds in rows and columns: one fault at a time in a form that is sound."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.changes import compare
from forms_engine.rules.known import Known
from forms_engine.rules.structure import check
from forms_engine.types import question_types

pytestmark = pytest.mark.capability("B32")

Json = dict[str, Any]

TABLE: Json = {
    "id": "help",
    "type": "table",
    "label": "Who helps now?",
    "config": {
        "rows": [{"id": "read", "label": "Reading"}, {"id": "eat", "label": "Eating"}],
        "columns": [
            {"id": "who", "label": "Who helps {child}?", "type": "short_text", "config": {"max_length": 50}},
            {
                "id": "how",
                "label": "How?",
                "type": "one_of",
                "options": [{"id": "alone", "label": "Alone"}, {"id": "group", "label": "In a group"}],
            },
        ],
    },
}


def form(*questions: Json) -> Json:
    page = {"id": "page", "kind": "questions", "title": "Page", "questions": list(questions)}
    send = {"id": "send", "kind": "check", "title": "Check"}
    sections = [{"id": "part", "title": "Part", "steps": [page, send]}]
    return {"slug": "wide", "title": "Wide", "reference_prefix": "WID", "handler": "", "sections": sections}


def findings(*questions: Json) -> list[tuple[str, str]]:
    known = Known(dict(question_types.items()))
    prefix = "$.sections[0].steps[0].questions"
    return [
        (finding.path.removeprefix(prefix), finding.message)
        for finding in check(build(form(*questions)), known)
    ]


def changed(question: Json, change: Callable[[Json], Any]) -> Json:
    new = copy.deepcopy(question)
    change(new["config"])
    return new


def test_a_table_with_rows_and_typed_columns_is_sound() -> None:
    assert findings(TABLE) == []


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        pytest.param(lambda c: c.pop("rows"), "rows", 'table needs a list of {"id", "label"}', id="no rows"),
        pytest.param(
            lambda c: c.update(rows="x"), "rows", 'this must be a list of {"id", "label"}', id="text"
        ),
        pytest.param(
            lambda c: c.update(rows=[]), "rows", 'this must be a list of {"id", "label"}', id="none"
        ),
        pytest.param(
            lambda c: c["rows"].append({"id": "eat", "label": "Again"}),
            "rows[2].id",
            'the id "eat" stands here twice',
            id="twice",
        ),
        pytest.param(
            lambda c: c["columns"][0].update(id="a--b"),
            "columns[0].id",
            '"a--b" is no id: an id has small letters, numbers and single hyphens',
            id="no id",
        ),
        pytest.param(
            lambda c: c["columns"][0].update(label=""),
            "columns[0].label",
            "this must not be empty",
            id="no words",
        ),
        pytest.param(
            lambda c: c["columns"][0]["config"].update(rows=3),
            "columns[0].config.rows",
            "short_text knows no such key; it knows: max_length, width, autocomplete",
            id="a setting of another type",
        ),
        pytest.param(
            lambda c: c["columns"][1].pop("options"),
            "columns[1].options",
            "at least two answers to choose from are needed here",
            id="nothing to choose",
        ),
        pytest.param(
            lambda c: c["columns"][1]["options"][1].update(id="alone"),
            "columns[1].options[1].id",
            'the id "alone" stands here twice',
            id="the same answer twice",
        ),
        pytest.param(
            lambda c: c["rows"][0].update(label="{name} reads"),
            "rows[0].label",
            "nothing is put in for {name}; there is: "
            "{are_or_is}, {child}, {do_or_does}, {have_or_has}, {you_or_child}, {your_or_childs}",
            id="placeholder",
        ),
    ],
)
def test_a_fault_in_a_table_is_said_where_it_stands(change: Any, place: str, words: str) -> None:
    found = findings(changed(TABLE, change))

    assert (f"[0].config.{place}", words) in found


GRID: Json = {
    "id": "when",
    "type": "grid",
    "label": "When?",
    "config": {
        "rows": [{"id": "mon", "label": "Monday"}],
        "columns": [{"id": "am", "label": "Morning"}, {"id": "all", "label": "All day"}],
        "exclusions": [{"columns": ["am", "all"]}],
    },
}
RANKING: Json = {
    "id": "which",
    "type": "ranking",
    "label": "Which?",
    "options": [{"id": "oak", "label": "Oakfield"}, {"id": "elm", "label": "Elm Lane"}],
    "config": {"most": 2, "least": 1, "columns": [{"id": "why", "label": "Why?", "type": "long_text"}]},
}


def test_a_grid_and_a_ranking_are_sound() -> None:
    assert findings(GRID, RANKING) == []


@pytest.mark.parametrize(
    ("exclusions", "place", "words"),
    [
        ([{"columns": ["am", "pm"]}], "exclusions[0].columns[1]", '"pm" is none of the columns'),
        ([{"rows": ["mon", "mon"]}], "exclusions[0].rows[1]", '"mon" stands here twice'),
        *[
            (
                wrong,
                "exclusions",
                'this must be a list of {"columns": two or more ids} or {"rows": two or more ids}',
            )
            for wrong in ("x", [], [{}], [{"columns": ["am"]}], [{"cells": ["am", "all"]}], [["am", "all"]])
        ],
    ],
)
def test_what_excludes_one_another_are_columns_or_rows_of_the_grid(
    exclusions: Any, place: str, words: str
) -> None:
    assert findings(changed(GRID, lambda config: config.update(exclusions=exclusions))) == [
        (f"[0].config.{place}", words)
    ]


def test_a_ranking_cannot_ask_for_more_than_it_takes_nor_open_questions_under_an_answer() -> None:
    too_many = changed(RANKING, lambda config: config.update(least=3))
    assert findings(too_many) == [("[0].config.least", "least is more than most")]
    opening = copy.deepcopy(RANKING)
    opening["options"][0]["reveals"] = ["when"]
    assert ("[0].options[0].reveals", "nothing can open under the answers of ranking") in findings(
        opening, GRID
    )


@pytest.mark.parametrize("type", ["table", "file", "guidance", "address", "no-such-type"])
def test_what_takes_files_or_has_rows_itself_fits_into_no_column(type: str) -> None:
    (place, words), *_more = findings(changed(TABLE, lambda config: config["columns"][0].update(type=type)))

    assert place == "[0].config.columns[0].type"
    assert words.startswith(f'"{type}" fits into no column; what fits: short_text, ')


def test_rows_and_columns_are_parts_of_a_form_that_can_be_reworded_moved_and_removed() -> None:
    def change(config: Json) -> None:
        config["rows"].reverse()
        config["columns"][0].update(label="Who?", type="long_text")
        config["columns"].pop()

    old, new = (build(form(question)) for question in (TABLE, changed(TABLE, change)))

    assert [str(difference) for difference in compare(old, new)] == [
        "removed: column how",
        "moved: row read",
        "reworded: column who (label)",
        "changed: column who (type)",
    ]


HOURS: Json = {"id": "hours", "type": "number", "label": "Hours?"}
SINCE: Json = {"id": "since", "type": "date", "label": "Since?"}
NAME: Json = {"id": "name", "type": "short_text", "label": "Name?"}


def formula_findings(formula: str) -> list[str]:
    """What is said of a formula that stands behind a page with a number, a day and a text, and behind a group."""
    asked = {"id": "sum", "type": "calculated", "label": "Sum", "config": {"formula": formula}}
    data = form(HOURS, SINCE, NAME)
    steps = data["sections"][0]["steps"]
    group = {"least": 0, "most": 3, "item_name": "tutor", "title_question": "each"}
    each = {"id": "each", "type": "number", "label": "Each?"}
    steps.insert(1, {"id": "tutors", "kind": "group", "title": "Tutors", "group": group, "questions": [each]})
    late = {"id": "late", "type": "number", "label": "Late?"}
    steps.insert(2, {"id": "result", "kind": "questions", "title": "Result", "questions": [late, asked]})
    found = check(build(data), Known(dict(question_types.items())))
    assert all(finding.path.endswith("steps[2].questions[1].config.formula") for finding in found)
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("[hours] * 2", None),
        ("months([since], [since] + [hours])", None),
        ("[hours] +", "character 10: a number, a question in square brackets or a function is needed here"),
        ("2 * [gone]", 'character 5: there is no question "gone"'),
        ("[late]", 'character 1: "late" is no number and no day that an earlier step asks for'),
        ("[name]", 'character 1: "name" is no number and no day that an earlier step asks for'),
        (
            "[each]",
            'character 1: "each" is asked for each item of a group: a formula cannot tell which is meant',
        ),
        ("[since] + 1", "this gives a day: only a number can be calculated"),
        ("[since] * 2", 'character 9: "*" cannot be worked out of a day and a number'),
        (" ", "this must be a calculation such as [hours] * 52"),
    ],
)
def test_a_formula_reads_numbers_and_days_of_earlier_pages_and_gives_a_number(
    formula: str, words: str | None
) -> None:
    assert words is None or words in formula_findings(formula)
    assert words is not None or formula_findings(formula) == []


def test_a_calculated_value_needs_its_formula() -> None:
    assert findings({"id": "sum", "type": "calculated", "label": "Sum"}) == [
        ("[0].config.formula", "calculated needs a calculation such as [hours] * 52")
    ]
