"""Money, numbers with a unit, months, times and names: what is taken, and what is said of what is not."""

import datetime as dt
from typing import Any

import pytest

from forms_engine.rules import condition_json
from forms_engine.rules.operators import Day
from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned

TODAY = dt.date(2026, 10, 20)
DAY = Day(TODAY)


def ask(type: str, level: Level = Level.OPTIONAL, **more: Any) -> Question:
    return Question("q", type, "How {child} is", level=level, **more)


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw, TODAY)


def shown(question: Question, value: Any) -> list[str]:
    return question_types.get(question.type).nodes(question, value, ada)


def field(question: Question, raw: Any = "") -> Any:
    return question_types.get(question.type).field(
        question, raw, clean(question, raw).errors, ada, name="q-q"
    )


def ada(text: str) -> str:
    return text.replace("{child}", "Ada")


@pytest.mark.parametrize(
    ("typed", "value", "read"),
    [
        ("£1,234.50", "1234.50", "£1,234.50"),
        ("75", "75.00", "£75"),
        ("50p", "0.50", "£0.50"),
        ("0", "0.00", "£0"),
    ],
)
def test_money_is_kept_to_the_penny_and_read_back_as_money(typed: str, value: str, read: str) -> None:
    assert clean(ask("money"), typed).value == value
    assert shown(ask("money"), value) == [read]


@pytest.mark.parametrize(
    ("config", "typed", "words"),
    [
        ({}, "12,50", "must be an amount in pounds, such as 75 or 1,234.50"),
        ({}, "-5", "must be £0 or more"),
        ({"minimum": 10}, "5", "must be £10 or more"),
        ({"minimum": 0.5, "maximum": 7400}, "7400.01", "must be between £0.50 and £7,400"),
        ({"minimum": -20}, "-20.01", "must be -£20 or more"),
    ],
)
def test_money_that_cannot_stand_is_told_what_to_do(config: dict[str, Any], typed: str, words: str) -> None:
    wrong = clean(ask("money", config=config), typed)
    assert wrong.is_invalid
    assert words in wrong.errors[0][1]


def test_conditions_compare_money_as_numbers() -> None:
    condition = condition_json.read({"question": "q", "op": "more-than", "value": 7400})
    assert condition.evaluate({"q": clean(ask("money"), "£7,400.01").value}, DAY) is True
    assert condition.evaluate({"q": clean(ask("money"), "£7,400").value}, DAY) is False


def test_the_pound_stands_before_the_box_and_the_unit_behind_it() -> None:
    assert (field(ask("money")).prefix, field(ask("money")).inputmode) == ("£", "decimal")
    unit = field(ask("number", config={"unit": "hours {child} sleeps"}))
    assert unit.suffix == "hours Ada sleeps"
    assert unit.described_by == "q-q-unit", "who does not see the unit hears it"


@pytest.mark.parametrize("typed", ["12", "12 kg", "12kg", "12 KG"])
def test_a_number_may_be_typed_with_its_unit(typed: str) -> None:
    question = ask("number", config={"unit": "kg"})
    assert clean(question, typed).value == 12
    assert shown(question, 12) == ["12 kg"]
    assert clean(question, "12 miles").is_invalid


def month(month: str, year: str) -> dict[str, str]:
    return {"month": month, "year": year}


@pytest.mark.parametrize("typed", [month("9", "2026"), month("Sept", "2026"), month(" september ", "2026")])
def test_a_month_is_typed_by_number_or_name(typed: dict[str, str]) -> None:
    question = ask("month")
    assert clean(question, typed).value == "2026-09"
    assert shown(question, "2026-09") == ["September 2026"]
    assert [part.id for part in field(question, typed).parts] == ["q-q-month", "q-q-year"]


@pytest.mark.parametrize(
    ("typed", "parts", "words"),
    [
        (month("", "2026"), ["month"], "must include a month"),
        (month("9", ""), ["year"], "must include a year"),
        (month("13", "2026"), ["month"], "must be a real month, such as 3 2026"),
        (month("9", "26"), ["year"], "must have 4 numbers"),
        (month("9", "1066"), [""], "must be a real month"),
        (month("x", "y"), ["month", "year"], "must be a real month"),
    ],
)
def test_a_wrong_month_names_its_wrong_boxes(typed: dict[str, str], parts: list[str], words: str) -> None:
    wrong = clean(ask("month"), typed)
    assert wrong.is_invalid
    assert [part for part, _message in wrong.errors] == parts
    assert all(words in message for _part, message in wrong.errors)


