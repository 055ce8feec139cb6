"""The register of cases: what is due first stands first, however it is narrowed, and only one's own teams'."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casework.models import Case
from casework.rules.timetable import Event
from core.dates import today
from schools.models import Enrolment
from tests.factories import ActionFactory, CaseFactory, ChildFactory, SchoolFactory, TeamFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
REGISTER = "/admin/casework/case/"


def requested(days_ago: int, name: str, **more: object) -> Case:
    """A case of team North whose request came so many days ago: due 41 days after it."""
    day = today() - dt.timedelta(days=days_ago)
    child = ChildFactory(first_name=name, last_name="Okapi")
    return CaseFactory(child=child, events={Event.REQUEST_RECEIVED: day}, **more)


@pytest.fixture
def norths(casey_worker: User) -> list[Case]:
    """As they are due: late, tomorrow, in a month, never."""
    return [
        requested(60, "Late"),
        requested(40, "Tomorrow", caseworker=casey_worker),
        requested(10, "Later", caseworker=casey_worker),
        CaseFactory(child=ChildFactory(first_name="Never", last_name="Okapi")),
    ]


def listed(client: Client, query: str = "") -> list[str]:
    """The first names in the order of the rows."""
    page = client.get(REGISTER + query).content.decode()
    names = ("Late", "Tomorrow", "Later", "Never", "Closed", "South")
    found = {name: page.find(f"<b>{name} Okapi</b>") for name in names}
    return sorted((name for name in names if found[name] >= 0), key=lambda name: found[name])


def test_of_two_schools_the_register_names_the_one_joined_last_as_the_case_does(
    signed_in_client: SignIn, casey_worker: User, norths: list[Case]
) -> None:
    child, day = norths[0].child, today()
    last, earlier = SchoolFactory(name="Joined last"), SchoolFactory(name="Joined before")
    Enrolment.objects.create(child=child, school=last, since=day - dt.timedelta(9))
    until = day + dt.timedelta(9)
    Enrolment.objects.create(child=child, school=earlier, since=day - dt.timedelta(99), until=until)
    page = signed_in_client(casey_worker).get(REGISTER).content.decode()
    assert child.school_on(day) == last
    assert "Joined last" in page
    assert "Joined before" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("", ["Late", "Tomorrow", "Later", "Never"], id="all that are open"),
        pytest.param("?q=Okapi", ["Late", "Tomorrow", "Later", "Never"], id="searched"),
        pytest.param("?q=Okapi&o=1", ["Late", "Tomorrow", "Later", "Never"], id="no other order"),
        pytest.param("?worker=me", ["Tomorrow", "Later"], id="mine"),
        pytest.param("?worker=none", ["Late", "Never"], id="nobody's"),
        pytest.param("?due=late", ["Late"], id="late"),
        pytest.param("?due=soon", ["Tomorrow"], id="in a week"),
        pytest.param("?due=today", [], id="today"),
        pytest.param("?due=none", ["Never"], id="nothing due"),
        pytest.param("?worker=me&due=soon&q=Okapi", ["Tomorrow"], id="all at once"),
        pytest.param("?state=closed", ["Closed"], id="closed"),
        pytest.param("?state=all", ["Late", "Tomorrow", "Later", "Closed", "Never"], id="open and closed"),
        pytest.param("?worker=nonsense", ["Late", "Tomorrow", "Later", "Never"], id="an unknown choice"),
    ],
)
def test_what_is_due_first_stands_first_however_it_is_narrowed(
    signed_in_client: SignIn, casey_worker: User, norths: list[Case], query: str, names: list[str]
) -> None:
    requested(60, "Closed", closed_on=today())
    found = listed(signed_in_client(casey_worker), query)
    assert sorted(found) == sorted(names)
    assert [name for name in found if name not in ("Closed", "Never")] == [
        name for name in names if name not in ("Closed", "Never")
    ]


@pytest.mark.capability("A32")
def test_another_teams_cases_are_neither_listed_nor_offered_as_choices(
    signed_in_client: SignIn, robin_worker: User, norths: list[Case]
) -> None:
    requested(60, "South", team=TeamFactory(name="South"), caseworker=robin_worker)
    client = signed_in_client(robin_worker)
    north = TeamFactory(name="North")
    for query in ("", "?q=Okapi", "?state=all", f"?team={north.pk}", f"?worker={norths[1].caseworker_id}"):
        assert listed(client, query) == ["South"], query
    page = client.get(REGISTER).content.decode()
    assert "Casey Worker" not in page
    assert "North" not in page


def test_a_manager_sees_all_teams_and_can_choose_one(
    signed_in_client: SignIn, morgan_manager: User, norths: list[Case]
) -> None:
    south = requested(60, "South", team=TeamFactory(name="South"))
    client = signed_in_client(morgan_manager)
    assert len(listed(client)) == 5
    assert listed(client, f"?team={south.team_id}") == ["South"]


@pytest.mark.parametrize("person", ["erin_editor", "admin"])
def test_who_runs_no_cases_has_no_menu_of_them(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn, norths: list[Case]
) -> None:
    client = signed_in_client(request.getfixturevalue(person))
    assert REGISTER not in client.get("/admin/").content.decode()
    assert "Okapi" not in client.get(REGISTER, follow=True).content.decode()


def test_a_filter_that_the_list_does_not_offer_is_refused(
    signed_in_client: SignIn, casey_worker: User, norths: list[Case]
) -> None:
    client = signed_in_client(casey_worker)
    assert client.get(f"{REGISTER}?caseworker__password__startswith=a").status_code == 400


def test_each_row_says_what_is_owed_and_what_came_back(
    signed_in_client: SignIn, casey_worker: User, norths: list[Case]
) -> None:
    ActionFactory(case=norths[0], assignment__state="submitted")
    ActionFactory(case=norths[0])
    page = signed_in_client(casey_worker).get(f"{REGISTER}?due=late").content.decode()
    assert "Decide whether to assess" in page
    assert "days late" in page
    assert "1 came back" in page
    assert "1 with the family" in page


def test_a_search_without_a_match_says_so_and_leads_back(
    signed_in_client: SignIn, casey_worker: User, norths: list[Case]
) -> None:
    page = signed_in_client(casey_worker).get(f"{REGISTER}?q=zzzz").content.decode()
    assert "Nothing matches." in page
    assert f'<a href="{REGISTER}">Show the whole list</a>' in page


def test_the_export_has_the_rows_of_ones_own_teams_alone(
    signed_in_client: SignIn, robin_worker: User, norths: list[Case]
) -> None:
    south = requested(60, "South", team=TeamFactory(name="South"))
    response = signed_in_client(robin_worker).get(f"{REGISTER}?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode())))
    assert [row[0] for row in rows[1:]] == [south.reference]


def test_a_caseworkers_name_is_no_formula_in_the_export(
    signed_in_client: SignIn, morgan_manager: User, norths: list[Case]
) -> None:
    TeamFactory._meta.model.objects.filter(name="North").update(name="=cmd()")
    response = signed_in_client(morgan_manager).get(f"{REGISTER}?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode())))
    assert {row[1] for row in rows[1:]} == {"'=cmd()"}
