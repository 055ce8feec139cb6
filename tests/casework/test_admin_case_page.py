"""The page of a case in the admin: whose turn it is, the law's dates with their working, the forms, the people."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import PersonalDetails, User, bounces
from casework.actions.reopen import reopen
from casework.actions.withdraw import withdraw
from casework.admin.words import DUTIES, aim_in_words, in_words, tone_of
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import TIMETABLES, Event
from core.dates import day_text, today
from core.models import AuditEntry
from forms_engine.models import Assignment
from tests.factories import ActionFactory, CaseFactory, ChildFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


def url(case: Case) -> str:
    return f"/admin/casework/case/inspect/{case.pk}/"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.replace("&#x27;", "'")).split())


def shown(signed_in_client: SignIn, person: User, case: Case) -> str:
    return text_of(signed_in_client(person).get(url(case)).content.decode())


@pytest.fixture
def sams_form(adas_case: Case, sam_parent: User) -> Action:
    return ActionFactory(case=adas_case, assignment__addressee=sam_parent)


def test_it_says_who_is_waited_for_with_which_form_and_until_when(
    signed_in_client: SignIn, casey_worker: User, sams_form: Action
) -> None:
    said = shown(signed_in_client, casey_worker, sams_form.case)
    assert "Waiting for the family: Parental Preference Form from Sam Parent" in said
    assert "in 6 days" in said


def test_what_the_council_owes_late_is_said_in_words(
    signed_in_client: SignIn, morgan_manager: User, db: None
) -> None:
    said = shown(signed_in_client, morgan_manager, CaseFactory(overdue=True))
    assert re.search(r"Our turn: decide whether to assess, .* \d+ days late", said)


def test_a_case_that_has_ended_owes_nothing_and_counts_no_days(
    signed_in_client: SignIn, adas_case: Case, casey_worker: User
) -> None:
    assert "of 140" in shown(signed_in_client, casey_worker, adas_case)
    CaseEvent.objects.create(case=adas_case, event=Event.FINAL_ISSUED.value, day=today())
    said = shown(signed_in_client, casey_worker, adas_case)
    assert "Nothing is due: the final plan was sent" in said
    assert "of 140" not in said


def test_a_case_without_a_request_asks_for_it(signed_in_client: SignIn, morgan_manager: User) -> None:
    said = shown(signed_in_client, morgan_manager, CaseFactory())
    assert "Our turn: record the request" in said
    assert "nothing is due" in said


def test_a_closed_case_can_be_read_and_not_run(
    signed_in_client: SignIn, sams_form: Action, casey_worker: User
) -> None:
    Case.objects.update(closed_on=today())
    said = shown(signed_in_client, casey_worker, sams_form.case)
    assert "Closed: nothing more is done in this case" in said
    assert not {"Ask for a form…", "Record what happened…", "Withdraw…"} & set(
        re.findall(r"[A-Z][^.…]*…", said)
    )


@pytest.mark.capability("B23")
def test_each_date_by_law_opens_to_its_working_and_its_citation(
    signed_in_client: SignIn, adas_case: Case, casey_worker: User
) -> None:
    said = shown(signed_in_client, casey_worker, adas_case)
    asked = adas_case.latest_events()[Event.REQUEST_RECEIVED].day
    assert f"We got the request on {day_text(asked)}".replace(" ", "") in said.replace(" ", "")
    assert "The law gives us 20 weeks" in said
    assert "SEND Regulations 2014 (SI 2014/1530), regulation 13(2)" in said


def test_every_line_of_the_timetables_has_a_short_name_for_staff() -> None:
    assert {row.id for rows in TIMETABLES.values() for row in rows} <= set(DUTIES)


@pytest.mark.parametrize(
    ("state", "can", "cannot"),
    [
        pytest.param(State.ASKED, {"Withdraw"}, {"Accept", "Open again"}, id="asked"),
        pytest.param(State.STARTED, {"Withdraw"}, {"Accept", "Open again"}, id="started"),
        pytest.param(State.SUBMITTED, {"Accept", "Open again"}, {"Withdraw"}, id="submitted"),
        pytest.param(State.ACCEPTED, {"Open again"}, {"Accept", "Withdraw"}, id="accepted"),
        pytest.param(State.REOPENED, {"Withdraw"}, {"Accept", "Open again"}, id="reopened"),
        pytest.param(State.WITHDRAWN, set(), {"Accept", "Open again", "Withdraw"}, id="withdrawn"),
    ],
)
def test_only_the_steps_that_may_follow_are_offered(
    signed_in_client: SignIn,
    sams_form: Action,
    casey_worker: User,
    state: str,
    can: set[str],
    cannot: set[str],
) -> None:
    Assignment.objects.filter(pk=sams_form.assignment_id).update(state=state)
    page = signed_in_client(casey_worker).get(url(sams_form.case)).content.decode()
    ways = {"Accept": "/accept/", "Open again": "/reopen/", "Withdraw": "/withdraw/"}
    for name in can:
        assert ways[name] in page
    for name in cannot:
        assert ways[name] not in page


def test_it_costs_the_same_queries_with_one_form_and_with_fifty(
    signed_in_client: SignIn, sams_form: Action, casey_worker: User
) -> None:
    client = signed_in_client(casey_worker)
    client.get(url(sams_form.case))
    with counted_queries() as few:
        client.get(url(sams_form.case))
    for _number in range(49):
        ActionFactory(case=sams_form.case)
    with counted_queries() as many:
        client.get(url(sams_form.case))
    assert len(many) == len(few) <= 25


@pytest.mark.capability("A32")
def test_a_look_is_written_down_with_the_child_it_is_about(
    signed_in_client: SignIn, adas_case: Case, casey_worker: User
) -> None:
    signed_in_client(casey_worker).get(url(adas_case))
    entry = AuditEntry.objects.get(verb="case.read")
    assert (entry.actor_id, entry.object_id, entry.subject_id) == (
        casey_worker.pk,
        adas_case.pk,
        adas_case.child_id,
    )


@pytest.mark.parametrize("person", ["robin_worker", "erin_editor", "admin"])
def test_nobody_outside_the_team_opens_it(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn, adas_case: Case
) -> None:
    response = signed_in_client(request.getfixturevalue(person)).get(url(adas_case), follow=True)
    assert adas_case.reference not in response.content.decode()
    assert "Ada" not in response.content.decode()


def test_words_escape_what_a_family_is_called(signed_in_client: SignIn, morgan_manager: User) -> None:
    case = CaseFactory(requested=True, child=ChildFactory(first_name="<b>Zoë</b>"))
    client = signed_in_client(morgan_manager)
    for page in (url(case), "/admin/casework/case/"):
        html = client.get(page).content.decode()
        assert "<b>Zoë" not in html
        assert "Zoë" in html


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-40, "40 days late", "late"),
        (-1, "1 day late", "late"),
        (0, "Due today", "soon"),
        (1, "Due tomorrow", "soon"),
        (7, "in 7 days", "soon"),
        (8, "in 8 days", "far"),
    ],
)
def test_a_date_is_said_in_words_beside_its_colour(days: int, words: str, tone: str) -> None:
    assert (in_words(days), tone_of(days)) == (words, tone)


@pytest.mark.capability("B31")
def test_each_household_stands_with_what_it_reads(
    signed_in_client: SignIn, sams_form: Action, casey_worker: User
) -> None:
    Assignment.objects.update(state=State.SUBMITTED)
    said = shown(signed_in_client, casey_worker, sams_form.case)
    for name in ("Sam Parent Parent or carer", "Alex Parent Parent or carer"):
        assert name in said


def test_what_was_done_with_forms_stands_among_what_has_happened(
    signed_in_client: SignIn, sams_form: Action, casey_worker: User
) -> None:
    Assignment.objects.update(state=State.SUBMITTED)
    reopen(sams_form, "Which school is first?", by=casey_worker)
    withdraw(sams_form, "Not needed any more.", by=casey_worker)
    said = shown(signed_in_client, casey_worker, sams_form.case)
    assert "Parental Preference Form opened again for Sam Parent" in said
    assert "Parental Preference Form withdrawn from Sam Parent “Not needed any more.” Casey Worker" in said


def test_whose_comments_came_is_said_by_name_for_one_of_two_parents_is_not_the_family(
    signed_in_client: SignIn, casey_worker: User, adas_case: Case, sam_parent: User
) -> None:
    CaseEvent.objects.create(
        case=adas_case,
        event=Event.COMMENTS_RECEIVED.value,
        day=today(),
        by_name="Sam Parent",
        recorded_by=sam_parent,
    )
    page = (
        signed_in_client(casey_worker).get(f"/admin/casework/case/inspect/{adas_case.pk}/").content.decode()
    )
    happened = page.split('class="case-events"')[1].split("</ol>")[0]
    assert "Comments on the draft came from Sam Parent" in happened
    assert "from the family" not in happened


def test_late_by_the_day_after_the_last_day(signed_in_client: SignIn, morgan_manager: User) -> None:
    due_yesterday = CaseFactory(events={Event.REQUEST_RECEIVED: today() - dt.timedelta(days=42)})
    assert "1 day late" in shown(signed_in_client, morgan_manager, due_yesterday)


@pytest.mark.capability("B23")
def test_the_strip_has_the_steps_in_the_order_in_which_they_happen(
    signed_in_client: SignIn, adas_case: Case, casey_worker: User
) -> None:
    page = signed_in_client(casey_worker).get(url(adas_case)).content.decode()
    strip = page[page.index('class="case-strip"') : page.index("</ol>", page.index('class="case-strip"'))]
    names = re.findall(r"<b>([^<]+)</b>", strip)
    assert names == ["Request received", *(str(DUTIES[row]) for row in ("E1", "E3", "E4", "E5", "E7"))]
    assert strip.count('aria-current="step"') == 1


@pytest.mark.capability("B31")
def test_comments_of_one_household_are_not_done_while_the_other_may_still_send(
    signed_in_client: SignIn, sams_form: Action, alex_parent: User, casey_worker: User
) -> None:
    case = sams_form.case
    ActionFactory(case=case, assignment__addressee=alex_parent)
    Assignment.objects.filter(pk=sams_form.assignment_id).update(state=State.SUBMITTED)
    CaseEvent.objects.create(case=case, event=Event.COMMENTS_RECEIVED, day=today(), recorded_by=casey_worker)
    assert "1 of 2 came, in 6 days" in shown(signed_in_client, casey_worker, case)


def test_forms_withdrawn_from_all_make_it_nobody_elses_turn(
    signed_in_client: SignIn, sams_form: Action, casey_worker: User
) -> None:
    withdraw(sams_form, "Not needed.", by=casey_worker)
    assert "Our turn: finish the plan" in shown(signed_in_client, casey_worker, sams_form.case)


def test_a_case_that_is_to_have_a_plan_and_has_no_draft_is_flagged_with_the_last_day_for_one(
    signed_in_client: SignIn, morgan_manager: User
) -> None:
    case = CaseFactory(events={Event.REQUEST_RECEIVED: 100, Event.PLAN_AGREED: 5})
    said = shown(signed_in_client, morgan_manager, case)
    assert "No draft plan yet" in said
    assert re.search(r"Send it by .* at the latest, so that the family has its 15 days", said)
    CaseEvent.objects.create(case=case, event=Event.DRAFT_SERVED.value, day=today())
    assert "No draft plan yet" not in shown(signed_in_client, morgan_manager, case)


def strip_of(page: str) -> dict[str, str]:
    """What the strip says of each step, with the tone of its date."""
    items = re.findall(r'case-strip__item--(\w+)"[^>]*>(.*?)</li>', page, re.DOTALL)
    return {
        text_of(item).split(" aim ")[0].split(" due ")[0]: f"{tone}: {text_of(item)}" for tone, item in items
    }


@pytest.mark.capability("B23")
def test_an_aim_of_our_own_is_never_late_and_a_date_of_the_law_is(
    signed_in_client: SignIn, morgan_manager: User
) -> None:
    case = CaseFactory(events={Event.REQUEST_RECEIVED: 150, Event.PLAN_AGREED: 60})
    strip = strip_of(signed_in_client(morgan_manager).get(url(case)).content.decode())
    aim, law = strip[str(DUTIES["E4"])], strip[str(DUTIES["E7"])]
    assert aim.startswith("far: ")
    assert re.search(r"aim \(not law\) .* \d+ days ago", aim)
    assert "late" not in aim
    assert law.startswith("late: ")
    assert re.search(r"due .* \d+ days late", law)


def test_our_turn_to_reach_an_aim_says_that_it_is_one(signed_in_client: SignIn, morgan_manager: User) -> None:
    case = CaseFactory(events={Event.REQUEST_RECEIVED: 95, Event.PLAN_AGREED: 5})
    page = signed_in_client(morgan_manager).get(url(case)).content.decode()
    assert re.search(
        r"Our turn: write the draft plan, we aim for .* (in \d days|tomorrow|today)", text_of(page)
    )
    assert "case-due--soon" not in page[: page.index('id="dates"')]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "3 days ago"), (-1, "1 day ago"), (0, "today"), (1, "tomorrow"), (9, "in 9 days")],
)
def test_how_far_away_an_aim_is(days: int, words: str) -> None:
    assert aim_in_words(days) == words


def test_case_staff_find_their_day_first_in_the_menu(
    signed_in_client: SignIn, casey_worker: User, erin_editor: User
) -> None:
    assert '"My day"' in signed_in_client(casey_worker).get("/admin/").content.decode()
    assert '"My day"' not in signed_in_client(erin_editor).get("/admin/").content.decode()


@pytest.mark.capability("B34")
def test_it_says_whom_our_emails_do_not_reach_and_where_to_call(
    signed_in_client: SignIn, casey_worker: User, adas_case: Case, sam_parent: User
) -> None:
    assert "have come back" not in shown(signed_in_client, casey_worker, adas_case)
    PersonalDetails.objects.update_or_create(user=sam_parent, defaults={"phone": "+442079460123"})
    bounces.note(sam_parent.email)
    said = shown(signed_in_client, casey_worker, adas_case)
    assert f"Our emails to Sam Parent have come back since {day_text(today())}" in said
    assert "020 7946 0123" in said
