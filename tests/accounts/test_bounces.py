"""Emails that come back: noted on whoever has the mailbox, and over as soon as one arrives."""

import io
import sys
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import BouncedMailbox, User, bounces
from core import outbox
from core.models import OutboxItem
from tests.accounts.conftest import Visitor
from tests.core.servers import MailServer, NotifyServer, free_port, listening
from tests.core.test_bounces import KEY, report

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B34")]
TOKEN = "a-token-that-the-council-gave-notify"
NO_SUCH_USER = "550 5.1.1 No such user here"


def write_to(person: User) -> OutboxItem:
    return outbox.put("email_person", {"person": str(person.pk), "template": "password-changed"})


def bounced() -> set[str]:
    return set(BouncedMailbox.objects.current().values_list("email_key", flat=True))


@pytest.fixture
def mail_port(settings: Settings) -> int:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    return int(settings.EMAIL_PORT)


def test_a_mailbox_that_the_mail_server_does_not_have_is_noted_and_not_tried_again(
    sam_parent: User, mail_port: int
) -> None:
    letter = write_to(sam_parent)
    with listening(MailServer(mail_port, refusal=NO_SUCH_USER)):
        outbox.sweep()

    letter.refresh_from_db()
    assert letter.state == OutboxItem.State.DONE
    assert bounced() == {"sam.parent@example.org"}


def test_a_server_that_lets_nobody_through_says_nothing_about_her_mailbox(
    sam_parent: User, mail_port: int
) -> None:
    letter = write_to(sam_parent)
    with listening(MailServer(mail_port, refusal="550 5.7.1 Your address is on a list")):
        outbox.sweep()

    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (OutboxItem.State.WAITING, "SMTPRecipientsRefused")
    assert not bounced()


def test_servers_report_to_the_address_for_bounces(
    sam_parent: User, mail_port: int, settings: Settings
) -> None:
    settings.BOUNCES_TO = "bounces@council.example"
    write_to(sam_parent)
    server = MailServer(mail_port)
    with listening(server):
        outbox.sweep()

    assert server.senders == ["bounces@council.example"]
    assert f"From: {settings.DEFAULT_FROM_EMAIL}" in server.messages[0]


