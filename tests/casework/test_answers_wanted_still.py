"""Comments on a draft that are wanted again, and a final plan that goes out before they came."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.actions.reopen import reopen
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from casework.selectors import council_counting, knowing_turn
from core.dates import today, weekday_day_text
from forms_engine.models import Assignment
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


@pytest.fixture
def in_six_days() -> dt.date:
    return today() + dt.timedelta(6)


@pytest.fixture
def sams_form(adas_case: Case, sam_parent: User, in_six_days: dt.date) -> Action:
    made: Action = ActionFactory(
        case=adas_case, assignment__addressee=sam_parent, assignment__due=in_six_days
    )
    return made


@pytest.fixture
def opened_again(sams_form: Action, sam_parent: User, casey_worker: User, in_six_days: dt.date) -> Action:
    """Sam has sent it, and is asked for something more."""
    CaseEvent.objects.create(
        case=sams_form.case, event=Event.COMMENTS_RECEIVED.value, day=today(), recorded_by=sam_parent
    )
    Assignment.objects.filter(pk=sams_form.assignment_id).update(state=State.SUBMITTED)
    sams_form.refresh_from_db()
    reopen(sams_form, "Which school is first?", by=casey_worker, due=in_six_days)
    return sams_form


def said(client: Client, url: str, **posted: str) -> str:
    answer = client.post(url, posted) if posted else client.get(url)
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.capability("B19")
def test_the_stage_says_what_is_wanted_again_and_not_that_it_came(
    signed_in_client: SignIn, sam_parent: User, opened_again: Action
) -> None:
    page = said(signed_in_client(sam_parent), reverse("casework:dashboard", args=[opened_again.case_id]))
    assert "Wanted again by" in page
    assert "Comments came on" not in page
    assert "We asked you to send them again by" in page


def test_a_form_that_waits_stands_among_the_forms_though_it_is_not_begun(
    signed_in_client: SignIn, sam_parent: User, opened_again: Action, in_six_days: dt.date
) -> None:
    page = said(signed_in_client(sam_parent), reverse("forms:mine"))
    assert "Forms that wait for you" in page
    assert f"so it is open again. Last day: {weekday_day_text(in_six_days)}." in page


def record_final(client: Client, case: Case, **more: str) -> str:
    posted = {"event": Event.FINAL_ISSUED.value, "day": today().isoformat(), **more}
    return said(client, reverse("case_record", args=[case.pk]), **posted)


@pytest.mark.capability("B23")
def test_before_a_final_plan_is_recorded_staff_read_who_may_still_answer(
    signed_in_client: SignIn, casey_worker: User, sams_form: Action, in_six_days: dt.date
) -> None:
    page = record_final(signed_in_client(casey_worker), sams_form.case)
    last = weekday_day_text(in_six_days)
    assert f"Sam Parent has not sent comments on the draft, and has until {last}." in page
    assert "By law the family has at least 15 days from the draft" in page
    assert "Ada has an EHC plan" in page
    assert "Tell us what you think" not in page


def test_a_form_that_was_opened_again_is_named_too(
    signed_in_client: SignIn, casey_worker: User, opened_again: Action
) -> None:
    page = record_final(signed_in_client(casey_worker), opened_again.case)
    assert "The form of Sam Parent was opened again, and can be sent until" in page


def test_where_all_have_answered_nothing_is_warned_of(
    signed_in_client: SignIn, casey_worker: User, opened_again: Action
) -> None:
    Assignment.objects.filter(pk=opened_again.assignment_id).update(state=State.SUBMITTED)
    assert "The family may still answer" not in record_final(
        signed_in_client(casey_worker), opened_again.case
    )


def test_it_is_a_warning_and_no_bar_and_the_form_is_wanted_no_more(
    signed_in_client: SignIn, casey_worker: User, sam_parent: User, sams_form: Action
) -> None:
    case = sams_form.case
    record_final(signed_in_client(casey_worker), case, confirmed="yes")
    assert case.events.filter(event=Event.FINAL_ISSUED.value).exists()
    page = said(signed_in_client(sam_parent), reverse("casework:actions", args=[case.pk]))
    assert "Actions to complete (0)" in page
    assert "We have sent the final plan, so we do not need this any more." in page
    known = knowing_turn(Case.objects.by_next_due(council_counting()), today())
    assert not known.get(pk=case.pk).is_others_turn
