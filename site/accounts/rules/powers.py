"""Who may give whom which role, and take it. Worked out from what the roles may do: no list of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

Powers = Mapping[str, Collection[str]]


class Hindrance(Enum):
    """Why a change is not hers to make."""

    HERSELF = "herself"
    MORE_THAN_SHE_HAS = "more than she has"
    LAST_ADMINISTRATOR = "last administrator"


@dataclass(frozen=True)
class Worker:
    """Somebody who works here: her roles, and whether she runs the site (and so gives every role)."""

    id: UUID
    roles: frozenset[str]
    runs_site: bool = False


def gives(by: Worker, powers: Powers) -> frozenset[str]:
    """The roles that `by` may give and take. `powers`: role -> all that it may do.

    Who runs the site: every one. Anybody else: those that may do less than she may, never as much.
    """
    if by.runs_site:
        return frozenset(powers)
    own = {power for role in by.roles for power in powers.get(role, ())}
    return frozenset(role for role, held in powers.items() if set(held) < own)


def hindrance(
    by: Worker,
    whom: Worker,
    powers: Powers,
    *,
    given: Collection[str] = (),
    leaves_no_administrator: bool = False,
) -> Hindrance | None:
    """Why `by` may not change `whom`, or give her the roles `given`; None where she may.

    `leaves_no_administrator`: whether after that nobody would be left who runs the site.
    """
    if by.id == whom.id:
        return Hindrance.HERSELF
    if not whom.roles.union(given) <= gives(by, powers):
        return Hindrance.MORE_THAN_SHE_HAS
    if leaves_no_administrator:
        return Hindrance.LAST_ADMINISTRATOR
    return None
