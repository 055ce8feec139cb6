"""The code that proves a mailbox before there is an account, and what else may be sent in its place."""

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.models import CODE_LIFE, PendingRegistration, User
from core import limiter, outbox
from core.models import OutboxItem

HOUR, DAY = 3600, 86_400  # seconds
# Codes to one address within an hour. Not those of signing in: nobody uses these up for its owner.
MOST_CODES = 6
# The same from one network, to whatever addresses.
MOST_CODES_OF_A_NETWORK = 100
# Letters to the owner of an address that it has an account, within a day.
MOST_LETTERS = 3


class TooSoonError(Exception):
    """A code was sent a moment ago."""


class TooManyCodesError(Exception):
    """As many codes went to this address as an hour allows. `seconds`: until there can be another."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def keep(draft: UUID, email: str, password: str, nonce: str, network: str) -> None:
    """Hold address and password (a hash) for `draft`, and send the address a code. Raises TooManyCodesError.

    The same for an address that has an account already: what it gets is decided where the email is written.
    """
    with transaction.atomic():
        pending = PendingRegistration.objects.select_for_update().filter(draft=draft).first()
        pending = pending or PendingRegistration(draft=draft)
        pending.take(email, password)
        _send(pending, nonce, network)


def send_again(draft: UUID, nonce: str, network: str) -> None:
    """Another code, which stops the one before. Raises TooSoonError, TooManyCodesError."""
    with transaction.atomic():
        pending = PendingRegistration.objects.select_for_update().get(draft=draft)
        if pending.seconds_to_wait:
            raise TooSoonError
        _send(pending, nonce, network)


def _send(pending: PendingRegistration, nonce: str, network: str) -> None:
    for scope, who, most in (
        ("registration codes", pending.email_key, MOST_CODES),
        ("registration codes: network", network, MOST_CODES_OF_A_NETWORK),
    ):
        if limiter.hit(scope, who, HOUR) > most:
            raise TooManyCodesError(limiter.seconds_left(scope, who, HOUR))
    code = pending.issue(nonce)
    payload = {"draft": str(pending.draft), "code": code, "sent_at": pending.sent_at.isoformat()}
    outbox.put(KIND.name, payload, expires_at=pending.valid_until)


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
    elif owner.is_active and limiter.hit("registration letters", pending.email_key, DAY) <= MOST_LETTERS:
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
