"""A day that staff type: in figures or with the month's name, the day always first."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from casework.admin.day_field import DayField
from core.dates import today


@pytest.mark.parametrize(
    "typed",
    [
        "3 4 2027",
        " 03/04/2027 ",
        "3.4.2027",
        "3-4-2027",
        "3 April 2027",
        "3 apr, 2027",
        pytest.param("2027-04-03", id="ISO form, as a machine writes it"),
    ],
)
def test_the_day_comes_first_however_it_is_written(typed: str) -> None:
    assert DayField().clean(typed) == dt.date(2027, 4, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "31 2 2027",
        "4 2027",
        "soon",
        "3 4 27",
        "3 13 2027",
        "3 4 12027",
        "0 4 2027",
        "3 4 2027 5",
        "-",
        "³ 4 2027",
    ],
)
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    day = today()
    with pytest.raises(ValidationError, match=f"such as {day.day} {day.month} {day.year}"):
        DayField().clean(typed)


def test_it_may_be_left_empty_where_it_is_not_required() -> None:
    assert DayField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        DayField().clean("")


def test_the_hint_stands_after_what_else_is_to_be_said() -> None:
    assert str(DayField(help_text="Leave it empty to keep it.").help_text).startswith(
        "Leave it empty to keep it. Day"
    )
