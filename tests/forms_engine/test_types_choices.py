"""Choices, dates, addresses, files and guidance: what is taken, and what is said of what is not."""

import datetime as dt
import json
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from core.registry import AlreadyRegistered, Registry
from forms_engine.spec import Level, Option, Question
from forms_engine.types import builtin, question_types
from forms_engine.types.addresses import tidy_postcode
from forms_engine.types.base import Cleaned, QuestionType

TODAY = dt.date(2026, 10, 20)
PETS = (Option("dog", "{child}’s dog", reveals=("name",)), Option("cat", "A cat", "It purrs"))


def ask(type: str, level: Level = Level.OPTIONAL, **more: Any) -> Question:
    return Question("q", type, "When", level=level, **more)


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw, TODAY)


def posted(type: str, data: str) -> Any:
    return question_types.get(type).read(ask(type), QueryDict(data), "q-q")


def ada(text: str) -> str:
    return text.replace("{child}", "Ada")


@pytest.mark.parametrize(
    ("type", "data", "raw"),
    [
        ("one_of", "q-q=dog", "dog"),
        ("any_of", "q-q=dog&q-q=cat", ["dog", "cat"]),
        ("yes_no", "", ""),
        ("declaration", "q-q=yes", "yes"),
        ("date", "q-q-day=1&q-q-month=2", {"day": "1", "month": "2", "year": ""}),
        ("month", "q-q-month=Sept&q-q-year=2026", {"month": "Sept", "year": "2026"}),
        (
            "address",
            "q-q-town=Millbrook",
            {"line1": "", "line2": "", "town": "Millbrook", "county": "", "postcode": ""},
        ),
        ("guidance", "q-q=x", None),
    ],
)
def test_a_post_is_read_in_the_shape_of_its_type(type: str, data: str, raw: Any) -> None:
    assert posted(type, data) == raw


def test_one_of_takes_an_answer_that_the_editor_wrote_and_no_other() -> None:
    question = ask("one_of", options=PETS)
    assert clean(question, "dog").value == "dog"
    for forged in ("snake", "Dog", "dog,cat"):
        assert clean(question, forged).is_invalid
    assert question_types.get("one_of").nodes(question, "dog", ada) == ["Ada’s dog"]


def test_any_of_keeps_the_order_of_the_form_and_refuses_what_is_not_in_it() -> None:
    question = ask("any_of", options=PETS)
    assert clean(question, ["cat", "dog", "cat"]).value == ["dog", "cat"]
    assert clean(question, ["cat", "snake"]).is_invalid
    assert clean(question, []).is_empty
    assert question_types.get("any_of").nodes(question, ["dog", "cat"], ada) == ["Ada’s dog", "A cat"]


def test_yes_and_no_stand_in_one_row_until_something_opens_under_them() -> None:
    kind = question_types.get("yes_no")
    plain = kind.field(ask("yes_no"), "yes", (), ada, name="q-q")
    assert [(item.value, item.label, item.checked) for item in plain.items] == [
        ("yes", "Yes", True),
        ("no", "No", False),
    ]
    assert plain.inline
    reveals = ask("yes_no", options=(Option("yes", "Yes, {child} does", reveals=("name",)),))
    field = kind.field(reveals, "", (), ada, name="q-q")
    assert not field.inline
    assert [item.label for item in field.items] == ["Yes, Ada does", "No"]


@pytest.mark.parametrize(
    ("type", "words"),
    [
        ("one_of", "Select an answer to “When”"),
        ("any_of", "Select an answer to “When”"),
        ("yes_no", "Select an answer to “When”"),
        ("declaration", "Tick the box “When”"),
        ("date", "Enter an answer to “When”"),
        ("address", "Enter an answer to “When”"),
        ("file", "Add a file to “When”"),
    ],
)
def test_a_required_answer_that_is_missing_is_asked_for_in_the_right_verb(type: str, words: str) -> None:
    assert clean(ask(type, Level.REQUIRED, options=PETS), None).errors == (("", words),)
    assert not clean(ask(type, Level.ADVISED, options=PETS), None).errors


def date(day: str, month: str, year: str) -> dict[str, str]:
    return {"day": day, "month": month, "year": year}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param(date("27", "3", "2016"), "2016-03-27", id="figures"),
        pytest.param(date(" 07", "03", "2016 "), "2016-03-07", id="noughts and spaces"),
        pytest.param(date("1", "Mar", "2016"), "2016-03-01", id="a short name"),
        pytest.param(date("1", "september", "2016"), "2016-09-01", id="a whole name"),
        pytest.param(date("29", "2", "2024"), "2024-02-29", id="a leap day"),
    ],
)
def test_dates_are_taken_as_people_write_them(raw: dict[str, str], value: str) -> None:
    assert clean(ask("date"), raw).value == value


