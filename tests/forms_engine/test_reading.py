"""Amounts, times and months as people write them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.rules.operators import is_iso_time
from forms_engine.rules.reading import Half, clock, month, pounds


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£1,234.50", "1234.50"),
        ("1234.5", "1234.50"),
        ("£ 1 234", "1234.00"),
        ("50p", "0.50"),
        ("£0", "0.00"),
        ("-£5", "-5.00"),
        ("\uff11\uff12", "12.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str) -> None:
    assert str(pounds(typed)) == amount


@pytest.mark.parametrize(
    "typed", ["12,50", "1,23,456", "£", "1.234", "1e5", "NaN", "-£-5", "twelve", "£1,000,0", "½"]
)
def test_what_could_mean_two_amounts_is_none(typed: str) -> None:
    assert pounds(typed) is None


@given(st.integers(-(10**13), 10**13), st.booleans(), st.booleans())
def test_every_amount_is_read_to_the_penny(pence: int, commas: bool, sign: bool) -> None:
    whole = f"{abs(pence) // 100:{',' if commas else ''}}"
    typed = f"{'-' if pence < 0 else ''}{'£' if sign else ''}{whole}.{abs(pence) % 100:02d}"

    expected = None if len(whole) > 12 and not commas else Decimal(pence) / 100
    assert pounds(typed) == expected or (expected == 0 and pounds(typed) == 0)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("7.52pm", "19:52"),
        ("7:52 p.m.", "19:52"),
        ("7 o’clock pm", "19:00"),
        ("752pm", "19:52"),
        ("19:52", "19:52"),
        ("1952", "19:52"),
        ("07:52", "07:52"),
        ("10:30", "10:30"),
        ("noon", "12:00"),
        ("12 midday", "12:00"),
        ("12am", "00:00"),
        ("midnight", "00:00"),
        ("12.05 AM", "00:05"),
        ("19:52pm", "19:52"),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, time: str) -> None:
    assert clock(typed) == time


@pytest.mark.parametrize("typed", ["7:52", "7", "3.15", "315"])
def test_a_time_that_may_be_morning_or_afternoon_is_asked_for_again(typed: str) -> None:
    assert clock(typed) is Half.UNKNOWN


@pytest.mark.parametrize(
    "typed", ["24:00", "7:60", "19:52am", "seven", "7.5pm", "7 noon", "-7pm", "\u0667pm", ":30", "pm"]
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert clock(typed) is None


@given(st.times(), st.sampled_from(["%I:%M%p", "%I.%M %p", "%H:%M", "%H%M", "%-I:%M%p"]))
def test_every_minute_of_the_day_can_be_typed(time: dt.time, way: str) -> None:
    assert clock(time.strftime(way)) == time.strftime("%H:%M")


def test_a_time_may_be_typed_in_the_words_of_another_language() -> None:
    words = {"yb": "am", "yp": "pm", "hanner dydd": "midday"}
    assert clock("7.52yp", words) == "19:52"
    assert clock("Hanner Dydd", words) == "12:00"
    assert clock("7.52pm", words) == "19:52"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3", 3), ("03", 3), ("Mar", 3), ("MARCH", 3), ("sept", 9), (" june ", 6), ("12", 12)],
)
def test_months_are_read_by_number_and_by_name(typed: str, number: int) -> None:
    assert month(typed) == number


@pytest.mark.parametrize("typed", ["0", "13", "ju", "marched", "juncture", "", "00003", "\u0663"])
def test_what_is_no_month_is_nought(typed: str) -> None:
    assert month(typed) == 0


def test_a_month_may_be_named_in_another_language_and_in_english_too() -> None:
    welsh = [
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ]  # fmt: skip
    assert [month(name, welsh) for name in welsh] == list(range(1, 13))
    assert month("march", welsh) == 3


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert pounds(text) is None or pounds(text) == pounds(text).quantize(Decimal("0.01"))  # type: ignore[union-attr]
    found = clock(text)
    assert found in (None, Half.UNKNOWN) or is_iso_time(str(found))
    assert 0 <= month(text) <= 12
