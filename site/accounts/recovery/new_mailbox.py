"""A new email address for somebody who has lost her mailbox: set by staff, confirmed from the new one."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.masking import masked
from accounts.models import OneTimePassword, User, email_key
from accounts.recovery.letters import send_one_time
from core import audit, outbox


class Gone(Exception):
    """The one-time password was used meanwhile, or is too old."""


class Taken(Exception):
    """Another account has this address."""


def ask(person: User, email: str, *, reason: str, request: HttpRequest) -> None:
    """Staff name the mailbox that is to be hers. Nothing changes before it is confirmed there. Raises Taken.

    All her sessions end, and both addresses are told.
    """
    if User.objects.filter(email_key=email_key(email)).exists():
        raise Taken
    with transaction.atomic():
        person.sign_out_everywhere()
        # One for a new password may lie in the mailbox that is lost.
        OneTimePassword.objects.filter(user=person).delete()
        # Nor is one mailbox to become two people's.
        OneTimePassword.objects.filter(
            purpose=OneTimePassword.Purpose.MAILBOX, email_key=email_key(email)
        ).delete()
        send_one_time(person, OneTimePassword.Purpose.MAILBOX, email)
        _tell(person, person.email, "mailbox-change-asked", new=masked(email))
        audit.record("account.mailbox-asked", request=request, obj=person, reason=reason)


def confirm(one_time: OneTimePassword, *, request: HttpRequest) -> None:
    """Who reads the new mailbox has shown it: from now on it is the address of the account. Raises Gone and Taken."""
    with transaction.atomic():
        if not one_time.use_up():
            raise Gone
        move(one_time.user, one_time.email, request=request)


def move(person: User, email: str, *, request: HttpRequest) -> None:
    """From now on `email`, which was proved, is the address of the account. All her sessions end. Raises Taken.

    Both addresses are told.
    """
    old = person.email
    try:
        with transaction.atomic():
            person.email = email
            person.save(update_fields=["email"])
            person.sign_out_everywhere()
            OneTimePassword.objects.filter(user=person).delete()
            for address in (old, email):
                _tell(person, address, "mailbox-changed", new=masked(email))
            audit.record("account.mailbox-changed", actor=person, obj=person, request=request)
    except IntegrityError as error:
        raise Taken from error


def _tell(person: User, address: str, template: str, **context: str) -> None:
    payload = {"to": address, "person": str(person.pk), "template": template, "context": context}
    outbox.put("email_address", payload)
