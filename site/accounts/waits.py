"""The register of who has to wait, or had to, in the words that staff read (`core.limits` keeps the rows)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.masking import masked
from accounts.models import User
from core.limits import limits
from core.models import AuditEntry, LimitReached

# Of each list, the newest. Nobody reads more.
MOST = 100
LOCKED = "account.locked"
LOCKS_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Wait:
    """`person`: at whose account the tries were, if at one; `lifter`: who has ended the wait, if somebody did."""

    row: LimitReached
    person: User | None
    lifter: User | None

    @property
    def why(self) -> str:
        """The reason, or where nothing counts this any more the name that it had."""
        return str(limits.get(self.row.scope).why) if self.row.scope in limits else self.row.scope

    @property
    def effect(self) -> str:
        """What goes on all the same."""
        return str(limits.get(self.row.scope).effect) if self.row.scope in limits else ""

    @property
    def rule(self) -> tuple[int, int] | None:
        """How many tries are borne, in how many minutes."""
        limit = limits.get(self.row.scope) if self.row.scope in limits else None
        return (limit.most, limit.seconds // 60) if limit else None

    @property
    def address(self) -> str:
        """Masked: whoever reads the register may not know it."""
        return masked(self.person.email) if self.person else ""


@dataclass(frozen=True)
class Lock:
    """Somebody locked her own account, at `at`: a sign-in was not hers (`accounts.sessions.not_me`)."""

    person: User
    at: datetime

    @property
    def address(self) -> str:
        return masked(self.person.email)


def waits(rows: Iterable[LimitReached]) -> list[Wait]:
    """These, with the people. One query."""
    shown = list(rows)
    ids = {pk for row in shown for pk in (row.person_id, row.lifted_by) if pk}
    people = User.objects.in_bulk(ids) if ids else {}
    return [Wait(row, people.get(row.person_id), people.get(row.lifted_by)) for row in shown]


def locks(at: datetime) -> list[Lock]:
    """The accounts that their owners locked lately, and that are locked still. Two queries."""
    entries = AuditEntry.objects.filter(verb=LOCKED, at__gt=at - LOCKS_SHOWN_FOR).order_by("-id")[:MOST]
    since = {entry.object_id: entry.at for entry in reversed(entries) if entry.object_id}
    people = User.objects.filter(pk__in=since, is_active=True).order_by("last_name", "first_name")
    return [Lock(one, since[one.pk]) for one in people if one.is_locked]
