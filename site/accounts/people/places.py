"""Where people work besides the council's own roles, such as at a school; and who also has an account as family.

Apps above register theirs.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User
from core.registry import Registry


class Place(Protocol):
    """A kind of place where staff work."""

    def staff(self, day: dt.date) -> Q:
        """Of people: those who work there on `day`. A subquery, never a join."""

    def standings(self, people: Collection[UUID], day: dt.date) -> Mapping[UUID, Sequence[str]]:
        """What each of them is there, in words ("Supervisor, Oakfield Primary School"). A fixed number of queries."""

    def leave(self, person: User, day: dt.date, request: HttpRequest, reason: str) -> None:
        """She works there no more, from this moment on. In the caller's transaction."""


places: Registry[Place] = Registry("places of work")


@dataclass(frozen=True)
class Waiting:
    """Work of somebody that waits: `said` in words, and the page where it is handed on, "" for who may not."""

    said: str
    url: str


# (whose, who asks) -> what waits, or None.
OpenWork = Callable[[User, User], Waiting | None]
open_work: Registry[OpenWork] = Registry("open work of people")

# Of people: those who have an account as family on a day. Their accounts are never disabled by themselves.
Families = Callable[[dt.date], Q]
families: Registry[Families] = Registry("people with an account as family")
