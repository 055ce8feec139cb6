"""What the page of a person says: what she may do, since when she is here, who changed what, and what can be done."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from accounts import roles
from accounts.models import Team, User
from accounts.people import changes, staff
from accounts.people.dormancy import policy
from accounts.people.kinds import KINDS, WHY_NOT
from accounts.people.places import Waiting, open_work, places
from accounts.people.state import Standing, standing_of
from accounts.people.words import powers
from core.models import AuditEntry
from core.names import deed, names_of

# The newest.
MOST_CHANGES = 30
_OF_PEOPLE = (
    "account.disabled-unused",
    "account.disabled-left",
    "account.left",
    "account.enabled",
    "account.signed-out-by-council",
    "account.registered",
    "account.made",
    "role.given",
    "role.taken",
    "team.member-added",
    "team.member-removed",
    "membership.begun",
    "membership.ended",
)


@dataclass(frozen=True)
class Role:
    name: str
    powers: Sequence[str]


@dataclass(frozen=True)
class Changed:
    """One thing that was changed: when, what, by whom, why."""

    at: dt.datetime
    said: str
    what: str
    by: str
    reason: str


@dataclass(frozen=True)
class Button:
    url: str
    text: str | Promise
    is_grave: bool


@dataclass(frozen=True)
class PersonPage:
    person: User
    standing: Standing
    roles: Sequence[Role]
    teams: Sequence[Team]
    elsewhere: Sequence[str]
    is_family: bool
    waiting: Sequence[Waiting]
    changes: Sequence[Changed]
    buttons: Sequence[Button]
    # Why nothing can be changed here, or "".
    hindrance: str | Promise


def read(person: User, by: User, day: dt.date) -> PersonPage:
    """The page about `person` as `by` reads it, who looks after her."""
    held = staff.worker(person).roles
    standing = standing_of(person, day, policy())
    why = changes.why_not(by, person)
    return PersonPage(
        person=person,
        standing=standing,
        roles=[Role(role, powers(role)) for role in roles.ROLES if role in held],
        teams=list(person.teams.all()),
        elsewhere=standings([person.pk], day).get(person.pk, []),
        is_family=User.objects.filter(staff.also_family(day), pk=person.pk).exists(),
        waiting=waiting(person, by),
        changes=history(person, by),
        buttons=[] if why else _buttons(person, standing),
        hindrance=WHY_NOT[why] if why else "",
    )


def _buttons(person: User, standing: Standing) -> list[Button]:
    return [
        Button(reverse("person_change", args=[person.pk, name]), change.title, change.is_grave)
        for name, change in KINDS.items()
        if change.fits(person, standing)
    ]


def waiting(person: User, by: User) -> list[Waiting]:
    """The work of `person` that somebody has to go on with when she leaves."""
    return [found for ask in open_work.values() if (found := ask(person, by))]


def standings(people: Collection[UUID], day: dt.date) -> dict[UUID, list[str]]:
    """What each of `people` is at the places that apps have registered, in words."""
    found: dict[UUID, list[str]] = {}
    for place in places.values():
        for pk, said in place.standings(people, day).items():
            found.setdefault(pk, []).extend(said)
    return found


def history(person: User, by: User) -> list[Changed]:
    """What was changed about `person`, the newest first: from the audit."""
    about = Q(object_type="accounts.user", object_id=person.pk) | Q(
        subject_type="accounts.user", subject_id=person.pk
    )
    rows = list(AuditEntry.objects.filter(about, verb__in=_OF_PEOPLE).order_by("-pk")[:MOST_CHANGES])
    actors = names_of(by, [("accounts.user", row.actor_id) for row in rows])
    teams = dict(Team.objects.values_list("pk", "name"))
    return [
        Changed(
            at=row.at,
            said=deed(row.verb),
            what=teams.get(row.object_id, "") if row.object_id else "",
            by=actors.get(("accounts.user", row.actor_id), "") if row.actor_id else "",
            reason=row.reason,
        )
        for row in rows
    ]
