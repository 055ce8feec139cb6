"""The code that proves a mailbox before there is an account, and what else may be sent in its place."""

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.limits import REGISTERED_LETTERS, REGISTERING, REGISTERING_NETWORK
from accounts.models import CODE_LIFE, PendingRegistration, User, email_key
from core import limiter, outbox
from core.limits import Limit
from core.models import OutboxItem


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
    _wait_for(email_key(email), network)
    with transaction.atomic():
        _send(_held(draft, email, password), nonce)


def keep_proved(draft: UUID, email: str, password: str) -> None:
    """Hold address and password (a hash) for `draft`: the mailbox is proved already, and gets no code."""
    with transaction.atomic():
        _held(draft, email, password).save()


def send_again(draft: UUID, nonce: str, network: str) -> None:
    """Another code, which stops the one before. Raises TooSoonError, TooManyCodesError."""
    with transaction.atomic():
        pending = PendingRegistration.objects.select_for_update().get(draft=draft)
        if pending.seconds_to_wait:
            raise TooSoonError
        # Counted with the row locked: a double click is one code.
        if not (refused := _refused(pending.email_key, network)):
            _send(pending, nonce)
    if refused:
        raise TooManyCodesError(_noted(refused, network))


def _held(draft: UUID, email: str, password: str) -> PendingRegistration:
    pending = PendingRegistration.objects.select_for_update().filter(draft=draft).first()
    pending = pending or PendingRegistration(draft=draft)
    pending.take(email, password)
    return pending


def _wait_for(address: str, network: str) -> None:
    if refused := _refused(address, network):
        raise TooManyCodesError(_noted(refused, network))


def _refused(address: str, network: str) -> tuple[Limit, str] | None:
    """Count a code. The limit that it is over, and of whom."""
    # The network first: whoever writes to ever new addresses leaves no more rows than that lets through.
    for limit, who in ((REGISTERING_NETWORK, network), (REGISTERING, address)):
        if limit.is_over(who):
            return limit, who
    return None


def _noted(refused: tuple[Limit, str], network: str) -> int:
    limit, who = refused
    limit.note(who, network=network)
    return limiter.seconds_left(limit.scope, who, limit.seconds)


def _send(pending: PendingRegistration, nonce: str) -> None:
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
