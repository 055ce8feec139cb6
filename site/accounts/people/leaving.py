"""Ending what somebody does here, and letting her in again. Who may ask for it is asked elsewhere."""

import datetime as dt

from django.db.models import F
from django.http import HttpRequest

from accounts import roles
from accounts.invitations import sending
from accounts.invitations.kinds import COUNCIL
from accounts.models import DisabledAccount, OneTimePassword, Team, User
from accounts.people import staff
from accounts.people.places import places
from core import audit, outbox

Why = DisabledAccount.Why


class NotDisabledError(Exception):
    """There is nothing to enable: nobody disabled this account, or somebody has enabled it since."""


def disable(
    person: User,
    why: str,
    *,
    request: HttpRequest | None = None,
    reason: str = "",
    was: str = "",
    of: str = "",
) -> None:
    """Shut the account of `person`, and end her sessions. In the caller's transaction."""
    DisabledAccount.objects.update_or_create(
        user=person, defaults={"why": why, "was": was[:300], "roles": of}
    )
    OneTimePassword.objects.filter(user=person).delete()
    User.objects.filter(pk=person.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
    audit.record(f"account.disabled-{why}", request=request, obj=person, reason=reason)


def enable(person: User, day: dt.date, request: HttpRequest, reason: str) -> None:
    """Open a disabled account again; from `day` on it counts anew. Raises NotDisabledError."""
    if not DisabledAccount.objects.filter(user=person).delete()[0]:
        raise NotDisabledError
    User.objects.filter(pk=person.pk).update(is_active=True)
    staff.count_from(person, day)
    audit.record("account.enabled", request=request, obj=person, reason=reason)
    outbox.put("email_person", {"person": str(person.pk), "template": "account-enabled"})


def leave(person: User, day: dt.date, request: HttpRequest, reason: str) -> None:
    """`person` works nowhere here any more: her roles, teams and places go, her sessions end, her account is shut.

    Whoever has it as family, too, keeps it for that.
    """
    sending.withdraw_open(person, request)
    held = sorted(staff.worker(person).roles)
    teams = list(Team.objects.filter(members=person))
    was = [*held, *(team.name for team in teams)]
    for place in places.values():
        was += place.standings([person.pk], day).get(person.pk, [])
        place.leave(person, day, request, reason)
    for team in teams:
        team.members.remove(person)
        audit.record("team.member-removed", request=request, obj=team, subject=person, reason=reason)
    for role in held:
        take(person, role, request, reason)
    audit.record("account.left", request=request, obj=person, reason=reason)
    if User.objects.filter(staff.also_family(day), pk=person.pk).exists():
        person.sign_out_everywhere()
        return
    of = "".join(f"|{role}|" for role in held)
    disable(person, Why.LEFT, request=request, reason=reason, was=", ".join(was), of=of)


def take(person: User, role: str, request: HttpRequest, reason: str) -> None:
    """Take `role` from `person`, with the invitations to it that she has not answered."""
    sending.withdraw_open(person, request, kind=COUNCIL, what=role)
    person.groups.remove(roles.group(role))
    audit.record("role.taken", request=request, obj=person, reason=f"{role}: {reason}")
