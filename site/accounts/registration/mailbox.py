"""The code that proves a mailbox before there is an account, and what else may be sent in its place."""

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails, sending_codes
from accounts.limits import REGISTERED_LETTERS, REGISTERING, REGISTERING_NETWORK
from accounts.models import CODE_LIFE, PendingRegistration, User, email_key
from accounts.rules.passwords import normal
from accounts.sending_codes import Allowance, Post
from core import outbox
from core.models import OutboxItem


def keep(draft: UUID, email: str, password: str, nonce: str, network: str) -> None:
    """Hold address and password (as a hash) for `draft`, and send the address a code. Raises TooManyCodesError.

    The same for an address that has an account already: what it gets is decided where the email is written.
    """
    _allowance(email_key(email), network).use()
    # Slow on purpose: after the count, and before the transaction.
    encoded = make_password(normal(password))
    with transaction.atomic():
        _post(draft).send(_held(draft, email, encoded), nonce)


def keep_proved(draft: UUID, email: str, password: str) -> None:
    """Hold address and password (as a hash) for `draft`: the mailbox is proved already, and gets no code."""
    encoded = make_password(normal(password))
    with transaction.atomic():
        _held(draft, email, encoded).save()


def send_again(pending: PendingRegistration, nonce: str, network: str) -> None:
    """Another code, which stops the one before. Raises TooSoonError, TooManyCodesError."""
    sending_codes.send(
        lambda: PendingRegistration.objects.select_for_update().get(pk=pending.pk),
        nonce,
        _post(pending.draft),
        _allowance(pending.email_key, network),
        is_another=True,
    )


def _held(draft: UUID, email: str, encoded: str) -> PendingRegistration:
    first = PendingRegistration(draft=draft)
    first.take(email, encoded)
    # Of two at once, a double click, the second waits for the first, and then takes its row.
    PendingRegistration.objects.bulk_create([first], ignore_conflicts=True)
    pending = PendingRegistration.objects.select_for_update().get(draft=draft)
    pending.take(email, encoded)
    return pending


def _allowance(address: str, network: str) -> Allowance:
    # The network first: whoever writes to ever new addresses leaves no more rows than that lets through.
    return Allowance(((REGISTERING_NETWORK, network), (REGISTERING, address)), network=network)


def _post(draft: UUID) -> Post:
    return Post(KIND.name, {"draft": str(draft)})


def deliver(item: OutboxItem) -> None:
    """Payload: "draft", "code", "sent_at". The code; to an address that has an account, that it has one."""
    pending = PendingRegistration.objects.filter(draft=item.payload["draft"]).first()
    if pending is None or pending.sent_at.isoformat() != item.payload["sent_at"]:
        return
    owner = User.objects.filter(email_key=pending.email_key).first()
    if owner is None:
        words = {"code": item.payload["code"], "minutes": int(CODE_LIFE.total_seconds() // 60)}
        # Translators: the subject of the email with the code of a registration, "302518 is your security code"
        subject = _("%(code)s is your security code") % words
        body = emails.with_footer(emails.render("registration-code-body", words))
        emails.post(str(item.id), pending.email, subject, body)
    elif owner.is_active and not REGISTERED_LETTERS.wait(pending.email_key, person=owner.pk):
        with translation.override(owner.language):
            subject = emails.render("registration-taken-subject", {}, owner)
            body = emails.with_footer(emails.render("registration-taken-body", {}, owner))
        emails.post(str(item.id), owner.email, subject, body)


KIND = outbox.Kind(
    "registration_code",
    deliver,
    secret=True,
    priority=0,  # Somebody sits waiting for it.
    title=gettext_lazy("Security code by email"),
    goes_to=gettext_lazy("to somebody who is making an account"),
)
