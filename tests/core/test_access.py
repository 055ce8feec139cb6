from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from core.access import refuse, signed_in
from core.audit import REFUSALS_AN_HOUR
from core.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]

MISSING = "9f7b6a3e-0000-4000-8000-000000000001"


@signed_in
def private_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Ada's plan")


def visit(user: User | AnonymousUser, *, verified: bool) -> HttpResponse:
    request = RequestFactory().get("/cases/?page=2")
    request.user = user
    user.is_verified = lambda: verified  # type: ignore[union-attr]
    response = private_page(request)
    assert isinstance(response, HttpResponse)
    return response


def test_somebody_who_came_through_both_steps_is_let_in(sam_parent: User) -> None:
    assert visit(sam_parent, verified=True).content == b"Ada's plan"


def test_a_password_alone_opens_nothing(sam_parent: User) -> None:
    assert b"Ada" not in visit(sam_parent, verified=False).content


def test_who_is_not_signed_in_signs_in_and_comes_back() -> None:
    response = visit(AnonymousUser(), verified=False)
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/cases/%3Fpage%3D2"


def refused_request(person: User | AnonymousUser, address: str = "203.0.113.77") -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = person
    with pytest.raises(Http404):
        refuse(request, "casework.case", MISSING)


def test_who_asks_for_what_is_not_hers_is_told_it_is_not_there_and_is_written_down(
    noor_stranger: User,
) -> None:
    refused_request(noor_stranger)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, str(entry.object_id)) == ("refused", noor_stranger.pk, MISSING)


def test_refused_lookups_cannot_fill_the_disk(noor_stranger: User, sam_parent: User) -> None:
    for _ in range(REFUSALS_AN_HOUR + 5):
        refused_request(noor_stranger)
    mine = AuditEntry.objects.filter(actor_id=noor_stranger.pk)
    assert mine.count() == REFUSALS_AN_HOUR
    assert mine.latest("pk").reason == "more of these are not written for an hour"

    refused_request(sam_parent)
    assert AuditEntry.objects.filter(actor_id=sam_parent.pk).count() == 1


def test_after_an_hour_they_are_written_again(noor_stranger: User) -> None:
    for _ in range(REFUSALS_AN_HOUR + 1):
        refused_request(noor_stranger)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        refused_request(noor_stranger)
    assert AuditEntry.objects.count() == REFUSALS_AN_HOUR + 1


def test_nobodys_refusals_count_by_network() -> None:
    for host in range(REFUSALS_AN_HOUR + 5):
        refused_request(AnonymousUser(), address=f"203.0.113.{host}")
    refused_request(AnonymousUser(), address="198.51.100.1")
    assert AuditEntry.objects.count() == REFUSALS_AN_HOUR + 1


def test_the_person_of_a_real_session_is_let_in(
    sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    request = signed_in_client(sam_parent).get("/health/").wsgi_request
    assert private_page(request).status_code == 200
