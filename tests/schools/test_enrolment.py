"""Which school a child is at, on a day."""

import datetime as dt

import pytest
from django.db import IntegrityError

from schools.models import Enrolment
from tests.factories import ChildFactory, SchoolFactory

pytestmark = pytest.mark.django_db

SEPTEMBER, JULY = dt.date(2025, 9, 1), dt.date(2026, 7, 20)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        pytest.param(SEPTEMBER - dt.timedelta(days=1), False, id="the day before the first"),
        pytest.param(SEPTEMBER, True, id="the first day"),
        pytest.param(JULY, True, id="the last day"),
        pytest.param(JULY + dt.timedelta(days=1), False, id="the day after the last"),
    ],
)
def test_a_child_is_on_the_roll_from_the_first_day_to_the_last(day: dt.date, there: bool) -> None:
    child, school = ChildFactory(), SchoolFactory()
    Enrolment.objects.create(child=child, school=school, since=SEPTEMBER, until=JULY)
    assert child.school_on(day) == (school if there else None)


def test_without_an_end_the_child_is_still_there() -> None:
    school = SchoolFactory()
    assert ChildFactory(school=school).school_on(dt.date(2030, 1, 1)) == school


def test_no_enrolment_ends_before_it_begins() -> None:
    with pytest.raises(IntegrityError):
        Enrolment.objects.create(child=ChildFactory(), school=SchoolFactory(), since=JULY, until=SEPTEMBER)


def test_a_child_is_on_the_roll_of_a_school_once() -> None:
    child, school = ChildFactory(), SchoolFactory()
    Enrolment.objects.create(child=child, school=school, since=SEPTEMBER, until=JULY)
    Enrolment.objects.create(child=child, school=school, since=JULY)
    with pytest.raises(IntegrityError):
        Enrolment.objects.create(child=child, school=school, since=JULY)


def test_logs_and_choosers_print_no_name() -> None:
    child = ChildFactory(first_name="Ada")
    assert "Ada" not in str(child)
    assert child.called == "Ada"
    child.known_as = "Addie"
    assert child.called == "Addie"
