"""Forms that somebody sent in a case hold facts about the child: they are shut with her access to it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Case
from core.dates import today
from forms_engine import last_copies
from forms_engine.models import Draft, FormDefinition, LastCopy, Submission
from tests.casework.test_filling_in_for_somebody import form
from tests.factories import ActionFactory
from tests.forms_engine.conftest import Browser

__all__ = ["form"]
pytestmark = [pytest.mark.django_db, pytest.mark.capability("B16")]


@pytest.fixture
def sam(signed_in_client: Callable[[User], Client], sam_parent: User) -> Client:
    return signed_in_client(sam_parent)


def begun(client: Client, case: Case, person: User, form: FormDefinition) -> Browser:
    action = ActionFactory(case=case, assignment__addressee=person, assignment__form=form)
    client.post(reverse("forms:assignment", args=[action.assignment_id]))
    browser = Browser(client, Draft.objects.get())
    browser.post("you", {"q-story": "She needs quiet."})
    return browser


def end_access(case: Case, person: User) -> None:
    case.access.filter(person=person).update(until=today() - dt.timedelta(days=1))


def pages(submission: Submission) -> list[str]:
    return [
        reverse(name, args=[submission.pk]) for name in ("forms:sent", "forms:sent_print", "forms:sent_pdf")
    ]


@pytest.fixture
def submission(sam: Client, adas_case: Case, sam_parent: User, form: FormDefinition) -> Submission:
    begun(sam, adas_case, sam_parent, form).post("check", {"q-true": "yes"})
    return Submission.objects.get()


def test_the_receipt_says_whose_turn_it_is_and_until_which_day(
    sam: Client, adas_case: Case, submission: Submission
) -> None:
    receipt = sam.get(reverse("forms:sent", args=[submission.pk]))
    dashboard = sam.get(reverse("casework:dashboard", args=[adas_case.pk]))
    turn = receipt.context["turn"]
    assert (turn.kind, turn.day) == ("council", dashboard.context["page"].turn.day)
    assert turn.day > today()
    assert f'<time datetime="{turn.day.isoformat()}">' in receipt.content.decode()


def test_what_she_sent_is_shut_when_her_access_ends(
    sam: Client, sam_parent: User, adas_case: Case, submission: Submission
) -> None:
    assert [sam.get(url).status_code for url in pages(submission)] == [200, 200, 200]
    end_access(adas_case, sam_parent)
    assert [sam.get(url).status_code for url in pages(submission)] == [404, 404, 404]
    assert submission.reference not in sam.get(reverse("forms:mine")).content.decode()


def test_it_stays_open_to_her_when_the_case_is_closed(
    sam: Client, adas_case: Case, submission: Submission
) -> None:
    Case.objects.filter(pk=adas_case.pk).update(closed_on=today())
    assert sam.get(pages(submission)[0]).status_code == 200
    assert submission.reference in sam.get(reverse("forms:mine")).content.decode()


def test_the_team_reads_it_as_before(
    signed_in_client: Callable[[User], Client],
    casey_worker: User,
    sam_parent: User,
    adas_case: Case,
    submission: Submission,
) -> None:
    end_access(adas_case, sam_parent)
    assert signed_in_client(casey_worker).get(pages(submission)[0]).status_code == 200


def test_the_last_copy_of_a_form_is_shut_too(
    sam: Client, sam_parent: User, adas_case: Case, form: FormDefinition
) -> None:
    last_copies.leave(begun(sam, adas_case, sam_parent, form).draft, timezone.now())
    url = reverse("forms:last_copy", args=[LastCopy.objects.get().pk])
    assert sam.get(url).status_code == 200
    end_access(adas_case, sam_parent)
    assert sam.get(url).status_code == 404
    assert url not in sam.get(reverse("forms:mine")).content.decode()
