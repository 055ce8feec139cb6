"""Inviting somebody, sending that again, withdrawing it, and saying yes to it."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.invitations.kinds import kinds
from accounts.limits import INVITATIONS, INVITATIONS_TO
from accounts.models import Invitation, User, email_key
from accounts.people import staff
from core import audit, outbox
from core.links import unlinked
from core.models import OutboxItem


class NotHersError(Exception):
    """She may not make anybody that; or it is her own address."""


class TooOftenError(Exception):
    """As many invitations went out as a day allows."""


class GoneError(Exception):
    """Somebody has used or withdrawn it, it is too old, or who sent it may not invite any more."""


def invite(
    by: User,
    name: str,
    email: str,
    kind: str,
    what: str,
    place: UUID | None,
    day: dt.date,
    request: HttpRequest,
) -> Invitation:
    """Ask whoever reads `email` to be `what` at `place`. One that is open already is sent again.

    Raises NotHersError and TooOftenError.
    """
    if by.email_key == email_key(email) or not kinds.get(kind).may_invite(by, what, place, day):
        raise NotHersError
    same = {"email_key": email_key(email), "kind": kind, "what": what, "place": place}
    found = Invitation.objects.open().filter(**same).first()
    invitation = found or Invitation(name=name, email=email, kind=kind, what=what, place=place)
    invitation.invited_by = by
    _send(invitation, by, request, "invitation.sent")
    return invitation


def send_again(invitation: Invitation, by: User, day: dt.date, request: HttpRequest) -> None:
    """A new link for 14 days; the one before stops. Raises GoneError, NotHersError, TooOftenError."""
    if not kinds.get(invitation.kind).may_invite(by, invitation.what, invitation.place, day):
        raise NotHersError
    invitation.invited_by = by
    _send(invitation, by, request, "invitation.sent-again")


def withdraw(invitation: Invitation, request: HttpRequest) -> bool:
    """Whether it was open. Its link opens nothing any more."""
    with transaction.atomic():
        was_open = invitation.withdraw()
        if was_open:
            audit.record("invitation.withdrawn", request=request, obj=invitation)
    return was_open


def withdraw_open(person: User, request: HttpRequest, **of: str | UUID) -> None:
    """Withdraw what `person` has not answered, of those invitations that are so: she is to be that no more.

    `of`: fields of the invitations. In the caller's transaction.
    """
    for invitation in Invitation.objects.open().filter(email_key=person.email_key, **of):
        withdraw(invitation, request)


def is_good(invitation: Invitation, day: dt.date) -> bool:
    """Whether who sent it may still invite to that."""
    kind = kinds.get(invitation.kind)
    return kind.may_invite(invitation.invited_by, invitation.what, invitation.place, day)


@transaction.atomic
def accept(invitation: Invitation, person: User, day: dt.date, request: HttpRequest) -> None:
    """`person` says yes: she is what it says from now on, and whoever invited her hears of it. Raises GoneError.

    Her address is the one that it went to, and nobody accepts what she has sent herself.
    """
    staff.lock()
    if not invitation.is_for(person) or invitation.invited_by_id == person.pk:
        raise GoneError
    if not is_good(invitation, day) or not invitation.use_up(person):
        raise GoneError
    audit.record("invitation.accepted", request=request, obj=invitation, reason=invitation.what)
    kinds.get(invitation.kind).join(invitation, person, day, request)
    staff.count_from(person, day)
    payload = {"person": str(invitation.invited_by_id), "template": "invitation-accepted"}
    outbox.put("email_person", payload)


def _send(invitation: Invitation, by: User, request: HttpRequest, verb: str) -> None:
    if INVITATIONS.wait(str(by.pk), person=by.pk) or INVITATIONS_TO.wait(email_key(invitation.email)):
        raise TooOftenError
    with transaction.atomic():
        token = invitation.issue()
        if invitation._state.adding:
            invitation.save()
        elif not _renew(invitation):
            raise GoneError
        audit.record(verb, request=request, obj=invitation, reason=invitation.what)
        payload = {"invitation": str(invitation.pk), "token": token}
        outbox.put(KIND.name, payload, expires_at=invitation.valid_until)


def _renew(invitation: Invitation) -> bool:
    """Whether it was still open. By one statement, so that nobody who says yes at this moment is overtaken."""
    fields = ("invited_by_id", "sent_at", "valid_until", "link_digest")
    new = {field: getattr(invitation, field) for field in fields}
    return bool(Invitation.objects.open().filter(pk=invitation.pk).update(**new))


def deliver(item: OutboxItem) -> None:
    """Payload: "invitation" (UUID), "token". One that a newer one has stopped, or that was withdrawn, is not sent."""
    token = item.payload["token"]
    invitation = Invitation.objects.by_link(UUID(item.payload["invitation"]), token)
    if invitation is None:
        return
    words = {
        "name": unlinked(invitation.name),
        "by": unlinked(invitation.invited_by.full_name),
        "what": unlinked(kinds.get(invitation.kind).said(invitation)),
        "link": settings.BASE_URL + reverse("accounts:invitation", args=[invitation.pk, token]),
        "until": invitation.valid_until,
    }
    emails.send(str(item.id), invitation.email, "invitation", words)


KIND = outbox.Kind(
    "invitation",
    deliver,
    secret=True,
    priority=2,
    title=gettext_lazy("Invitation by email"),
    goes_to=gettext_lazy("to somebody who is to work here"),
)
