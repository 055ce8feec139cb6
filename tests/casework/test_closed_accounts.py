"""Somebody who has closed her account, or whose account is disabled, is asked for nothing, and nobody waits for her."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.test.client import RequestFactory
from django.urls import reverse

from accounts.life.closing import close
from accounts.models import User
from casework.access import may_fill_in
from casework.actions.accept import accept
from casework.actions.ask_for_form import ask_for_form
from casework.actions.refusals import Refused
from casework.actions.withdraw_after_access import withdraw_after_access
from casework.admin.forms import AskForm, FillInForm
from casework.models import Action, Case, CaseAccess
from casework.rules.timetable import Event
from casework.selectors import council_counting, read_case
from core.dates import today
from core.models import AuditEntry, OutboxItem
from forms_engine.models import Assignment, Draft, FormDefinition
from tests.factories import ActionFactory, CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B31")]
State = Assignment.State


def closes(person: User) -> None:
    """She closes her account, on its page."""
    request = RequestFactory().post("/account/close/")
    request.user = person
    close(person, request)


def is_disabled(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.fixture
def sams_form(adas_case: Case, sam_parent: User) -> Action:
    asked: Action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    return asked


def state_of(action: Action) -> str:
    return Assignment.objects.get(pk=action.assignment_id).state


def test_what_waits_for_her_is_withdrawn_as_she_closes_it_and_the_case_says_so(
    adas_case: Case, sams_form: Action, sam_parent: User, alex_parent: User
) -> None:
    alexs = ActionFactory(
        case=adas_case, assignment__addressee=alex_parent, assignment__state=State.SUBMITTED
    )

    closes(sam_parent)

    assert (state_of(sams_form), state_of(alexs)) == (State.WITHDRAWN, State.SUBMITTED)
    reading = read_case(adas_case, adas_case.actions.with_forms(), today=today(), counting=council_counting())
    assert reading.waiting == []
    event = adas_case.events.get(event=Event.ACCESS_ENDED)
    assert (event.day, event.by_name, event.recorded_by) == (today(), "Sam Parent", None)
    entry = AuditEntry.objects.get(verb="action.withdrawn")
    assert (entry.actor_id, entry.subject_id, entry.reason) == (
        sam_parent.pk,
        adas_case.child_id,
        "account closed",
    )
    assert list(
        adas_case.access.holding(today() + dt.timedelta(days=1)).values_list("person", flat=True)
    ) == [alex_parent.pk]


def test_a_form_that_she_had_begun_is_withdrawn_too(
    sams_form: Action, sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    signed_in_client(sam_parent).post(reverse("forms:assignment", args=[sams_form.assignment_id]))
    assert state_of(sams_form) == State.STARTED
    closes(sam_parent)
    assert state_of(sams_form) == State.WITHDRAWN
    assert not Draft.objects.exists()


def test_of_an_account_that_was_closed_before_the_worker_withdraws_it(
    sams_form: Action, sam_parent: User
) -> None:
    CaseAccess.objects.filter(person=sam_parent).delete()
    closes(sam_parent)
    CaseAccess.objects.create(case=sams_form.case, person=sam_parent, capacity="parent", since=today())
    assert state_of(sams_form) == State.ASKED
    assert withdraw_after_access() == 1
    assert state_of(sams_form) == State.WITHDRAWN


@pytest.mark.parametrize("leaves", [closes, is_disabled])
def test_she_is_asked_for_nothing_and_nobody_fills_in_for_her(
    adas_case: Case,
    sam_parent: User,
    alex_parent: User,
    casey_worker: User,
    leaves: Callable[[User], None],
) -> None:
    form = FormDefinition.objects.get(pk=ActionFactory(case=CaseFactory(drafted=True)).assignment.form_id)

    leaves(sam_parent)

    ask = AskForm(adas_case).fields["people"].queryset  # type: ignore[attr-defined]
    fill_in = FillInForm(adas_case, casey_worker).fields["person"].queryset  # type: ignore[attr-defined]
    assert (list(ask), list(fill_in)) == ([alex_parent], [alex_parent])
    assert not may_fill_in(sam_parent, adas_case, today())
    with pytest.raises(Refused, match="Sam Parent has no access"):
        ask_for_form(adas_case, form, [sam_parent], due=today(), why="", by=casey_worker, today=today())
    assert not OutboxItem.objects.filter(kind="email_person").exists()


def test_what_she_had_sent_is_accepted_and_no_email_goes_to_a_closed_account(
    adas_case: Case, sam_parent: User, casey_worker: User
) -> None:
    sent = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.SUBMITTED)
    closes(sam_parent)
    accept(sent, by=casey_worker)
    assert state_of(sent) == State.ACCEPTED
    assert not OutboxItem.objects.filter(kind="email_person").exists()
