"""The outbox in the admin: dead letters on top, tried again by a button; only for those who may."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import outbox
from core.models import AuditEntry, OutboxItem

State = OutboxItem.State
SignIn = Callable[[User], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B34")]

REGISTER = "/admin/core/outboxitem/"


@pytest.fixture
def dead() -> OutboxItem:
    return OutboxItem.objects.create(
        kind="email_code",
        payload={"code": "Zebrax"},
        state=State.DEAD,
        attempts=9,
        last_error="OSError",
        created_at=timezone.now() - timedelta(days=2),
    )


@pytest.fixture
def waiting() -> OutboxItem:
    return OutboxItem.objects.create(kind="email_person")


def number(item: OutboxItem) -> str:
    return str(item.pk)[:8]


def again(item: OutboxItem) -> str:
    return f"/admin/outbox/{item.pk}/again/"


def test_a_dead_letter_stands_before_newer_ones_with_a_button(
    admin: User, signed_in_client: SignIn, dead: OutboxItem, waiting: OutboxItem
) -> None:
    page = signed_in_client(admin).get(REGISTER).content.decode()

    assert page.index(number(dead)) < page.index(number(waiting))
    assert f'formaction="{again(dead)}"' in page
    assert again(waiting) not in page


def test_a_fault_is_said_in_words_and_each_cell_under_the_name_of_its_column(
    admin: User, signed_in_client: SignIn, dead: OutboxItem
) -> None:
    OutboxItem.objects.update(last_error="NoTeam")
    page = signed_in_client(admin).get(REGISTER).content.decode()
    assert re.search('<td[^>]* data-name="Last fault"[^>]*>No team</td>', page)


def test_the_register_can_be_narrowed_to_a_state_and_a_kind(
    admin: User, signed_in_client: SignIn, dead: OutboxItem, waiting: OutboxItem
) -> None:
    client = signed_in_client(admin)

    for query in ("?state=dead", "?kind=email_code", f"?q={number(dead)}"):
        page = client.get(REGISTER + query).content.decode()
        assert number(dead) in page, query
        assert number(waiting) not in page, query


def test_what_an_item_holds_is_never_shown(admin: User, signed_in_client: SignIn, dead: OutboxItem) -> None:
    client = signed_in_client(admin)

    assert "Zebrax" not in client.get(REGISTER).content.decode()
    for route in (f"inspect/{dead.pk}/", f"edit/{dead.pk}/", f"delete/{dead.pk}/"):
        response = client.get(REGISTER + route, follow=True)
        assert "Zebrax" not in response.content.decode()


def test_a_dead_letter_is_tried_again_and_that_is_written_down(
    admin: User, signed_in_client: SignIn, dead: OutboxItem
) -> None:
    response = signed_in_client(admin).post(again(dead), follow=True)

    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (State.WAITING, 0)
    assert "tried again" in response.content.decode()
    assert AuditEntry.objects.filter(verb="outbox.again", object_id=dead.pk, actor_id=admin.pk).exists()


def test_a_link_alone_tries_nothing_again(admin: User, signed_in_client: SignIn, dead: OutboxItem) -> None:
    assert signed_in_client(admin).get(again(dead)).status_code == 405


@pytest.mark.parametrize("person", ["casey_worker", "erin_editor", "sam_parent"])
def test_nobody_else_gets_at_the_outbox(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn, dead: OutboxItem
) -> None:
    client = signed_in_client(request.getfixturevalue(person))

    assert number(dead) not in client.get(REGISTER, follow=True).content.decode()
    assert client.post(again(dead)).status_code in {302, 404}
    dead.refresh_from_db()
    assert dead.state == State.DEAD


def test_each_item_says_in_words_what_it_is_and_to_whom_such_a_thing_goes(
    admin: User, signed_in_client: SignIn, dead: OutboxItem, waiting: OutboxItem, sam_parent: User
) -> None:
    waiting.payload = {"person": str(sam_parent.pk)}
    waiting.save(update_fields=["payload"])
    page = signed_in_client(admin).get(REGISTER).content.decode()

    assert ">Security code by email, to a person who is signing in</option>" in page
    assert f'<b>Email</b><span class="case-sub">to a person · {number(waiting)}</span>' in page
    assert ">Virus check of a file, to the virus scanner</option>" in page
    for private in (str(sam_parent.pk), sam_parent.email, "Sam"):
        assert private not in page
    assert not re.search(r">\s*email_(code|person)", page)


def test_every_kind_has_words_of_its_own() -> None:
    for kind in outbox.kinds.values():
        assert kind.title
        assert kind.goes_to


def test_the_register_begins_with_what_is_not_sent_and_the_rest_is_asked_for(
    admin: User, signed_in_client: SignIn, dead: OutboxItem, waiting: OutboxItem
) -> None:
    done = OutboxItem.objects.create(kind="email_person", state=State.DONE)
    client = signed_in_client(admin)

    begun = client.get(REGISTER).content.decode()
    assert number(dead) in begun
    assert number(waiting) in begun
    assert number(done) not in begun
    assert number(done) in client.get(REGISTER + "?state=all").content.decode()


def test_an_email_says_which_letter_it_is(
    admin: User, signed_in_client: SignIn, waiting: OutboxItem, sam_parent: User
) -> None:
    waiting.payload = {"person": str(sam_parent.pk), "template": "form-received", "context": {}}
    waiting.save(update_fields=["payload"])
    page = signed_in_client(admin).get(REGISTER).content.decode()
    assert f"We have received your form · to a person · {number(waiting)}" in page
    assert str(sam_parent.pk) not in page
