"""References and postcodes: what is taken, what is said of what is not, and how they read."""

from typing import Any

import pytest

from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned


def ask(type: str, level: Level = Level.OPTIONAL, **more: Any) -> Question:
    return Question("q", type, "Its number", level=level, **more)


def clean(question: Question, raw: Any) -> Cleaned:
    return question_types.get(question.type).clean(question, raw)


def field(question: Question, raw: str = "") -> Any:
    return question_types.get(question.type).field(
        question, raw, clean(question, raw).errors, str, name="q-q"
    )


SCN = {"config": {"shape": "scn"}}
NI = {"config": {"shape": "ni-number"}}
OWN = {"config": {"pattern": "EHC-9999"}}


@pytest.mark.parametrize(
    ("question", "typed", "value", "read"),
    [
        (ask("nhs_number"), "943 476 5919", "9434765919", "943 476 5919"),
        (ask("upn"), "p207 0000 16049", "P207000016049", "P207000016049"),
        (ask("reference", **SCN), "123 456 789", "123456789", "123456789"),
        (ask("reference", **NI), "ab123456c", "AB123456C", "AB 12 34 56 C"),
        (ask("reference", **OWN), "ehc 1234", "EHC-1234", "EHC-1234"),
        (ask("reference"), "any 1/2", "any 1/2", "any 1/2"),
        (ask("postcode"), "mb14qt", "MB1 4QT", "MB1 4QT"),
    ],
)
def test_a_reference_is_one_value_however_it_was_typed(
    question: Question, typed: str, value: str, read: str
) -> None:
    assert clean(question, typed).value == value
    assert clean(question, value).value == value
    assert question_types.get(question.type).nodes(question, value, str) == [read]


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        (ask("nhs_number"), "943 476", "must look like this: 999 000 0018"),
        (
            ask("nhs_number"),
            "943 476 5918",
            "Check your answer to “Its number”: one of its letters or numbers",
        ),
        (ask("upn"), "B207000016049", "Check your answer"),
        (ask("reference", **SCN), "12345678", "must look like this: 123456789"),
        (ask("reference", **NI), "BG123456A", "Check your answer"),
        (ask("reference", **OWN), "1234", "must look like this: EHC-1234"),
        (ask("reference"), "x" * 41, "40 characters or fewer"),
        (ask("postcode"), "MB1", "Enter a full UK postcode, such as AA3 1AB"),
        (ask("postcode"), "10115", "Enter a full UK postcode"),
    ],
)
def test_a_reference_that_cannot_stand_is_told_what_to_do(question: Question, typed: str, words: str) -> None:
    wrong = clean(question, typed)
    assert wrong.is_invalid
    assert words in wrong.errors[0][1]
    assert field(question, typed).value == typed


def test_the_box_fits_what_is_typed_and_gives_an_example() -> None:
    nhs = field(ask("nhs_number"))
    assert (nhs.inputmode, nhs.width, nhs.hint) == ("numeric", 20, "For example, 999 000 0018")
    own = field(ask("reference", hint="On the letter", **OWN))
    assert (own.inputmode, own.width, own.hint) == ("", 10, "On the letter")
    assert field(ask("postcode")).autocomplete == "postal-code"


@pytest.mark.parametrize("type", ["nhs_number", "upn", "reference", "postcode"])
def test_nothing_typed_is_wrong_only_where_it_is_required(type: str) -> None:
    assert clean(ask(type), " \u200b") == Cleaned(is_empty=True)
    assert clean(ask(type, Level.REQUIRED), "").errors == (("", "Enter an answer to “Its number”"),)
    assert clean(ask(type, Level.REQUIRED, error="Enter it"), "").errors == (("", "Enter it"),)
    assert question_types.get(type).nodes(ask(type), None, str) == []


@pytest.mark.parametrize("config", [SCN, NI, OWN, {}])
@pytest.mark.parametrize("piece", ["x", "9", " ", "-", "😀"])
def test_two_million_characters_are_answered(config: dict[str, Any], piece: str) -> None:
    cleaned = clean(ask("reference", **config), piece * 2_000_000)
    assert cleaned.is_empty or cleaned.is_invalid


def test_a_shape_that_went_with_its_app_leaves_what_was_typed_alone() -> None:
    assert clean(ask("reference", config={"shape": "gone"}), "12").value == "12"
