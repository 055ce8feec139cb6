"""The open cases of somebody who goes are handed on by a manager; administrators read how many there are."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Case
from core import outbox
from core.dates import today
from core.models import AuditEntry
from tests.factories import CaseFactory, ChildFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C21")]
Open = Callable[[User], Client]


@pytest.fixture
def case(casey_worker: User) -> Case:
    """Casey's, of team North."""
    made: Case = CaseFactory(
        requested=True,
        child=ChildFactory(first_name="Zebrax"),
        team=casey_worker.teams.get(),
        caseworker=casey_worker,
    )
    return made


@pytest.fixture
def morgan(signed_in_client: Open, morgan_manager: User) -> Client:
    """The manager's browser."""
    return signed_in_client(morgan_manager)


def url(person: User) -> str:
    return reverse("case_hand_on", args=[person.pk])


def worker_of(case: Case) -> User | None:
    return Case.objects.get(pk=case.pk).caseworker


def test_a_manager_reads_on_the_page_of_a_person_what_waits(
    morgan: Client, case: Case, casey_worker: User, admin: User, signed_in_client: Open
) -> None:
    CaseFactory(requested=True, caseworker=casey_worker, closed_on=today())
    page = reverse("accounts_user_modeladmin_inspect", args=[casey_worker.pk])
    said = morgan.get(page).content.decode()
    assert "1 open case." in said
    assert url(casey_worker) in said
    at_admins = signed_in_client(admin).get(page).content.decode()
    assert "1 open case." in at_admins
    assert url(casey_worker) not in at_admins
    assert "A SEND manager hands them on" in at_admins


def test_she_hands_them_on_and_the_colleague_is_told_once(
    morgan: Client, morgan_manager: User, case: Case, casey_worker: User
) -> None:
    second = CaseFactory(requested=True, team=case.team, caseworker=casey_worker)
    robin: User = UserFactory(caseworker=True, teams=[case.team])
    said = {"cases": [case.pk, second.pk], "to": robin.pk, "reason": "Casey has left."}
    assert morgan.post(url(casey_worker), said).status_code == 302
    assert (worker_of(case), worker_of(second)) == (robin, robin)
    entry = AuditEntry.objects.get(verb="case.handed-on", object_id=case.pk)
    assert (entry.actor_id, entry.subject_id, entry.reason) == (
        morgan_manager.pk,
        case.child.pk,
        "Casey has left.",
    )
    outbox.sweep()
    assert [letter.to for letter in mail.outbox] == [[robin.email]]
    assert "Zebrax" not in mail.outbox[0].body


def test_nobody_gets_a_case_that_she_could_not_open(
    morgan: Client, case: Case, casey_worker: User, robin_worker: User, erin_editor: User
) -> None:
    for to in (robin_worker, erin_editor):
        said = {"cases": [case.pk], "to": to.pk, "reason": "Casey has left."}
        assert morgan.post(url(casey_worker), said).status_code == 200
    assert worker_of(case) == casey_worker


@pytest.mark.parametrize("who", ["casey_worker", "robin_worker", "admin", "erin_editor", "sam_parent"])
def test_nobody_else_hands_cases_on(
    case: Case, casey_worker: User, signed_in_client: Open, request: pytest.FixtureRequest, who: str
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    said = {"cases": [case.pk], "to": casey_worker.pk, "reason": "Mine."}
    assert client.get(url(casey_worker)).status_code in (302, 403, 404)
    assert client.post(url(casey_worker), said).status_code in (302, 403, 404)
    assert worker_of(case) == casey_worker
