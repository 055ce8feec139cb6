"""The emails about a case: that something has come, and nothing of what it is."""

import uuid

import pytest
from django.core.mail import EmailMessage

from accounts.emails import render
from accounts.models import User
from casework.actions.accept import accept
from casework.actions.reopen import reopen
from casework.actions.withdraw import withdraw
from casework.models import Action, Case
from casework.submissions import ActionHandler
from core import outbox
from core.models import OutboxItem
from forms_engine.models import Assignment
from tests.factories import ActionFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
TEMPLATES = [
    "action-asked",
    "action-accepted",
    "action-reopened",
    "action-withdrawn",
    "case-news",
    "action-done",
]
CONTEXT = {"path": "/cases/1/", "last_day": "26 October 2026", "reference": "EHC-1"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_email_has_a_subject_of_one_line_and_a_link(name: str, sam_parent: User) -> None:
    assert "\n" not in render(f"{name}-subject", CONTEXT, sam_parent)
    body = render(f"{name}-body", CONTEXT, sam_parent)
    assert "http" in body
    assert "{" not in body
    assert "!" not in body


@pytest.mark.capability("B1")
def test_what_a_caseworker_says_to_a_family_stays_out_of_its_mailbox(
    adas_case: Case, sam_parent: User, casey_worker: User, mailoutbox: list[EmailMessage]
) -> None:
    def form(state: str) -> Action:
        return ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=state)

    reopen(form(Assignment.State.SUBMITTED), "Ada's school is missing", by=casey_worker)
    withdraw(form(Assignment.State.ASKED), "Ada has moved", by=casey_worker)
    accept(form(Assignment.State.SUBMITTED), by=casey_worker)
    outbox.sweep()

    assert not OutboxItem.objects.exclude(state=OutboxItem.State.DONE).exists()
    assert [message.to for message in mailoutbox] == [[sam_parent.email]] * 3
    for message in mailoutbox:
        assert "Ada" not in message.subject + message.body
        assert f"/cases/{adas_case.pk}/actions/" in message.body


def test_staff_are_led_to_the_case_without_what_is_meant_for_parents(
    adas_case: Case, sam_parent: User, mailoutbox: list[EmailMessage]
) -> None:
    asked = ActionFactory(case=adas_case, assignment__addressee=sam_parent).assignment
    ActionHandler().deliver(SubmissionFactory(assignment=asked), uuid.uuid4())
    outbox.sweep()
    assert len(mailoutbox) == 2
    for message in mailoutbox:
        assert f"/admin/casework/case/inspect/{adas_case.pk}/" in message.body
        assert "password" not in message.body
