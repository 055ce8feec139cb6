"""Who may open which case."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Case, CaseAccess
from core.dates import today
from core.models import AuditEntry
from forms_engine.models import Draft
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory, ChildLinkFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
YESTERDAY = dt.timedelta(days=1)
PAGES = ["casework:dashboard", "casework:actions"]


def status(client: Client, case: Case, page: str = "casework:dashboard") -> int:
    return client.get(reverse(page, args=[case.pk])).status_code


@pytest.mark.parametrize("page", PAGES)
def test_both_parents_open_the_case(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User, alex_parent: User, page: str
) -> None:
    assert status(signed_in_client(sam_parent), adas_case, page) == 200
    assert status(signed_in_client(alex_parent), adas_case, page) == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_told_that_there_is_no_such_page_and_it_is_written_down(
    signed_in_client: SignIn, adas_case: Case, noor_stranger: User, page: str
) -> None:
    assert status(signed_in_client(noor_stranger), adas_case, page) == 404
    entry = AuditEntry.objects.get(verb="refused")
    assert (entry.actor_id, entry.object_type, entry.object_id) == (
        noor_stranger.pk,
        "casework.case",
        adas_case.pk,
    )


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_in_without_signing_in(client: Client, adas_case: Case, page: str) -> None:
    answer = client.get(reverse(page, args=[adas_case.pk]))
    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"]


@pytest.mark.capability("B16", "A21")
def test_a_link_to_the_child_opens_no_case(
    signed_in_client: SignIn, adas_case: Case, noor_stranger: User
) -> None:
    ChildLinkFactory(person=noor_stranger, child=adas_case.child)
    assert status(signed_in_client(noor_stranger), adas_case) == 404


def test_access_that_has_ended_or_not_begun_opens_nothing(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User, alex_parent: User
) -> None:
    CaseAccess.objects.filter(person=sam_parent).update(until=today() - YESTERDAY)
    CaseAccess.objects.filter(person=alex_parent).update(since=today() + YESTERDAY)
    assert status(signed_in_client(sam_parent), adas_case) == 404
    assert status(signed_in_client(alex_parent), adas_case) == 404


def test_a_form_of_the_case_shuts_with_the_access(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    asked = ActionFactory(case=adas_case, assignment__addressee=sam_parent).assignment
    form, browser = reverse("forms:assignment", args=[asked.pk]), signed_in_client(sam_parent)
    assert browser.get(form).status_code == 200
    CaseAccess.objects.filter(person=sam_parent).update(until=today() - YESTERDAY)
    assert browser.get(form).status_code == 404
    assert browser.post(form).status_code == 404
    assert not Draft.objects.exists()


def test_access_opens_the_case_on_its_last_day(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    CaseAccess.objects.filter(person=sam_parent).update(until=today())
    assert status(signed_in_client(sam_parent), adas_case) == 200


def test_staff_run_cases_in_the_admin_not_on_the_familys_pages(
    signed_in_client: SignIn, adas_case: Case, casey_worker: User, morgan_manager: User
) -> None:
    assert status(signed_in_client(casey_worker), adas_case) == 404
    assert status(signed_in_client(morgan_manager), adas_case) == 404


@pytest.mark.capability("B2")
def test_a_look_in_a_professional_capacity_is_written_down(
    signed_in_client: SignIn, adas_case: Case, pat_advocate: User, sam_parent: User
) -> None:
    CaseAccessFactory(case=adas_case, person=pat_advocate, capacity=CaseAccess.Capacity.PROFESSIONAL)
    assert status(signed_in_client(sam_parent), adas_case) == 200
    assert not AuditEntry.objects.exists()
    assert status(signed_in_client(pat_advocate), adas_case) == 200
    entry = AuditEntry.objects.get(verb="case.read")
    assert (entry.actor_id, entry.subject_id) == (pat_advocate.pk, adas_case.child_id)


def test_a_caseworker_sees_her_own_teams_cases_and_a_manager_all(
    adas_case: Case, casey_worker: User, robin_worker: User, morgan_manager: User, sam_parent: User
) -> None:
    other = CaseFactory(team=robin_worker.teams.get())
    assert set(Case.objects.visible_to(casey_worker)) == {adas_case}
    assert set(Case.objects.visible_to(robin_worker)) == {other}
    assert set(Case.objects.visible_to(morgan_manager)) == {adas_case, other}
    assert not Case.objects.visible_to(sam_parent).exists()


def test_a_page_shows_nothing_of_another_case(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    others = CaseFactory(overdue=True)
    ActionFactory(case=others, assignment__addressee=sam_parent)
    page = signed_in_client(sam_parent).get(reverse("casework:actions", args=[adas_case.pk]))
    assert "Actions to complete (0)" in page.content.decode()