@pytest.mark.parametrize(
    ("raw", "parts", "words"),
    [
        pytest.param(date("31", "2", "2026"), [""], "must be a real date", id="31 February"),
        pytest.param(date("29", "2", "2026"), [""], "must be a real date", id="no leap year"),
        pytest.param(date("1", "13", "2026"), ["month"], "must be a real date", id="13th month"),
        pytest.param(date("0", "x", "2026"), ["day", "month"], "must be a real date", id="two boxes"),
        pytest.param(date("1", "", "2026"), ["month"], "must include a month", id="no month"),
        pytest.param(date("1", "", ""), ["month", "year"], "must include a month and a year", id="day only"),
        pytest.param(date("1", "1", "26"), ["year"], "must have 4 numbers", id="a short year"),
        pytest.param(date("1", "1", "20266"), ["year"], "must be a real date", id="a long year"),
        pytest.param(date("1", "1", "1066"), [""], "must be a real date", id="long ago"),
        pytest.param(date("1", "1", "٢٠٢٦"), ["year"], "must be a real date", id="other figures"),
    ],
)
def test_a_wrong_date_names_its_wrong_boxes(raw: dict[str, str], parts: list[str], words: str) -> None:
    wrong = clean(ask("date"), raw)
    assert wrong.value is None
    assert [part for part, _message in wrong.errors] == parts
    assert all(words in message for _part, message in wrong.errors)


@pytest.mark.parametrize(
    ("when", "allowed", "refused", "words"),
    [
        ("past", TODAY - dt.timedelta(1), TODAY, "in the past"),
        ("not-future", TODAY, TODAY + dt.timedelta(1), "today or in the past"),
        ("future", TODAY + dt.timedelta(1), TODAY, "in the future"),
        ("not-past", TODAY, TODAY - dt.timedelta(1), "today or in the future"),
    ],
)
def test_a_date_keeps_to_its_side_of_today(when: str, allowed: dt.date, refused: dt.date, words: str) -> None:
    question = ask("date", config={"when": when})

    def typed(day: dt.date) -> dict[str, str]:
        return date(str(day.day), str(day.month), str(day.year))

    assert clean(question, typed(allowed)).value == allowed.isoformat()
    assert words in clean(question, typed(refused)).errors[0][1]


def test_a_date_keeps_between_its_bounds() -> None:
    question = ask("date", config={"earliest": "2020-01-01", "latest": "2020-12-31"})
    assert "1 January 2020 or later" in clean(question, date("31", "12", "2019")).errors[0][1]
    assert "31 December 2020 or earlier" in clean(question, date("1", "1", "2021")).errors[0][1]


@pytest.mark.parametrize(
    ("config", "allowed", "refused", "words"),
    [
        pytest.param({"earliest_days": 14}, 14, 13, "3 November 2026 or later", id="two weeks' notice"),
        pytest.param({"latest_days": 365}, 365, 366, "20 October 2027 or earlier", id="within a year"),
        pytest.param({"earliest_days": -14}, -14, -15, "6 October 2026 or later", id="in the last two weeks"),
        pytest.param({"latest_days": -14}, -14, -13, "6 October 2026 or earlier", id="two weeks ago"),
        pytest.param({"latest_days": 0}, 0, 1, "20 October 2026 or earlier", id="not after today"),
        pytest.param(
            {"earliest": "2026-11-10", "earliest_days": 14}, 21, 20, "10 November 2026 or later", id="both"
        ),
    ],
)
def test_a_date_keeps_so_many_days_from_today(
    config: dict[str, Any], allowed: int, refused: int, words: str
) -> None:
    def typed(days: int) -> dict[str, str]:
        day = TODAY + dt.timedelta(days)
        return date(str(day.day), str(day.month), str(day.year))

    question = ask("date", config=config)
    assert clean(question, typed(allowed)).value
    assert words in clean(question, typed(refused)).errors[0][1]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_of_the_calendar_can_be_typed(day: dt.date) -> None:
    assert clean(ask("date"), date(str(day.day), str(day.month), str(day.year))).value == day.isoformat()


def test_a_wrong_date_keeps_its_boxes_and_marks_the_wrong_one() -> None:
    question = ask("date")
    raw = date("31", "13", "2026")
    field = question_types.get("date").field(question, raw, clean(question, raw).errors, ada, name="q-q")
    assert [part.value for part in field.parts] == ["31", "13", "2026"]
    assert [bool(part.error) for part in field.parts] == [False, True, False]
    assert field.focus_id == "q-q-month"


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("mb14qt", "MB1 4QT"), ("MB1  4QT", "MB1 4QT"), ("ec1a1bb", "EC1A 1BB"), ("10115", "10115"), ("", "")],
)
def test_a_postcode_is_tidied_where_it_is_british(typed: str, tidied: str) -> None:
    value = clean(ask("address"), {"line1": "1 High Street", "postcode": typed}).value
    assert value["postcode"] == tidied
    assert tidy_postcode(tidied) == tidied


