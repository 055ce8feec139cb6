"""Emails to a person and to a team: looked up at delivery, neutral, with the same foot."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from accounts import emails
from accounts.models import User
from core import outbox
from core.models import OutboxItem
from tests.factories import TeamFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B34")]


@pytest.fixture(autouse=True)
def _a_template(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """An email that no app sends: what is tested is the kind, not somebody's words."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "sample-subject.txt").write_text("Something is new\nfor you\n")
    (folder / "sample-body.txt").write_text(
        "Hello {{ first_name }},\n\n{{ what }}: {{ base_url }}{{ path }}\n"
    )
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [templates | {"DIRS": [*templates["DIRS"], tmp_path]}]


CONTEXT = {"what": "Somebody's <form> & yours", "path": "/cases/1/"}


def to_person(person: User) -> OutboxItem:
    payload = {"person": str(person.pk), "template": "sample", "context": CONTEXT}
    return outbox.put("email_person", payload)


def test_it_goes_to_the_address_that_is_held_when_it_is_sent(sam_parent: User) -> None:
    to_person(sam_parent)
    sam_parent.email = "sam.new@example.org"
    sam_parent.save()
    outbox.sweep()
    assert mail.outbox[-1].to == ["sam.new@example.org"]


def test_it_is_plain_text_with_links_from_the_settings(sam_parent: User) -> None:
    to_person(sam_parent)
    outbox.sweep()
    message = mail.outbox[-1]
    assert message.subject == "Something is new for you"
    expected = f"Hello Sam,\n\nSomebody's <form> & yours: {settings.BASE_URL}/cases/1/\n\n--\nExample Council"
    assert message.body.startswith(expected)


@pytest.mark.capability("A33")
def test_every_email_ends_with_what_we_never_ask_and_whom_to_call(sam_parent: User) -> None:
    to_person(sam_parent)
    outbox.sweep()
    assert "We never ask for your password or a security code" in mail.outbox[-1].body
    assert "01632 960 100" in mail.outbox[-1].body


def test_a_repeat_of_a_delivery_carries_the_same_key(sam_parent: User) -> None:
    item = to_person(sam_parent)
    emails.email_person(item)
    emails.email_person(item)
    keys = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert len(keys) == 1
    assert str(item.id) in keys.pop()


@pytest.mark.parametrize("gone", ["disabled", "deleted"])
def test_nothing_goes_to_an_account_that_is_no_more(sam_parent: User, gone: str) -> None:
    item = to_person(sam_parent)
    if gone == "disabled":
        User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    else:
        sam_parent.delete()
    outbox.sweep()
    item.refresh_from_db()
    assert (mail.outbox, item.state) == ([], OutboxItem.State.DONE)


def test_a_team_gets_it_in_its_own_mailbox(casey_worker: User) -> None:
    team = TeamFactory(name="North", email="north@council.example")
    outbox.put("email_team", {"team": str(team.pk), "template": "sample", "context": CONTEXT})
    outbox.sweep()
    assert [message.to for message in mail.outbox] == [["north@council.example"]]


def test_a_team_without_a_mailbox_gets_it_member_by_member() -> None:
    team = TeamFactory(name="West", email="")
    for email in ("one@example.org", "two@example.org"):
        UserFactory(email=email, teams=[team])
    UserFactory(email="left@example.org", teams=[team], disabled=True)
    outbox.put("email_team", {"team": str(team.pk), "template": "sample", "context": CONTEXT})
    outbox.sweep()
    assert sorted(message.to[0] for message in mail.outbox) == ["one@example.org", "two@example.org"]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_a_member_whose_mailbox_refuses_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    team = TeamFactory(name="West", email="")
    for email in ("one@example.org", "two@example.org"):
        UserFactory(email=email, teams=[team])
    send = mail.EmailMessage.send

    def refuse_two(message: mail.EmailMessage, **kwargs: Any) -> int:
        if message.to == ["two@example.org"]:
            raise OSError
        return send(message, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_two)
    outbox.put("email_team", {"team": str(team.pk), "template": "sample", "context": CONTEXT})
    for _try in range(3):
        outbox.sweep()
        OutboxItem.objects.filter(state=OutboxItem.State.WAITING).update(due=timezone.now())
    assert [message.to for message in mail.outbox] == [["one@example.org"]]


def test_no_payload_holds_an_address(sam_parent: User) -> None:
    to_person(sam_parent)
    assert not any("@" in str(payload) for payload in OutboxItem.objects.values_list("payload", flat=True))
