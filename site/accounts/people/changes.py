"""What somebody who looks after people changes about one of them: each asks the rules, does it, and writes it down.

All of them raise HinderedError, and change nothing then. Nobody changes herself.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.http import HttpRequest

from accounts import roles
from accounts.models import Team, User
from accounts.people import leaving, staff
from accounts.rules.powers import Hindrance, hindrance
from core import audit, outbox


class HinderedError(Exception):
    """The change is not hers to make. `why` says so."""

    def __init__(self, why: Hindrance) -> None:
        super().__init__(why)
        self.why = why


def why_not(by: User, whom: User, *, given: Collection[str] = (), loses_role: str = "") -> Hindrance | None:
    """Why `by` may not change `whom`: give her the roles `given`, or take `loses_role` ("" where none goes)."""
    ends = loses_role == roles.ADMINISTRATORS and staff.is_last_administrator(whom)
    return hindrance(
        staff.worker(by), staff.worker(whom), staff.powers(), given=given, leaves_no_administrator=ends
    )


def _check(by: User, whom: User, *, given: Collection[str] = (), loses_role: str = "") -> None:
    staff.lock()
    if why := why_not(by, whom, given=given, loses_role=loses_role):
        raise HinderedError(why)


@transaction.atomic
def give_role(by: User, whom: User, role: str, day: dt.date, request: HttpRequest) -> None:
    """From now on she may do what `role` may. Twice is once."""
    _check(by, whom, given=[role])
    if not whom.groups.filter(name=role).exists():
        whom.groups.add(roles.group(role))
        staff.count_from(whom, day)
        audit.record("role.given", request=request, obj=whom, reason=role)
        outbox.put("email_person", {"person": str(whom.pk), "template": "role-changed"})


@transaction.atomic
def take_role(by: User, whom: User, role: str, reason: str, request: HttpRequest) -> None:
    """She may no longer do what `role` may."""
    _check(by, whom, given=[role], loses_role=role)
    if whom.groups.filter(name=role).exists():
        leaving.take(whom, role, request, reason)
        outbox.put("email_person", {"person": str(whom.pk), "template": "role-changed"})


@transaction.atomic
def join_team(by: User, whom: User, team: Team, request: HttpRequest) -> None:
    """She sees the cases of `team` from now on."""
    _check(by, whom)
    if not team.members.filter(pk=whom.pk).exists():
        team.members.add(whom)
        audit.record("team.member-added", request=request, obj=team, subject=whom)


@transaction.atomic
def leave_team(by: User, whom: User, team: Team, reason: str, request: HttpRequest) -> None:
    """She no longer sees the cases of `team`. Her sessions end, so that no page of theirs stays open to her."""
    _check(by, whom)
    if team.members.filter(pk=whom.pk).exists():
        team.members.remove(whom)
        whom.sign_out_everywhere()
        audit.record("team.member-removed", request=request, obj=team, subject=whom, reason=reason)


@transaction.atomic
def sign_out(by: User, whom: User, reason: str, request: HttpRequest) -> None:
    """Every session of hers ends, and every sign-in that is half done; what services hold of her ends with them."""
    _check(by, whom)
    whom.sign_out_everywhere()
    audit.record("account.signed-out-by-council", request=request, obj=whom, reason=reason)
    outbox.put("email_person", {"person": str(whom.pk), "template": "signed-out-by-council"})


@transaction.atomic
def leave(by: User, whom: User, reason: str, day: dt.date, request: HttpRequest) -> None:
    """She has left: see `leaving.leave`."""
    _check(by, whom, loses_role=roles.ADMINISTRATORS)
    leaving.leave(whom, day, request, reason)


@transaction.atomic
def enable(by: User, whom: User, reason: str, day: dt.date, request: HttpRequest) -> None:
    """Her account opens again. Raises `leaving.NotDisabledError`, too."""
    _check(by, whom)
    leaving.enable(whom, day, request, reason)
