"""The family home: what is to do first, then every child once, whatever opens it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casework.models import Action, Case
from core.dates import today
from families.models import ChildLink
from schools.models import Membership, School
from tests.factories import (
    ActionFactory,
    CaseAccessFactory,
    CaseFactory,
    ChildFactory,
    ChildLinkFactory,
    FormFactory,
    SchoolFactory,
)
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def oakfield(db: None) -> School:
    return SchoolFactory(name="Oakfield Primary School")


@pytest.fixture
def adas_case(sam_parent: User, oakfield: School) -> Case:
    """The draft plan went out; Sam is linked at school and may open the case."""
    child = ChildFactory(first_name="Ada", school=oakfield)
    ChildLinkFactory(person=sam_parent, child=child)
    case = CaseFactory(drafted=True, child=child)
    CaseAccessFactory(case=case, person=sam_parent)
    return case


def shown(signed_in_client: SignIn, person: User) -> str:
    html = signed_in_client(person).get("/family/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def ask(case: Case, person: User, title: str = "", days: int = 6) -> Action:
    form = FormFactory(title=title) if title else FormFactory(preference=True)
    due = today() + dt.timedelta(days=days)
    return ActionFactory(case=case, assignment__form=form, assignment__addressee=person, assignment__due=due)


@pytest.mark.capability("B18")
def test_the_dashboard_is_linked_under_each_childs_name(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    page = signed_in_client(sam_parent).get("/family/").content.decode()
    assert f'href="/cases/{adas_case.pk}/"' in page
    said = shown(signed_in_client, sam_parent)
    assert "Ada Oakfield Primary School SEND dashboard for Ada Draft plan." in said


def test_a_form_that_waits_is_her_turn_and_names_the_child(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    action = ask(adas_case, sam_parent)
    page = signed_in_client(sam_parent).get("/family/").content.decode()
    assert "Tell us what you think of Ada’s draft plan" in page
    assert f'href="/forms/assignments/{action.assignment_id}/"' in page


def test_what_is_due_first_is_the_turn_and_the_rest_is_listed_by_its_last_day(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    bens = CaseFactory(drafted=True, child=ChildFactory(first_name="Ben"))
    CaseAccessFactory(case=bens, person=sam_parent)
    ask(adas_case, sam_parent, "Third", days=9)
    ask(bens, sam_parent, "Second", days=5)
    ask(bens, sam_parent, "First", days=2)
    said = shown(signed_in_client, sam_parent)
    assert "Fill in “First” for Ben" in said
    assert re.search(r"Also to do Second Ben by .*Third Ada by", said)


@pytest.mark.capability("A18", "A21")
def test_a_link_at_school_opens_no_case(signed_in_client: SignIn, adas_case: Case, alex_parent: User) -> None:
    ChildLinkFactory(person=alex_parent, child=adas_case.child)
    said = shown(signed_in_client, alex_parent)
    assert "Ada Oakfield Primary School No SEND case of Ada is open to you." in said
    assert "dashboard" not in said


def test_a_case_without_a_link_at_school_shows_the_child_without_the_school(
    signed_in_client: SignIn, adas_case: Case, pat_advocate: User
) -> None:
    CaseAccessFactory(case=adas_case, person=pat_advocate, capacity="professional")
    said = shown(signed_in_client, pat_advocate)
    assert "Ada SEND dashboard for Ada" in said
    assert "Oakfield" not in said


def test_what_has_ended_is_gone(signed_in_client: SignIn, adas_case: Case, sam_parent: User) -> None:
    yesterday = today() - dt.timedelta(days=1)
    ChildLink.objects.update(until=yesterday)
    adas_case.access.update(until=yesterday)
    assert "Ada" not in shown(signed_in_client, sam_parent)


def test_somebody_with_nothing_is_told_how_a_case_is_opened(
    signed_in_client: SignIn, adas_case: Case, noor_stranger: User
) -> None:
    said = shown(signed_in_client, noor_stranger)
    assert "Nothing is waiting for you." in said
    assert "after checking who they are" in said
    assert "Ada" not in said


def test_a_young_person_is_spoken_to_as_you(
    signed_in_client: SignIn, yusuf_young: User, oakfield: School
) -> None:
    yusuf = ChildFactory(first_name="Yusuf", school=oakfield)
    ChildLinkFactory(person=yusuf_young, child=yusuf, relationship=ChildLink.SELF)
    said = shown(signed_in_client, yusuf_young)
    assert "Your school and your support You Oakfield" in said
    assert "No SEND case of yours is open." in said
    assert "Your children" not in said
    case = CaseFactory(requested=True, child=yusuf)
    CaseAccessFactory(case=case, person=yusuf_young, capacity="young-person")
    ActionFactory(case=case, assignment__addressee=yusuf_young)
    ActionFactory(case=case, assignment__addressee=yusuf_young, assignment__form=FormFactory())
    said = shown(signed_in_client, yusuf_young)
    assert "Your SEND dashboard" in said
    assert "For you" in said
    assert said.count("Yusuf") == said.count("Hello Yusuf") + said.count("Yusuf Young")


def test_a_professional_is_not_told_that_the_children_are_hers(
    signed_in_client: SignIn, adas_case: Case, noor_stranger: User
) -> None:
    User.objects.filter(pk=noor_stranger.pk).update(is_professional=True)
    CaseAccessFactory(case=adas_case, person=noor_stranger)
    said = shown(signed_in_client, noor_stranger)
    assert "Cases that are open to you" in said
    assert "Your children" not in said


def test_school_staff_who_miss_something_ask_their_supervisor_first(
    signed_in_client: SignIn, harper_head: User, oakfield: School
) -> None:
    Membership.objects.create(person=harper_head, school=oakfield, since=today())
    assert "Ask your school’s supervisor, or call us" in shown(signed_in_client, harper_head)


def test_school_staff_see_their_school_and_no_child(
    signed_in_client: SignIn, adas_case: Case, harper_head: User, oakfield: School
) -> None:
    Membership.objects.create(
        person=harper_head, school=oakfield, standing=Membership.Standing.SUPERVISOR, since=today()
    )
    said = shown(signed_in_client, harper_head)
    assert "See the forms that you can fill in" in said
    assert "Do you expect something that is not here? Call us" in said
    assert "Oakfield Primary School Your part here: Supervisor." in said
    assert "Ada" not in said


def test_a_supervisor_is_not_sent_to_her_own_schools_supervisor(
    signed_in_client: SignIn, harper_head: User, sol_bursar: User
) -> None:
    school = SchoolFactory()
    for person, standing in ((harper_head, Membership.Standing.SUPERVISOR), (sol_bursar, "standard")):
        Membership.objects.create(person=person, school=school, standing=standing, since=today())

    assert "Ask your school’s supervisor" not in signed_in_client(harper_head).get("/family/").text
    assert "Ask your school’s supervisor" in signed_in_client(sol_bursar).get("/family/").text


def test_staff_without_a_child_here_are_led_to_their_own_pages(
    signed_in_client: SignIn, casey_worker: User
) -> None:
    assert signed_in_client(casey_worker).get("/family/").headers["Location"] == "/admin/"


def test_it_costs_the_same_queries_for_one_child_and_for_six(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    client = signed_in_client(sam_parent)
    client.get("/family/")
    with counted_queries() as one:
        client.get("/family/")
    for number in range(5):
        case = CaseFactory(drafted=True, child=ChildFactory(first_name=f"Kim {number}"))
        CaseAccessFactory(case=case, person=sam_parent)
        ChildLinkFactory(person=sam_parent, child=case.child)
        ask(case, sam_parent, f"Form {number}")
    with counted_queries() as six:
        client.get("/family/")
    assert len(six) == len(one) <= 12


@pytest.mark.parametrize(
    ("person", "lands"),
    [
        ("sam_parent", "/family/"),
        ("harper_head", "/family/"),
        ("casey_worker", "/admin/"),
        ("morgan_manager", "/admin/"),
        ("erin_editor", "/admin/"),
        ("admin", "/admin/"),
    ],
)
def test_everybody_lands_where_their_work_is(
    person: str, lands: str, request: pytest.FixtureRequest, signed_in_client: SignIn
) -> None:
    response = signed_in_client(request.getfixturevalue(person)).get("/start/")
    assert response.headers["Location"] == lands


def test_the_family_home_needs_both_steps_of_signing_in(client: Client, sam_parent: User) -> None:
    client.force_login(sam_parent, backend="accounts.backends.EmailBackend")
    assert client.get("/family/").headers["Location"].startswith("/sign-in/")
