"""Whose turn it is, as the panel of the SEND dashboard says it: what waits, until when, and who is late."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Case
from casework.rules.timetable import Event
from core.dates import day_text, today, weekday_day_text
from forms_engine.models import Assignment, FormDefinition
from forms_engine.start import start
from tests.casework.page_text import days, text
from tests.factories import ActionFactory, FormFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


@pytest.mark.capability("B24", "B31")
def test_a_form_that_waits_is_her_turn_with_its_last_day(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    said = dashboard(adas_case)
    assert "Your turn" in said
    assert "Tell us what you think of Ada’s draft plan" in said
    assert weekday_day_text(action.assignment.due) in said
    assert "That is 6 days from now." in said
    assert reverse("forms:assignment", args=[action.assignment_id]) in said
    assert '<span class="tile__count">1</span>' in said
    assert "turn--late" not in said


def test_a_form_that_was_begun_is_carried_on(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.STARTED)
    assert "Carry on with the form" in dashboard(adas_case)


@pytest.mark.capability("B24")
def test_with_nothing_to_do_it_says_so_and_whose_turn_it_is(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    said = dashboard(make_case(requested=True))
    assert "The council’s turn" in said
    assert "We decide if we will assess Ada" in said
    assert "You do not need to do anything now." in said
    assert '<span class="tile__count">0</span>' in said
    assert "Nothing to do" in said
    assert "Your caseworker: not chosen yet" in said


@pytest.mark.parametrize(
    ("requested", "said"), [(90, "We aim to send it by"), (110, "You will have the final plan by")]
)
def test_a_draft_whose_aim_is_past_is_not_promised_for_the_day_of_the_final_plan(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], requested: int, said: str
) -> None:
    page = dashboard(make_case(events={Event.REQUEST_RECEIVED: requested, Event.PLAN_AGREED: 5}))
    assert "draft plan" in page
    assert said in page


def test_when_the_council_is_late_it_says_sorry_once_and_keeps_the_legal_date(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    case = make_case(overdue=True)
    due = today() - days(60) + days(41)
    said = dashboard(case)
    assert "turn--late" in said
    assert "We have not decided if we will assess Ada" in said
    assert "We are 19 days late, and we are sorry." in said
    assert said.count("sorry") == 1
    assert day_text(due) in said
    assert "The legal date stays" in said
    assert "Ombudsman" in said


def test_a_last_day_that_she_missed_is_no_red_panel_and_she_can_still_send(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, late=True, assignment__addressee=sam_parent)
    said = dashboard(adas_case)
    assert "You can still send your comments" in said
    assert ", 3 days ago." in said
    assert "We have not taken your silence as a yes." in said
    assert "turn--late" not in said
    assert "sorry" not in said


def test_a_form_that_waits_does_not_hide_that_the_council_is_late(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], sam_parent: User
) -> None:
    case = make_case(overdue=True)
    ActionFactory(case=case, assignment__addressee=sam_parent)
    said = dashboard(case)
    assert "Your turn" in said
    assert "our own step is 19 days late, and we are sorry" in said


def test_the_panel_is_about_the_form_with_the_first_last_day_and_tells_of_the_others(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(
        case=adas_case, assignment__addressee=sam_parent, assignment__form=FormFactory(title="Later")
    )
    for title, due in (("Soonest", 2), ("Whenever", None)):
        ActionFactory(
            case=adas_case,
            assignment__addressee=sam_parent,
            assignment__form=FormFactory(title=title),
            assignment__due=today() + days(due) if due else None,
        )
    said = dashboard(adas_case)
    assert "Fill in “Soonest” for Ada" in said
    assert "There are 2 more things to do after this one." in said
    assert '<span class="tile__count">3</span>' in said


def test_a_closed_case_says_so_and_accuses_nobody(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    page = dashboard(make_case(overdue=True, closed_on=today() - dt.timedelta(days=1)))

    assert "case is closed" in page
    assert "sorry" not in page
    assert "Was due" not in page


def test_a_form_that_waited_when_the_case_was_closed_is_shut(
    signed_in_client: SignIn, sam_parent: User, make_case: Callable[..., Case]
) -> None:
    action = ActionFactory(case=make_case(requested=True), assignment__addressee=sam_parent)
    Case.objects.update(closed_on=today())

    form = signed_in_client(sam_parent).get(f"/forms/assignments/{action.assignment_id}/")

    assert form.status_code == 404


def test_the_panel_says_how_far_she_is_with_a_form_that_she_has_begun(
    signed_in_client: SignIn, sam_parent: User, alex_parent: User, adas_case: Case
) -> None:
    call_command("forms", "import", "fixtures/forms/parental-preference-form.json", "--publish")
    form = FormDefinition.objects.get(slug="parental-preference-form")
    for person in (sam_parent, alex_parent):
        ActionFactory(case=adas_case, assignment__addressee=person, assignment__form=form)
    client = signed_in_client(sam_parent)
    assert "You have done" not in text(client, "dashboard", adas_case)
    start(Assignment.objects.get(addressee=sam_parent), timezone.now())
    assert re.search(r"You have done \d of 6 sections\.", text(client, "dashboard", adas_case))
    assert "You have done" in client.get("/family/").content.decode()
    assert "You have done" not in text(signed_in_client(alex_parent), "dashboard", adas_case)
    with counted_queries() as queries:
        text(client, "dashboard", adas_case)
    assert len(queries) <= 10


def test_a_withdrawn_form_is_nothing_to_do_anywhere_on_the_page(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(
        case=adas_case,
        assignment__addressee=sam_parent,
        assignment__state=State.WITHDRAWN,
        assignment__reason="Not needed.",
    )
    said = text(signed_in_client(sam_parent), "dashboard", adas_case)
    assert "Your turn" not in said
    assert "We finish Ada’s plan" in said
    assert "You do not need to send the form any more." in said
