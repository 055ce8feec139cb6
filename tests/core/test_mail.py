"""Emails: through a real SMTP conversation, once, later if the server is away; and kept in a table in the demo."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from core import mail, outbox
from core.models import OutboxItem, SentMessage
from core.outbox import Kind
from core.registry import Registry
from tests.core.servers import MailServer, free_port, listening

State = OutboxItem.State

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B34")]


@pytest.fixture
def letter(monkeypatch: pytest.MonkeyPatch) -> OutboxItem:
    """An email that waits in the outbox."""

    def deliver(item: OutboxItem) -> None:
        mail.send(
            key=str(item.id), to="sam.parent@example.org", subject="Something\nhas come", body="Sign in."
        )

    fresh: Registry[Kind] = Registry("outbox kinds")
    fresh.register("letter", Kind("letter", deliver))
    monkeypatch.setattr(outbox, "kinds", fresh)
    return outbox.put("letter", {})


@pytest.fixture
def smtp_port(settings: Settings) -> int:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    return int(settings.EMAIL_PORT)


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "core.sent_messages.EmailBackend"
    settings.DEV_OUTBOX = True


def test_while_the_mail_server_is_away_an_email_waits_and_then_goes_once(
    letter: OutboxItem, smtp_port: int
) -> None:
    outbox.sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.WAITING, "ConnectionRefusedError")

    OutboxItem.objects.update(due=timezone.now())  # The wait is over.
    server = MailServer(smtp_port)
    with listening(server):
        outbox.sweep()
        outbox.sweep()

    letter.refresh_from_db()
    assert letter.state == State.DONE
    [message] = server.messages
    assert "Subject: Something has come" in message
    assert f"Message-ID: <{letter.id}@127.0.0.1>" in message


def test_an_email_that_the_server_refuses_waits(letter: OutboxItem, smtp_port: int) -> None:
    with listening(MailServer(smtp_port, refusal="451 not now")):
        outbox.sweep()

    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.WAITING, "SMTPRecipientsRefused")


@pytest.mark.usefixtures("demo")
def test_the_demo_keeps_a_repeated_email_once() -> None:
    key = str(uuid4())
    for _ in range(2):
        mail.send(key=key, to="sam.parent@example.org", subject="Hello", body="Sign in.")

    assert SentMessage.objects.get().key == key


def test_a_key_that_could_break_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        mail.send(key="a\nBcc: all@example.org", to="sam.parent@example.org", subject="", body="")


@pytest.fixture
def two_emails(demo: None) -> None:
    body = "Your security code is 123456. Or see http://127.0.0.1:8000/sign-in/?a=1&b=2."
    mail.send(key="one", to="sam.parent@example.org", subject="First", body="Nothing in it 12345678")
    mail.send(key="two", to="sam.parent@example.org", subject="Second", body=body)


@pytest.mark.usefixtures("two_emails")
def test_the_command_prints_the_newest_email_to_somebody_with_its_codes_and_links() -> None:
    out = StringIO()
    call_command(
        "outbox", "--to", "Sam.Parent@example.org", "--kind", "email", "--latest", "--json", stdout=out
    )

    [message] = json.loads(out.getvalue())
    assert (message["recipient"], message["subject"]) == ("sam.parent@example.org", "Second")
    assert message["codes"] == ["123456"]
    assert message["links"] == ["http://127.0.0.1:8000/sign-in/?a=1&b=2"]


@pytest.mark.usefixtures("two_emails")
def test_the_command_prints_all_emails_for_people_to_read() -> None:
    out = StringIO()
    call_command("outbox", "--to", "sam.parent@example.org", stdout=out)

    assert "Subject: First" in out.getvalue()
    assert "codes: 123456" in out.getvalue()


def test_the_command_says_when_there_is_nothing() -> None:
    with pytest.raises(CommandError, match="No message"):
        call_command("outbox", "--to", "sam.parent@example.org")


@pytest.mark.usefixtures("two_emails")
def test_the_page_shows_every_message_with_code_and_link(client: Client) -> None:
    page = client.get("/dev/outbox/").content.decode()

    assert page.index("Second") < page.index("First")
    assert '<a href="http://127.0.0.1:8000/sign-in/?a=1&amp;b=2"' in page


@pytest.mark.usefixtures("two_emails")
@pytest.mark.parametrize("extra", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_the_page_is_not_there_for_other_machines(client: Client, extra: dict[str, str]) -> None:
    assert client.get("/dev/outbox/", **extra).status_code == 404  # type: ignore[arg-type]


def test_the_page_is_not_there_in_production(client: Client, settings: Settings) -> None:
    settings.DEV_OUTBOX = False

    assert client.get("/dev/outbox/").status_code == 404


def test_digits_within_an_address_are_no_code() -> None:
    message = SentMessage(body="Your code is 302518. See https://example.org/cases/77335535-0000/335535/")
    assert message.codes == ["302518"]
