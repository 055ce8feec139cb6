"""Texts, email addresses, phone numbers, numbers: what is taken, and what is said of what is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned, tidy

HUGE = 2_000_000


def ask(type: str, level: Level = Level.OPTIONAL, **more: Any) -> Question:
    config = more.pop("config", {})
    return Question("q", type, "Your {child}", level=level, config=config, **more)


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw)


def message(cleaned: Cleaned) -> str:
    assert len(cleaned.errors) == 1
    return cleaned.errors[0][1]


TEXTS = ["short_text", "long_text", "email", "phone", "number"]


@pytest.mark.parametrize("type", TEXTS)
@pytest.mark.parametrize("raw", ["", "   ", "\r\n\t", "\u200b", None, [], {"day": "1"}])
def test_nothing_typed_is_empty_and_only_wrong_where_it_is_required(type: str, raw: Any) -> None:
    assert clean(ask(type), raw) == Cleaned(is_empty=True)
    assert clean(ask(type, Level.ADVISED), raw) == Cleaned(is_empty=True)
    missing = clean(ask(type, Level.REQUIRED), raw)
    assert missing.is_empty
    assert not missing.is_invalid
    assert message(missing) == "Enter an answer to “Your {child}”"


def test_the_editors_own_words_come_first_where_an_answer_is_missing() -> None:
    assert message(clean(ask("email", Level.REQUIRED, error="Enter your email address"), "")) == (
        "Enter your email address"
    )


def test_a_line_is_tidied() -> None:
    assert clean(ask("short_text"), "  Ada\r\n  Parent\t\x00 ").value == "Ada Parent"


def test_line_breaks_of_every_kind_count_as_one_character() -> None:
    assert clean(ask("long_text"), "a\r\nb\rc\nd").value == "a\nb\nc\nd"
    assert not clean(ask("long_text", config={"max_length": 3}), "a\r\nb").errors


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x7f", "\x85", "\ud800"])
def test_characters_that_a_database_refuses_are_dropped(bad: str) -> None:
    assert clean(ask("long_text"), f"a{bad}b").value == "ab"


@pytest.mark.parametrize(
    ("type", "length", "limit"), [("short_text", 201, "200"), ("long_text", 5001, "5,000")]
)
def test_one_character_too_many_is_said_as_such(type: str, length: int, limit: str) -> None:
    assert not clean(ask(type), "x" * (length - 1)).errors
    too_long = clean(ask(type), "x" * length)
    assert too_long.is_invalid
    assert (
        message(too_long)
        == f"Your answer to “Your {{child}}” must be {limit} characters or fewer. You have 1 character too many."
    )


def test_an_emoji_counts_as_the_page_counts_it() -> None:
    assert clean(ask("short_text", config={"max_length": 2}), "😀").value == "😀"
    assert clean(ask("short_text", config={"max_length": 1}), "😀").errors


def test_words_are_counted_where_the_limit_is_in_words() -> None:
    question = ask("long_text", config={"max_words": 3})
    assert not clean(question, "one  two\nthree").errors
    assert "3 words or fewer. You have 2 words too many" in message(clean(question, "1 2 3 4 5"))


@pytest.mark.parametrize("type", TEXTS)
@pytest.mark.parametrize("piece", ["x", " ", "\r\n", "a@", "1", ".", "\x00", "a." * 5, "٣"])
def test_two_million_characters_are_answered(type: str, piece: str) -> None:
    # A regular expression that goes back and forth would not come back from this for hours.
    raw = piece * (HUGE // len(piece))
    cleaned = clean(ask(type, config={"max_words": 10} if type == "long_text" else {}), raw)
    assert cleaned.is_empty or cleaned.is_invalid


@pytest.mark.parametrize(
    "address",
    ["sam@example.org", "sam.o'parent+school@mail.example.co.uk", "zoë@bücher.example", "a@b-c.museum"],
)
def test_email_addresses_are_taken(address: str) -> None:
    assert clean(ask("email"), f" {address} ").value == address


@pytest.mark.parametrize(
    "address",
    [
        "sam",
        "sam.example.org",
        "@example.org",
        "sam@",
        "sam@example",
        "sam@.org",
        "sam@example..org",
        "sam@-example.org",
        "sam parent@example.org",
        "sam@two@example.org",
        "Sam <sam@example.org>",
        f"{'x' * 65}@example.org",
    ],
)
def test_what_is_no_email_address_is_kept_out_with_an_example(address: str) -> None:
    wrong = clean(ask("email"), address)
    assert wrong.is_invalid
    assert wrong.value is None
    assert "name@example.com" in message(wrong)


@pytest.mark.parametrize(
    ("typed", "value", "read"),
    [
        ("07700 900 982", "+447700900982", "07700 900982"),
        ("(01632) 960-001", "+441632960001", "01632 960001"),
        ("+44 (0) 808 157 0192", "+448081570192", "0808 157 0192"),
        ("0044.20.7946.0000", "+442079460000", "020 7946 0000"),
        ("+49 30/901820", "+4930901820", "+49 30 901820"),
        ("01632 960001 ext 12", "+441632960001 x12", "01632 960001 x12"),
        ("+1 (555) 010 9999", "+15550109999", "+1 555-010-9999"),
        ("0800 1111", "+448001111", "0800 1111"),
    ],
)
def test_a_phone_number_is_one_value_however_it_was_typed(typed: str, value: str, read: str) -> None:
    kind = question_types.get("phone")
    assert clean(ask("phone"), typed).value == value
    assert kind.nodes(ask("phone"), value, str) == [read]
    assert clean(ask("phone"), value).value == value


def test_a_number_that_was_kept_in_another_form_is_shown_as_it_is() -> None:
    assert question_types.get("phone").nodes(ask("phone"), "ring the office", str) == ["ring the office"]
    assert question_types.get("phone").nodes(ask("phone"), "(01632) 960-001", str) == ["01632 960001"]


@pytest.mark.parametrize(
    "number",
    ["12345", "call me", "0" * 16, "07700 900 98x", "+", "+44+7700900982", "999", "07700 900982 or 3"],
)
def test_what_is_no_phone_number_is_kept_out(number: str) -> None:
    assert clean(ask("phone"), number).is_invalid


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("1,250", 1250),
        ("007", 7),
        ("1 000", 1000),
        ("1,250,000", 1250000),
        ("4.0", 4),
        ("\uff11\uff12", 12),
    ],
)
def test_numbers_are_taken_as_people_write_them(typed: str, value: int) -> None:
    assert clean(ask("number"), typed).value == value


def test_decimals_are_kept_exactly_where_the_question_allows_them() -> None:
    question = ask("number", config={"decimals": 2})
    assert clean(question, "0.10").value == "0.10"
    assert clean(question, "0.123").errors
    assert "a whole number" in message(clean(ask("number"), "0.5"))


@pytest.mark.parametrize(
    "typed", ["twelve", "1e5", "0x10", "1.2.3", "2,5", "1,00", "2 5", "1,2345", "NaN", "--1", "9" * 16, "½"]
)
def test_what_is_no_number_is_kept_out(typed: str) -> None:
    assert clean(ask("number"), typed).is_invalid


@pytest.mark.parametrize(
    ("config", "typed", "words"),
    [
        ({"minimum": 1, "maximum": 5}, "6", "must be between 1 and 5"),
        ({"minimum": 1, "maximum": 5}, "0", "must be between 1 and 5"),
        ({"minimum": 1}, "0", "must be 1 or more"),
        ({"maximum": 5}, "6", "must be 5 or less"),
    ],
)
def test_a_number_out_of_bounds_is_told_the_bounds(config: dict[str, int], typed: str, words: str) -> None:
    assert words in message(clean(ask("number", config=config), typed))


def test_large_numbers_are_shown_with_their_thousands() -> None:
    assert question_types.get("number").nodes(ask("number"), 12500, str) == ["12,500"]


def test_a_long_answer_is_shown_a_line_a_text() -> None:
    assert question_types.get("long_text").nodes(ask("long_text"), "a\n\nb", str) == ["a", "", "b"]


@given(st.text())
def test_what_was_tidied_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\r" not in once
    assert "\x00" not in once


@pytest.mark.parametrize("type", TEXTS)
def test_the_box_still_holds_what_was_typed_wrongly(type: str) -> None:
    question = ask(type, hint="About {child}")
    field = question_types.get(type).field(
        question, "<b>wrong", (("", "Mend {child}"),), lambda text: text.replace("{child}", "Ada"), name="q-q"
    )
    assert field.value == "<b>wrong"
    assert (field.label, field.hint, field.error) == ("Your Ada", "About Ada", "Mend Ada")
    assert field.optional
