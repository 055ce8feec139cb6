"""Another email address for somebody who is signed in: proved by a code that goes there before anything changes."""

import secrets

from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails, sending_codes
from accounts.limits import NEW_MAILBOX, TO_NEW_MAILBOX, WANTED_LETTERS
from accounts.models import CODE_LIFE, PendingMailbox, User
from accounts.recovery.new_mailbox import Taken, move
from accounts.sending_codes import Allowance, Post
from core import audit, outbox
from core.models import OutboxItem

NONCE = "new-mailbox"


def ask(request: HttpRequest, person: User, email: str) -> None:
    """Hold `email` for `person`, and send it a code that works in this browser. Raises TooManyCodesError.

    The same for an address that has an account already: what it gets is decided where the email is written.
    """
    nonce = request.session[NONCE] = secrets.token_urlsafe(16)
    first = PendingMailbox(user=person)
    first.take(email)
    _allowance(first).use()
    with transaction.atomic():
        # Of two at once, a double click, the second waits for the first, and then takes its row.
        PendingMailbox.objects.bulk_create([first], ignore_conflicts=True)
        pending = PendingMailbox.objects.select_for_update().get(user=person)
        pending.take(email)
        _post(person).send(pending, nonce)
        audit.record("account.mailbox-wanted", request=request, obj=person)


def send_again(request: HttpRequest, person: User) -> None:
    """Another code, which stops the one before. Raises TooSoonError, TooManyCodesError, PendingMailbox.DoesNotExist."""
    pending = PendingMailbox.objects.get(user=person)
    sending_codes.send(
        lambda: PendingMailbox.objects.select_for_update().get(user=person),
        request.session.get(NONCE, ""),
        _post(person),
        _allowance(pending),
        is_another=True,
    )


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


def _allowance(pending: PendingMailbox) -> Allowance:
    tries = ((NEW_MAILBOX, str(pending.user_id)), (TO_NEW_MAILBOX, pending.email_key))
    return Allowance(tries, person=pending.user_id)


def _post(person: User) -> Post:
    return Post(KIND.name, {"person": str(person.pk)})


KIND = outbox.Kind(
    "mailbox_code",
    deliver,
    secret=True,
    priority=0,  # Somebody sits waiting for it.
    title=gettext_lazy("Security code by email"),
    goes_to=gettext_lazy("to the new address of a person"),
)