def take(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("take_bounce")


def test_a_report_that_comes_later_is_noted(sam_parent: User, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = write_to(sam_parent)
    raw = report(final="Sam.Parent@example.org").replace(KEY.encode(), str(letter.pk).encode())
    take(raw, monkeypatch)

    assert bounced() == {"sam.parent@example.org"}


def test_a_report_that_somebody_made_up_is_not(sam_parent: User, monkeypatch: pytest.MonkeyPatch) -> None:
    write_to(sam_parent)
    take(report(final=sam_parent.email), monkeypatch)
    take(report(final=sam_parent.email).replace(KEY.encode(), b"not-a-key"), monkeypatch)

    assert not bounced()


def test_nobody_says_with_a_letter_of_her_own_that_anothers_come_back(
    sam_parent: User, alex_parent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = write_to(alex_parent)
    take(report(final=sam_parent.email).replace(KEY.encode(), str(letter.pk).encode()), monkeypatch)

    assert not bounced()


@pytest.fixture
def notify(settings: Settings) -> Callable[[NotifyServer], None]:
    def use(server: NotifyServer) -> None:
        settings.EMAIL_BACKEND = "core.notify.EmailBackend"
        settings.NOTIFY_URL, settings.NOTIFY_TEMPLATE = server.url, "template-1"
        settings.NOTIFY_API_KEY = f"council-{'1' * 8}-{'1' * 27}-{'2' * 8}-{'2' * 27}"

    return use


def test_notify_gets_the_letter_with_our_key_as_its_reference(
    sam_parent: User, notify: Callable[[NotifyServer], None]
) -> None:
    letter, server = write_to(sam_parent), NotifyServer()
    notify(server)
    with listening(server):
        outbox.sweep()

    [sent] = server.sent
    assert (sent["path"], sent["email_address"]) == ("/v2/notifications/email", "sam.parent@example.org")
    assert (sent["template_id"], sent["reference"]) == ("template-1", f"<{letter.pk}@127.0.0.1>")
    assert sent["personalisation"]["subject"] == "Your password was changed"
    assert sent["personalisation"]["body"].startswith("Hello Sam")


@pytest.mark.parametrize(
    ("status", "fault", "state", "noted"),
    [
        (400, "email_address Not a valid email address", OutboxItem.State.DONE, True),
        (400, "template_id is not a valid UUID", OutboxItem.State.WAITING, False),
        (429, "Exceeded rate limit", OutboxItem.State.WAITING, False),
        (500, "Internal server error", OutboxItem.State.WAITING, False),
    ],
)
def test_notify_is_asked_again_unless_the_address_cannot_be(
    sam_parent: User,
    notify: Callable[[NotifyServer], None],
    status: int,
    fault: str,
    state: str,
    noted: bool,
) -> None:
    letter = write_to(sam_parent)
    server = NotifyServer(refusal=(status, [{"error": "ValidationError", "message": fault}]))
    notify(server)
    with listening(server):
        outbox.sweep()

    letter.refresh_from_db()
    assert letter.state == state
    assert bool(bounced()) is noted


def told(client: Client, status: str, to: str = "Sam.Parent@example.org", token: str = TOKEN) -> int:
    receipt = {"id": "1", "reference": "x", "to": to, "status": status, "notification_type": "email"}
    answer = client.post(
        "/notify/receipts/",
        receipt,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.status_code


@pytest.fixture
def called_back(settings: Settings) -> None:
    settings.NOTIFY_CALLBACK_TOKEN = TOKEN


@pytest.mark.usefixtures("called_back")
@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure"])
def test_what_notify_gave_up_is_noted_until_something_arrives(
    client: Client, sam_parent: User, status: str
) -> None:
    assert told(client, status) == 204
    assert told(client, status) == 204
    assert bounced() == {"sam.parent@example.org"}
    assert told(client, "delivered") == 204
    assert not bounced()


@pytest.mark.usefixtures("called_back")
def test_a_fault_of_notifys_own_says_nothing_about_her_mailbox(client: Client, sam_parent: User) -> None:
    assert told(client, "technical-failure") == 204
    assert not bounced()


@pytest.mark.usefixtures("called_back")
def test_notify_hears_the_same_of_an_address_that_nobody_has(client: Client, sam_parent: User) -> None:
    assert told(client, "permanent-failure", to="nobody@example.org") == 204


@pytest.mark.usefixtures("called_back")
def test_a_stranger_cannot_say_that_emails_come_back(client: Client, sam_parent: User) -> None:
    assert told(client, "permanent-failure", token="a-guess") == 404
    assert not bounced()


def test_without_a_token_nobody_can(client: Client, sam_parent: User) -> None:
    assert told(client, "permanent-failure", token="") == 404
    assert not bounced()


@pytest.mark.usefixtures("called_back")
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'"to"', b'{"to": "a@b.example"}'])
def test_what_is_no_receipt_is_refused(client: Client, db: None, body: bytes) -> None:
    answer = client.post(
        "/notify/receipts/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert answer.status_code == 400


def test_another_address_is_another_mailbox(sam_parent: User) -> None:
    bounces.note(sam_parent.email)
    sam_parent.email = "sam.new@example.org"
    sam_parent.save()
    assert not bounced()
    bounces.note("sam.new@example.org")
    assert bounced() == {"sam.new@example.org"}


def test_somebody_who_signs_in_with_the_emailed_code_gets_our_emails(
    sam_parent: User, visitor: Visitor
) -> None:
    bounces.note(sam_parent.email)
    visitor.signs_in(sam_parent)
    assert not bounced()


def test_her_own_page_says_that_our_emails_come_back(
    sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    bounces.note(sam_parent.email)
    page = signed_in_client(sam_parent).get("/account/").content.decode()
    assert "Our emails to this address come back" in page
