"""What case staff find on opening the admin: what is due first, the forms that came in, what was given up."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import DisabledAccount, User, bounces
from accounts.people import leaving
from casework.actions.withdraw_after_access import withdraw_after_access
from casework.admin.my_day import MOST_ROWS, MyDay, my_day
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event
from casework.wording import near_day
from core.closed_days import working_days
from core.dates import today
from forms_engine.models import Assignment
from tests.factories import ActionFactory, CaseFactory, ChildFactory, SubmissionFactory, TeamFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
REGISTER = "/admin/casework/case/"
MOST_QUERIES = 16  # two of them ask for her rights


def requested(days_ago: int, name: str, **more: object) -> Case:
    """A case of team North whose request came so many days ago: due 42 days after it."""
    child = ChildFactory(first_name=name, last_name="Okapi")
    day = today() - dt.timedelta(days=days_ago)
    return CaseFactory(child=child, events={Event.REQUEST_RECEIVED: day}, **more)


@pytest.fixture
def caseys(casey_worker: User) -> list[Case]:
    """As they are due: long late, late, today, this week, in a month, never. In no order."""
    ages = {"Month": 10, "Late": 50, "Today": 41, "Week": 38, "Longest": 70}
    never = CaseFactory(child=ChildFactory(first_name="Never", last_name="Okapi"), caseworker=casey_worker)
    return [*(requested(age, name, caseworker=casey_worker) for name, age in ages.items()), never]


def groups(day: MyDay) -> dict[str, list[str]]:
    return {group.heading: [row.case.child.first_name for row in group.rows] for group in day.due}


def tile(day: MyDay, name: str) -> tuple[int, str]:
    return next((tile.count, tile.url) for tile in day.tiles if tile.name == name)


def test_what_is_late_or_due_this_week_stands_there_the_first_due_first(
    casey_worker: User, caseys: list[Case]
) -> None:
    day = my_day(casey_worker, today())
    assert groups(day) == {"Yours to do": ["Longest", "Late", "Today", "Week"]}
    row = day.due[0].rows[0]
    assert (row.what, row.whose) == ("Decide whether to assess", "Us")


def test_what_waits_for_a_family_or_a_professional_stands_apart_with_whom_and_what_was_asked(
    casey_worker: User, caseys: list[Case], sam_parent: User, pat_advocate: User
) -> None:
    for person in (sam_parent, pat_advocate):
        ActionFactory(case=caseys[1], assignment__addressee=person)
    day = my_day(casey_worker, today())
    assert groups(day) == {"Yours to do": ["Longest", "Today", "Week"], "Waiting for others": ["Late"]}
    (row,) = day.due[1].rows
    assert set(row.whose.split(" and ")) == {"Sam Parent", "Pat Advocate"}
    assert row.asked == "Parental Preference Form, in 6 days"


def test_the_familys_days_to_comment_are_waited_for_though_no_form_was_asked(casey_worker: User) -> None:
    ages = {Event.REQUEST_RECEIVED: 135, Event.PLAN_AGREED: 20, Event.DRAFT_SERVED: 8}
    CaseFactory(events=ages, caseworker=casey_worker)
    (group,) = my_day(casey_worker, today()).due
    assert group.heading == "Waiting for others"
    assert (group.rows[0].whose, group.rows[0].asked) == ("The family", "comments on the draft plan")


def test_whoever_is_waited_for_stands_there_though_the_law_gives_weeks_yet(
    casey_worker: User, sam_parent: User
) -> None:
    case = requested(1, "Month", caseworker=casey_worker)
    ActionFactory(case=case, assignment__addressee=sam_parent)
    assert groups(my_day(casey_worker, today())) == {"Waiting for others": ["Month"]}


def test_a_case_without_a_draft_plan_is_flagged(signed_in_client: SignIn, casey_worker: User) -> None:
    ages = {Event.REQUEST_RECEIVED: 135, Event.ASSESSMENT_AGREED: 100, Event.PLAN_AGREED: 20}
    case = CaseFactory(events=ages, caseworker=casey_worker)
    client = signed_in_client(casey_worker)
    assert "No draft plan yet: it had to go by" in client.get("/admin/").content.decode()
    CaseEvent.objects.create(case=case, event=Event.DRAFT_SERVED.value, day=today())
    assert "No draft plan yet" not in client.get("/admin/").content.decode()


def test_draft_plans_that_are_lacking_stand_there_though_the_law_gives_weeks_yet(
    signed_in_client: SignIn, casey_worker: User, sam_parent: User
) -> None:
    agreed = {Event.REQUEST_RECEIVED: 110, Event.PLAN_AGREED: 5}
    for name, more in (
        ("Lacking", {}),
        ("Sent", {Event.DRAFT_SERVED: 2}),
        ("Refused", {Event.PLAN_REFUSED: 2}),
        ("Undecided", {Event.PLAN_AGREED: None}),
    ):
        days = {event: ago for event, ago in (agreed | more).items() if ago is not None}
        CaseFactory(child=ChildFactory(first_name=name), events=days, caseworker=casey_worker)
    asked = CaseFactory(child=ChildFactory(first_name="Asked"), events=agreed, caseworker=casey_worker)
    ActionFactory(case=asked, assignment__addressee=sam_parent, assignment__form__slug="trip-consent")
    day = my_day(casey_worker, today())
    assert groups(day)["No draft plan yet"] == ["Lacking"]
    group = next(group for group in day.due if group.heading == "No draft plan yet")
    last = working_days().last_by(today() + dt.timedelta(days=140 - 110 - 16))
    assert group.rows[0].draft == f"No draft plan yet: send it by {near_day(last, today())}"
    page = signed_in_client(casey_worker).get(group.url)
    assert page.context["paginator"].count == group.count == 1


def test_a_caseworker_sees_her_own_cases_and_a_manager_those_of_all_teams(
    casey_worker: User, robin_worker: User, morgan_manager: User, caseys: list[Case]
) -> None:
    requested(60, "South", team=TeamFactory(name="South"), caseworker=robin_worker)
    requested(60, "Nobodys")
    assert groups(my_day(casey_worker, today()))["Yours to do"] == ["Longest", "Late", "Today", "Week"]
    assert groups(my_day(robin_worker, today())) == {"Yours to do": ["South"]}
    managers = my_day(morgan_manager, today())
    everybodys = ["Late", "Longest", "Nobodys", "South", "Today", "Week"]
    assert sorted(groups(managers)["Yours to do"]) == everybodys
    assert tile(managers, "No caseworker") == (1, f"{REGISTER}?worker=none")


def test_each_count_leads_to_a_list_of_as_many(
    signed_in_client: SignIn, casey_worker: User, caseys: list[Case]
) -> None:
    sent = ActionFactory(case=caseys[0], assignment__state="submitted")
    SubmissionFactory(assignment=sent.assignment, given_up=True)
    ActionFactory(case=caseys[1])
    client, day = signed_in_client(casey_worker), my_day(casey_worker, today())
    counts = {tile.name: tile.count for tile in day.tiles}
    assert counts == {
        "Overdue": 2,
        "Due in 7 days": 2,
        "Forms to read": 1,
        "Did not arrive": 1,
    }
    lists = [(tile.count, tile.url) for tile in day.tiles if tile.url.startswith("/")]
    for count, url in [*lists, *((group.count, group.url) for group in day.due)]:
        assert client.get(url).context["paginator"].count == count, url


def test_counts_of_nothing_are_quiet_and_faults_that_there_are_none_of_are_left_out(
    signed_in_client: SignIn, casey_worker: User
) -> None:
    page = signed_in_client(casey_worker).get("/admin/").content.decode()
    assert page.count('class="case-counts--none"') == 3
    for fault in ("Did not arrive", "No caseworker", "the law’s date has passed"):
        assert fault not in page


def test_forms_that_came_in_and_are_not_accepted_stand_there_the_longest_waiting_first(
    casey_worker: User, caseys: list[Case], sam_parent: User
) -> None:
    for case, days in ((caseys[0], 1), (caseys[1], 5)):
        sent = ActionFactory(case=case, assignment__state="submitted", assignment__addressee=sam_parent)
        when = timezone.now() - dt.timedelta(days=days)
        SubmissionFactory(assignment=sent.assignment, submitted_at=when)
    ActionFactory(case=caseys[0], assignment__state="accepted")
    came = my_day(casey_worker, today()).came
    assert [(row.action.case.child.first_name, row.said) for row in came] == [
        ("Late", "5 days ago"),
        ("Month", "1 day ago"),
    ]


def test_another_teams_forms_and_deliveries_are_not_shown(
    signed_in_client: SignIn, robin_worker: User, caseys: list[Case]
) -> None:
    sent = ActionFactory(case=caseys[0], assignment__state="submitted")
    given_up = SubmissionFactory(assignment=sent.assignment, given_up=True)
    page = signed_in_client(robin_worker).get("/admin/").content.decode()
    assert "Okapi" not in page
    assert given_up.reference not in page
    assert "Forms that did not arrive" not in page


def test_every_link_of_the_page_leads_to_a_page(
    signed_in_client: SignIn, morgan_manager: User, caseys: list[Case]
) -> None:
    for number in range(MOST_ROWS + 1):
        sent = ActionFactory(case=requested(60, f"More {number}"), assignment__state="submitted")
    SubmissionFactory(assignment=sent.assignment, given_up=True)
    client = signed_in_client(morgan_manager)
    page = client.get("/admin/").content.decode()
    main = page[page.index('class="case-page"') :]
    for link in sorted(set(re.findall(r'href="([^"]+)"', main))):
        if link.startswith("#"):
            assert f'id="{link[1:]}"' in main
        else:
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        pytest.param([], "No open case is yours yet.", id="no cases"),
        pytest.param([10], "Nothing is late, and nothing is due in the next 7 days.", id="nothing soon"),
    ],
)
def test_a_quiet_day_is_said_in_kind_words(
    signed_in_client: SignIn, casey_worker: User, ages: list[int], said: str
) -> None:
    for age in ages:
        requested(age, "Quiet", caseworker=casey_worker)
    page = signed_in_client(casey_worker).get("/admin/").content.decode()
    assert said in page
    assert "None is waiting to be read." in page


def test_it_costs_the_same_queries_with_one_case_and_with_forty(casey_worker: User) -> None:
    def grow(count: int) -> int:
        for _number in range(count):
            case = requested(60, "Late", caseworker=casey_worker)
            requested(41, "Today", caseworker=casey_worker)
            requested(38, "Week", caseworker=casey_worker)
            agreed = {Event.REQUEST_RECEIVED: 110, Event.PLAN_AGREED: 5}
            CaseFactory(events=agreed, caseworker=casey_worker)
            sent = ActionFactory(case=case, assignment__state="submitted")
            SubmissionFactory(assignment=sent.assignment, given_up=True)
        person = User.objects.get(pk=casey_worker.pk)
        with counted_queries() as queries:
            my_day(person, today())
        return len(queries)

    grow(1)  # what is read once and kept, such as the council's settings
    assert grow(1) == grow(40) <= MOST_QUERIES


@pytest.mark.capability("B34")
def test_people_whom_no_email_reaches_stand_there(
    casey_worker: User, adas_case: Case, sam_parent: User
) -> None:
    assert my_day(casey_worker, today()).unreached == []
    bounces.note(sam_parent.email)
    [row] = my_day(casey_worker, today()).unreached
    assert (row.case, row.person, row.since) == (adas_case, sam_parent, today())


@pytest.mark.capability("C22")
def test_a_form_that_waits_for_a_disabled_account_stays_and_staff_see_that_nobody_can_answer(
    casey_worker: User, adas_case: Case, sam_parent: User, signed_in_client: SignIn
) -> None:
    asked = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    leaving.disable(sam_parent, DisabledAccount.Why.UNUSED)
    assert withdraw_after_access() == 0
    [row] = my_day(casey_worker, today()).unreached
    assert (row.person, row.since, row.is_shut) == (sam_parent, today(), True)
    page = signed_in_client(casey_worker).get(f"{REGISTER}inspect/{adas_case.pk}/").content.decode()
    assert f"The account of {sam_parent.full_name} is disabled" in page
    assert "account disabled" in signed_in_client(casey_worker).get("/admin/").content.decode()
    # Enabled again, she finds it as it was.
    DisabledAccount.objects.all().delete()
    User.objects.filter(pk=sam_parent.pk).update(is_active=True)
    asked.assignment.refresh_from_db()
    assert asked.assignment.state in Assignment.WAITING
    assert my_day(casey_worker, today()).unreached == []


@pytest.mark.capability("B34")
def test_people_of_other_teams_cases_do_not(robin_worker: User, adas_case: Case, sam_parent: User) -> None:
    bounces.note(sam_parent.email)
    assert my_day(robin_worker, today()).unreached == []
