"""What the worker does when somebody asks for a way back in, as kinds of the outbox.

The page only puts down what was typed. Who it is, whether the facts agree and what is sent is found out here, out of
sight: a page that answers always alike has no time of its own that could be measured.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.limits import RECOVERY_LETTERS
from accounts.models import OneTimePassword, User, email_key
from accounts.recovery.facts import agree, is_for_work_alone
from core import audit, outbox
from core.dates import today
from core.models import OutboxItem

Purpose = OneTimePassword.Purpose
# The letter with a one-time password, and where its link leads.
_LETTERS = {
    Purpose.PASSWORD: ("one-time-password", "accounts:choose_password_by_link"),
    Purpose.MAILBOX: ("new-mailbox", "accounts:new_mailbox_by_link"),
}


def recover(item: OutboxItem) -> None:
    """Payload: "email", "postcode", "born" (ISO or ""), "at_work", as typed; "known", as of `remind`.

    A one-time password, or word that somebody tried.
    """
    person = _owner(item.payload["email"])
    if person is None:
        return
    if not _agree(person, item):
        _write_once(item, person, "recovery-refused")
    elif _is_new(item) and not _has_enough(person, "one-time", item):
        with transaction.atomic():
            send_one_time(person, Purpose.PASSWORD, person.email, id=_letter_of(item))
            audit.record("account.one-time-sent", obj=person)


def remind(item: OutboxItem) -> None:
    """Payload: "emails", "postcode", "born", "at_work"; "known", those that this browser knows, as `email_key`s.

    To each of the addresses by which such a person signs in: that it is.
    """
    for email in item.payload["emails"]:
        person = _owner(email)
        if person and _agree(person, item):
            _write_once(item, person, "email-reminder")


def send_one_time(person: User, purpose: str, email: str, *, id: uuid.UUID | None = None) -> None:
    """A new one-time password for `person`, in a letter to `email`. In the caller's transaction."""
    row, issued = OneTimePassword.issue(person, purpose, email)
    payload = {"one_time": row.pk, "password": issued.password, "token": issued.token}
    outbox.put("email_one_time", payload, id=id, expires_at=row.valid_until)


def email_one_time(item: OutboxItem) -> None:
    """Payload: "one_time" (pk), "password", "token". One that a newer one has stopped is not sent."""
    row = OneTimePassword.objects.filter(pk=item.payload["one_time"]).select_related("user").first()
    password = item.payload["password"]
    if row is None or not row.is_typed_as(password):
        return
    name, link = _LETTERS[Purpose(row.purpose)]
    url = settings.BASE_URL + reverse(link, args=[item.payload["token"]])
    emails.send(str(item.id), row.email, name, {"password": password, "link": url}, row.user)


def email_address(item: OutboxItem) -> None:
    """Payload: "to" (an address that is, or was, hers), "person" (UUID), "template", "context"."""
    person = User.objects.filter(pk=item.payload["person"]).first()
    if person:
        emails.send(
            str(item.id), item.payload["to"], item.payload["template"], item.payload["context"], person
        )


def _owner(email: str) -> User | None:
    return User.objects.filter(email_key=email_key(email), is_active=True).first()


def _agree(person: User, item: OutboxItem) -> bool:
    if item.payload.get("at_work") and is_for_work_alone(person, today()):
        return True
    born = item.payload["born"]
    return agree(person, item.payload["postcode"], dt.date.fromisoformat(born) if born else None)


def _write_once(item: OutboxItem, person: User, name: str) -> None:
    """The letter `name` to `person`, at most so many a day, and one for one item however often it is delivered."""
    letter = _letter_of(item, str(person.pk))
    if OutboxItem.objects.filter(pk=letter).exists() or _has_enough(person, name, item):
        return
    with transaction.atomic():
        outbox.put("email_person", {"person": str(person.pk), "template": name}, id=letter)
        audit.record(f"account.{name}", obj=person)


def _has_enough(person: User, name: str, item: OutboxItem) -> bool:
    """Count a letter, and say whether it is one too many. Strangers use up none of those asked for in her browsers.

    By whose mailbox it is, and never by who asks: one browser more is no letter more.
    """
    of_hers = "known" if person.email_key in item.payload.get("known", ()) else ""
    return RECOVERY_LETTERS.wait(f"{person.pk} {name} {of_hers}", person=person.pk) > 0


def _letter_of(item: OutboxItem, whose: str = "") -> uuid.UUID:
    """The id of the letter that comes of `item`: the same each time it is delivered."""
    return uuid.uuid5(item.id, f"letter {whose}")


def _is_new(item: OutboxItem) -> bool:
    return not OutboxItem.objects.filter(pk=_letter_of(item)).exists()


KINDS = (
    outbox.Kind(
        "accounts_recover",
        recover,
        secret=True,
        priority=1,  # She sits waiting for what comes of it.
        title=gettext_lazy("Forgotten password"),
        goes_to=gettext_lazy("to a person who asked to get back in"),
    ),
    outbox.Kind(
        "accounts_remind",
        remind,
        secret=True,
        priority=1,
        title=gettext_lazy("Forgotten email address"),
        goes_to=gettext_lazy("to a person who asked to get back in"),
    ),
    outbox.Kind(
        "email_one_time",
        email_one_time,
        secret=True,
        priority=0,
        title=gettext_lazy("One-time password by email"),
        goes_to=gettext_lazy("to a person who asked to get back in"),
    ),
    outbox.Kind(
        "email_address",
        email_address,
        secret=True,
        title=gettext_lazy("Email about a change of address"),
        goes_to=gettext_lazy("to the old or the new address of a person"),
    ),
)