def test_a_month_keeps_to_its_side_of_this_month() -> None:
    before, after = ask("month", config={"when": "not-future"}), ask("month", config={"when": "not-past"})
    for question in (before, after):
        assert clean(question, month("10", "2026")).value == "2026-10"
    assert "this month or before" in clean(before, month("11", "2026")).errors[0][1]
    assert "this month or after" in clean(after, month("9", "2026")).errors[0][1]


def test_a_month_is_neither_before_nor_after_a_day_within_it() -> None:
    for op, day, answer in [
        ("before", "2026-09-15", False),
        ("after", "2026-09-15", False),
        ("before", "2026-10-01", True),
        ("after", "2026-08-31", True),
    ]:
        condition = condition_json.read({"question": "q", "op": op, "value": day})
        assert condition.evaluate({"q": "2026-09"}, DAY) is answer


@pytest.mark.parametrize(
    ("typed", "value", "read"), [("7.52pm", "19:52", "7:52pm"), ("noon", "12:00", "midday")]
)
def test_a_time_is_kept_in_the_24_hour_clock_and_read_back_as_people_say_it(
    typed: str, value: str, read: str
) -> None:
    assert clean(ask("time"), typed).value == value
    assert shown(ask("time"), value) == [read]


def test_a_time_that_cannot_stand_is_told_what_to_do() -> None:
    assert "such as 9:30am or 2:15pm" in clean(ask("time"), "later").errors[0][1]
    assert "3:15 am or 3:15 pm" in clean(ask("time"), "3:15").errors[0][1]
    assert field(ask("time")).hint == "For example, 9:30am or 2:15pm"
    assert field(ask("time", hint="When {child} gets up")).hint == "When Ada gets up"


def test_conditions_compare_times() -> None:
    late = condition_json.read({"question": "q", "op": "after", "value": "14:30"})
    assert late.evaluate({"q": "15:00"}, DAY) is True
    assert late.evaluate({"q": "09:00"}, DAY) is False


@pytest.mark.parametrize("name", ["Sam Parent", "Zoë O’Brien-Smith", "李小龙", "Md. Abu al-Hassan"])
def test_names_of_all_kinds_are_taken(name: str) -> None:
    assert clean(ask("full_name"), f" {name} ").value == name


def test_a_name_has_a_letter_and_at_most_100_characters() -> None:
    assert clean(ask("full_name"), "--").errors[0][1] == "Enter a full name, such as Sam Jones"
    assert "100 characters or fewer" in clean(ask("full_name"), "x" * 101).errors[0][1]
    assert field(ask("full_name")).autocomplete == "name"


@pytest.mark.parametrize("type", ["full_name", "signature"])
def test_a_full_name_is_no_web_address_whatever_the_browser_may_fill_in(type: str) -> None:
    for name in ("Click https://evil.example", "evil.example"):
        assert "A name cannot be a web address" in clean(ask(type), name).errors[0][1]
    assert clean(ask("full_name", config={"autocomplete": "off"}), "evil.example").is_invalid
    assert clean(ask("full_name"), "Dr. J.Smith").value == "Dr. J.Smith"


EMPTY = {"month": month("", " ")}


@pytest.mark.parametrize("type", ["money", "month", "time", "full_name"])
def test_nothing_typed_is_wrong_only_where_it_is_required(type: str) -> None:
    nothing = EMPTY.get(type, " ")
    assert clean(ask(type), nothing) == Cleaned(is_empty=True)
    assert clean(ask(type, Level.REQUIRED), nothing).errors == (("", "Enter an answer to “How {child} is”"),)
    own = ask(type, Level.REQUIRED, error="Say how {child} is")
    assert clean(own, nothing).errors == (("", "Say how {child} is"),)
    assert shown(ask(type), None) == []


@pytest.mark.parametrize("type", ["money", "time", "full_name"])
@pytest.mark.parametrize("piece", ["x", "1", ",", "1,", "£", "am", "\x00", "😀"])
def test_two_million_characters_are_answered(type: str, piece: str) -> None:
    cleaned = clean(ask(type), piece * (2_000_000 // len(piece)))
    assert cleaned.is_empty or cleaned.is_invalid


@pytest.mark.parametrize("type", ["money", "month", "time", "full_name"])
def test_the_box_still_holds_what_was_typed_wrongly(type: str) -> None:
    raw: Any = month("<b>", "x") if type == "month" else "<&>--"
    made = field(ask(type), raw)
    assert made.error
    assert [made.value, *(part.value for part in made.parts)] == (
        ["", "<b>", "x"] if type == "month" else [raw]
    )
