"""Another email address for somebody who is signed in: proved by a code that goes there before anything changes."""

import secrets

from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.limits import NEW_MAILBOX, TO_NEW_MAILBOX, WANTED_LETTERS
from accounts.models import CODE_LIFE, PendingMailbox, User
from accounts.recovery.new_mailbox import Taken, move
from core import audit, outbox
from core.models import OutboxItem

NONCE = "new-mailbox"


class TooSoonError(Exception):
    """A code was sent a moment ago."""


class TooManyCodesError(Exception):
    """As many codes were sent as an hour allows. `seconds`: until there can be another."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def ask(request: HttpRequest, person: User, email: str) -> None:
    """Hold `email` for `person`, and send it a code that works in this browser. Raises TooManyCodesError.

    The same for an address that has an account already: what it gets is decided where the email is written.
    """
    nonce = request.session[NONCE] = secrets.token_urlsafe(16)
    pending = PendingMailbox(user=person)
    pending.take(email)
    _wait_for(pending)
    with transaction.atomic():
        _send(pending, nonce)
        audit.record("account.mailbox-wanted", request=request, obj=person)


def send_again(request: HttpRequest, person: User) -> None:
    """Another code, which stops the one before. Raises TooSoonError, TooManyCodesError, PendingMailbox.DoesNotExist."""
    pending = PendingMailbox.objects.get(user=person)
    if pending.seconds_to_wait:
        raise TooSoonError
    _wait_for(pending)
    with transaction.atomic():
        _send(PendingMailbox.objects.select_for_update().get(user=person), request.session.get(NONCE, ""))


def of(request: HttpRequest, person: User) -> PendingMailbox | None:
    """The address that waits to be proved in this browser."""
    return PendingMailbox.objects.filter(user=person).first() if NONCE in request.session else None


def prove(request: HttpRequest, person: User, code: str) -> PendingMailbox:
    """Make the address hers if `code` is right: `person.email` is then the new one. What was held, as it is now.

    A right code for an address that has an account meanwhile is one that does not work.
    """
    with transaction.atomic():
        pending = PendingMailbox.objects.select_for_update().get(user=person)
        is_right = pending.check_code(request.session.get(NONCE, ""), code)
    if is_right:
        try:
            with transaction.atomic():
                move(person, pending.email, request=request)
                pending.delete()
        except Taken:
            person.refresh_from_db(fields=["email", "email_key"])
        else:
            del request.session[NONCE]
            person.refresh_from_db(fields=["email", "email_key", "session_epoch"])
    return pending


def deliver(item: OutboxItem) -> None:
    """Payload: "person", "code", "sent_at". The code; to the owner of an address that is taken, that it was wanted."""
    pending = PendingMailbox.objects.filter(user=item.payload["person"]).select_related("user").first()
    if pending is None or pending.sent_at.isoformat() != item.payload["sent_at"]:
        return
    owner = User.objects.filter(email_key=pending.email_key).first()
    if owner is None:
        words = {"code": item.payload["code"], "minutes": int(CODE_LIFE.total_seconds() // 60)}
        with translation.override(pending.user.language):
            # Translators: the subject of the email with a security code, "302518 is your security code"
            subject = _("%(code)s is your security code") % words
            body = emails.with_footer(emails.render("mailbox-code-body", words, pending.user))
        emails.post(str(item.id), pending.email, subject, body)
    elif owner.is_active and not WANTED_LETTERS.wait(owner.email_key, person=owner.pk):
        emails.send(str(item.id), owner.email, "mailbox-wanted", {}, owner)


def _wait_for(pending: PendingMailbox) -> None:
    for limit, who in ((NEW_MAILBOX, str(pending.user_id)), (TO_NEW_MAILBOX, pending.email_key)):
        if wait := limit.wait(who, person=pending.user_id):
            raise TooManyCodesError(wait)


def _send(pending: PendingMailbox, nonce: str) -> None:
    code = pending.issue(nonce)
    payload = {"person": str(pending.user_id), "code": code, "sent_at": pending.sent_at.isoformat()}
    outbox.put(KIND.name, payload, expires_at=pending.valid_until)


KIND = outbox.Kind(
    "mailbox_code",
    deliver,
    secret=True,
    priority=0,  # Somebody sits waiting for it.
    title=gettext_lazy("Security code by email"),
    goes_to=gettext_lazy("to the new address of a person"),
)
