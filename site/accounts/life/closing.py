"""Closing one's own account: what goes at once, what goes after 30 days, and what stays."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django_otp import devices_for_user

from accounts.access import may_enter_admin
from accounts.models import ClosedAccount, Invitation, OneTimePassword, PendingMailbox, PersonalDetails, User
from accounts.models.closed import ADDRESS_KEPT_FOR
from core import audit, outbox
from core.registry import Registry
from forms_engine import expiry
from forms_engine.models import Draft, LastCopy, Party

# An app's name -> what it does, in the same transaction, about somebody who has closed her account.
when_closed: Registry[Callable[[User, HttpRequest], None]] = Registry("what follows from a closed account")

# At one run of the periodic work; the rest waits for the next.
MOST_FREED = 200


def may_close(person: User) -> bool:
    """Whether she closes it herself. For those who work for the council others decide."""
    return not may_enter_admin(person)


def close(person: User, request: HttpRequest) -> None:
    """Close the account of `person`, who has just typed her password. All her sessions end. Twice is once.

    Her unsent forms and her details are deleted; forms that were sent stay with what they are about. Whoever waits for
    her elsewhere hears of it (`when_closed`).
    """
    with transaction.atomic():
        # Whoever is just asking her for something may still name her: what follows waits for them, not they for it.
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        _row, is_new = ClosedAccount.objects.get_or_create(user=person)
        if not is_new:
            return
        audit.record("account.closed", request=request, obj=person)
        payload = {"to": person.email, "person": str(person.pk), "template": "account-closed", "context": {}}
        outbox.put("email_address", payload)
        begun = Draft.objects.filter(
            submitted_at=None,
            parties__in=Party.objects.filter(user=person, role="author"),
        )
        for draft in begun:
            expiry.discard(draft, request)
        LastCopy.objects.filter(person=person).delete()
        for follow in when_closed.values():
            follow(person, request)
        _forget(person)


def free_addresses(now: datetime | None = None) -> int:
    """Delete the email addresses of accounts closed 30 days ago; how many. Safe to repeat."""
    at = now or timezone.now()
    due = ClosedAccount.objects.filter(address_freed_at=None, at__lte=at - ADDRESS_KEPT_FOR)
    return sum(_free(row, at) for row in due.select_related("user")[:MOST_FREED])


@transaction.atomic
def _free(row: ClosedAccount, at: datetime) -> bool:
    """Whether this worker did it."""
    if not ClosedAccount.objects.filter(pk=row.pk, address_freed_at=None).update(address_freed_at=at):
        return False
    # Nobody has a mailbox under this ending (RFC 2606).
    row.user.email = f"closed-{row.user_id}@closed.invalid"
    row.user.save(update_fields=["email"])
    audit.record("account.address-freed", obj=row.user)
    return True


def _forget(person: User) -> None:
    """All that only she had a use for. Her sign-ins go by themselves after 90 days."""
    PersonalDetails.objects.filter(user=person).delete()
    OneTimePassword.objects.filter(user=person).delete()
    PendingMailbox.objects.filter(user=person).delete()
    Invitation.objects.filter(joined_by=person).delete()
    person.past_passwords.all().delete()
    person.identities.all().delete()
    person.declined_letters.all().delete()
    for device in devices_for_user(person, confirmed=None):
        device.delete()
    User.objects.filter(pk=person.pk).update(
        is_active=False, password=make_password(None), session_epoch=F("session_epoch") + 1
    )