@pytest.mark.parametrize("typed", ["Ada needs a calm, small class.", "<b>", "1234567890123"])
def test_what_can_be_no_postcode_of_any_country_is_not_taken(typed: str) -> None:
    wrong = clean(ask("address"), {"line1": "1 High Street", "postcode": typed})
    assert dict(wrong.errors) == {
        "postcode": "Enter a postcode, such as AA3 1AB. Leave it empty if there is none"
    }


def test_a_required_address_needs_a_line_and_a_town_and_says_so_at_the_box() -> None:
    question = ask("address", Level.REQUIRED)
    wrong = clean(question, {"postcode": "MB1 4QT"})
    assert dict(wrong.errors) == {
        "line1": "Enter the first line of the address",
        "town": "Enter the town or city",
    }
    assert not clean(question, {"line1": "1 High Street", "town": "Berlin"}).errors
    assert not clean(ask("address"), {"line1": "1 High Street"}).errors, (
        "who need not answer may answer in part"
    )


@pytest.mark.parametrize("typed", [{"postcode": "ZZZ 999"}, {"town": "Millbrook"}])
def test_an_address_without_its_first_line_leads_nowhere(typed: dict[str, str]) -> None:
    assert dict(clean(ask("address"), typed).errors) == {"line1": "Enter the first line of the address"}


def test_an_address_is_shown_a_line_a_part() -> None:
    value = {"line1": "14 Mill Lane", "line2": "", "town": "Millbrook", "county": "", "postcode": "MB1 4QT"}
    assert question_types.get("address").nodes(ask("address"), value, ada) == [
        "14 Mill Lane",
        "Millbrook",
        "MB1 4QT",
    ]


def test_a_part_of_an_address_has_its_limit() -> None:
    wrong = clean(ask("address"), {"line1": "x" * 101})
    assert wrong.errors[0][0] == "line1"
    assert "Address line 1 must be 100 characters or fewer" in wrong.errors[0][1]


def test_a_file_question_is_answered_by_the_files_that_are_there() -> None:
    question = ask("file", Level.REQUIRED, config={"most": 2, "kinds": ["pdf", "jpg"]})
    assert clean(question, ["a"]).value == ["a"]
    kind = question_types.get("file")
    field = kind.field(question, ["a", "b"], (), ada, name="q-q")
    assert field.full
    assert field.accept == ".pdf,.jpg,.jpeg"
    assert not kind.field(question, ["a"], (), ada, name="q-q").full


def test_guidance_asks_nothing_and_puts_the_name_in_as_text() -> None:
    question = Question("g", "guidance", "About {child}", config={"text": "<p>Help for <b>{child}</b>.</p>"})
    kind = question_types.get("guidance")
    assert kind.operators == frozenset()
    assert clean(question, "anything") == Cleaned(is_empty=True)
    field = kind.field(question, None, (), lambda text: text.replace("{child}", "<i>Ada"), name="q-g")
    assert [run.text for block in field.nodes for run in block.runs] == ["Help for ", "<i>Ada", "."]


def test_all_types_are_registered_once() -> None:
    fresh: Registry[QuestionType] = Registry("question types")
    builtin.register(fresh)
    assert list(fresh) == list(question_types)
    with pytest.raises(AlreadyRegistered):
        builtin.register(fresh)


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("type", sorted(question_types))
@example(raw={"..": None})
@given(raw=SHAPES)
def test_an_answer_of_a_strange_shape_counts_or_is_refused_and_can_be_shown(type: str, raw: Any) -> None:
    question = ask(type, Level.REQUIRED, options=PETS)
    kind = question_types.get(type)
    cleaned = kind.clean(question, raw, TODAY)

    if cleaned.errors or cleaned.is_empty:
        assert cleaned.value is None
    else:
        assert cleaned.value is not None
        assert json.loads(json.dumps(cleaned.value)) == cleaned.value
    assert all(part in {"", *kind.parts} and message for part, message in cleaned.errors)
    assert all(isinstance(line, str) for line in kind.nodes(question, cleaned.value, ada))
    assert kind.field(question, raw, cleaned.errors, ada, name="q-q").name == "q-q"


@pytest.mark.parametrize("type", ["one_of", "one_of_many", "yes_no"])
@given(raw=SHAPES | st.sampled_from(["dog", "cat", "yes", "no"]))
def test_only_an_answer_that_is_offered_can_be_chosen(type: str, raw: Any) -> None:
    offered = ("yes", "no") if type == "yes_no" else ("dog", "cat")
    assert clean(ask(type, options=() if type == "yes_no" else PETS), raw).value == (
        raw if raw in offered else None
    )
