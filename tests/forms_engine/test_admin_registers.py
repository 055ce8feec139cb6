"""Sent forms and deliveries in the admin: answers as they were asked, files, and dead letters tried again."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from core.models import AuditEntry, OutboxItem
from forms_engine.models import Delivery
from tests.house.family import Family, Papers, build

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SENT = "/admin/forms_engine/submission/"
DELIVERIES = "/admin/forms_engine/delivery/"


@pytest.fixture
def family(db: None) -> Family:
    """Two parents who have each sent a form with a file; the deliveries were given up."""
    return build()


@pytest.fixture
def sams(family: Family) -> Papers:
    return family.papers[0]


@pytest.fixture
def casey(signed_in_client: SignIn, family: Family) -> Client:
    return signed_in_client(family.people["casey_worker"])


def html(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


@pytest.mark.capability("B31", "B33")
def test_the_team_reads_the_answers_and_opens_the_file(casey: Client, sams: Papers) -> None:
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert sams.words.sent in page
    (link,) = re.findall(r'href="(/forms/sent/[^"]+/files/[^"]+)"', page)
    assert casey.get(link).status_code == 200


@pytest.mark.capability("A32")
def test_a_look_at_the_answers_is_written_down(casey: Client, family: Family, sams: Papers) -> None:
    html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    entry = AuditEntry.objects.get(verb="submission.read", actor_id=family.people["casey_worker"].pk)
    assert entry.object_id == sams.submission.pk


def test_sent_forms_are_found_by_reference_and_narrowed_by_state(
    casey: Client, family: Family, sams: Papers
) -> None:
    others = family.papers[1].submission.reference
    found = html(casey, f"{SENT}?q={sams.submission.reference}")
    assert sams.submission.reference in found
    assert others not in found
    assert "Nothing matches." in html(casey, f"{SENT}?state=accepted")
    assert others in html(casey, f"{SENT}?state=submitted")


def test_a_file_that_others_may_not_open_yet_is_named_and_not_linked(casey: Client, sams: Papers) -> None:
    sams.file.scan = "waiting"
    sams.file.save(update_fields=["scan"])
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert sams.file.name in page
    assert f"/files/{sams.file.pk}/" not in page


def test_answers_that_have_been_deleted_are_said_to_be_deleted(casey: Client, sams: Papers) -> None:
    sams.submission.content.delete()
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert "The answers have been deleted" in page
    assert sams.words.sent not in page


@pytest.mark.parametrize("person", ["robin_worker", "erin_editor", "admin"])
def test_nobody_outside_the_team_finds_them(
    person: str, signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    client = signed_in_client(family.people[person])
    for path in (
        SENT,
        DELIVERIES,
        f"{SENT}inspect/{sams.submission.pk}/",
        f"{SENT}?q={sams.submission.reference}",
    ):
        page = html(client, path).replace(f'value="{sams.submission.reference}"', "")
        assert sams.submission.reference not in page, path
        assert sams.words.sent not in page, path


def again(delivery: Delivery) -> str:
    return f"/admin/deliveries/{delivery.pk}/again/"


@pytest.mark.capability("B34")
def test_a_dead_delivery_is_tried_again_by_whoever_may(
    signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    morgan = family.people["morgan_manager"]
    client = signed_in_client(morgan)
    assert f'formaction="{again(sams.delivery)}"' in html(client, f"{DELIVERIES}?state=dead")
    assert client.get(again(sams.delivery)).status_code == 405
    assert "It is tried again" in client.post(again(sams.delivery), follow=True).content.decode()
    assert OutboxItem.objects.get(pk=sams.delivery.item_id).state == OutboxItem.State.WAITING
    assert AuditEntry.objects.filter(verb="delivery.again", actor_id=morgan.pk).exists()


@pytest.mark.parametrize("person", ["robin_worker", "erin_editor", "sam_parent"])
def test_nobody_else_tries_a_delivery_again(
    person: str, signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    signed_in_client(family.people[person]).post(again(sams.delivery))
    assert OutboxItem.objects.get(pk=sams.delivery.item_id).state == OutboxItem.State.DEAD
