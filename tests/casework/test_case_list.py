"""The register of cases costs a caseworker the same number of queries, however many cases there are."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Team, User
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event
from core.dates import today
from schools.models import Child, Enrolment, School
from tests.queries import counted_queries

MOST_QUERIES = 15
LIST = reverse("casework_case_modeladmin_index")


@pytest.fixture
def casey(casey_worker: User, signed_in_client: Callable[[User], Client]) -> Client:
    return signed_in_client(casey_worker)


def make_cases(count: int, caseworker: User) -> None:
    """Cases of team North, each of a child of its own at a school, the request in and the assessment agreed."""
    team, day = Team.objects.get(name="North"), today()
    school, _made = School.objects.get_or_create(name="Oakfield Primary School")
    born = dt.date(2019, 3, 4)
    children = Child.objects.bulk_create(
        Child(first_name="Ada", last_name=f"Child {number}", date_of_birth=born) for number in range(count)
    )
    Enrolment.objects.bulk_create(
        Enrolment(child=child, school=school, since=day - dt.timedelta(400)) for child in children
    )
    cases = Case.objects.bulk_create(
        Case(child=child, team=team, caseworker=caseworker) for child in children
    )
    for event, days_ago in ((Event.REQUEST_RECEIVED, 60), (Event.ASSESSMENT_AGREED, 30)):
        CaseEvent.objects.bulk_create(
            CaseEvent(case=case, event=event.value, day=day - dt.timedelta(days_ago)) for case in cases
        )


@pytest.mark.parametrize("count", [10, 10_000])
def test_the_list_costs_the_same_with_ten_cases_and_ten_thousand(
    casey: Client, casey_worker: User, count: int
) -> None:
    make_cases(count, casey_worker)
    casey.get(LIST)  # sessions and settings are in the cache from here on
    for address in (LIST, f"{LIST}?worker=me", f"{LIST}?q=Child"):
        with counted_queries() as queries:
            page = casey.get(address)
        assert "Oakfield Primary School" in page.content.decode(), address
        assert len(queries) <= MOST_QUERIES, "\n".join([address, *queries])
