"""Limits with a name, and the register of whom they have made wait: staff read it, and may lift one with a reason.

A row is written once for a window, by the first try that is refused in it: whoever goes on trying fills no disk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

from core import audit, limiter
from core.models import LimiterCount, LimitReached
from core.registry import Registry

# As long as somebody may ask why she had to wait.
KEPT_FOR = timedelta(days=30)
# Of the newest. Whoever attacks from many networks writes no more than that.
MOST_KEPT = 10_000


@dataclass(frozen=True)
class Limit:
    """`most` tries within `seconds`; after that every try is refused until the window ends.

    `why` is the reason in the register, `effect` what goes on all the same, both for whoever has somebody on the phone.
    """

    scope: str
    most: int
    seconds: int
    why: str | Promise
    effect: str | Promise = ""

    def wait(self, who: str, *, person: UUID | None = None, network: str = "") -> int:
        """Count a try of `who`; the seconds to wait before it may be made, 0 where it may be made now.

        `person` and `network`: whom the register is to name where it is refused. Not in a transaction that a refusal
        rolls back: ask `is_over` there, and `note` outside.
        """
        if not self.is_over(who):
            return 0
        self.note(who, person=person, network=network)
        return limiter.seconds_left(self.scope, who, self.seconds)

    def is_over(self, who: str) -> bool:
        """Count a try of `who`; whether it is one too many."""
        return limiter.hit(self.scope, who, self.seconds) > self.most

    def note(self, who: str, *, person: UUID | None = None, network: str = "") -> None:
        """Write into the register that `who` has to wait. Once a window, however often it is asked."""
        key = limiter.key_of(self.scope, who)
        since = LimiterCount.objects.filter(key=key).values_list("since", flat=True).first()
        since = since or timezone.now()
        row = LimitReached(
            key=key,
            scope=self.scope,
            person_id=person,
            network=network,
            since=since,
            until=since + timedelta(seconds=self.seconds),
        )
        LimitReached.objects.bulk_create([row], ignore_conflicts=True)


# By scope.
limits: Registry[Limit] = Registry("limits")


def register(some: Iterable[Limit]) -> None:
    """Give the register of staff the words of these limits."""
    for limit in some:
        limits.register(limit.scope, limit)


def still_waiting(tries: Iterable[tuple[Limit, str]]) -> int:
    """The seconds that the first of these who must wait has to; 0 where none must. One query, and nothing is counted.

    Whoever is refused by it leaves no trace: tries without end at ever new addresses make no rows.
    """
    known = [(limit, limiter.key_of(limit.scope, who)) for limit, who in tries]
    found = {row.key: row for row in LimiterCount.objects.filter(key__in=[key for _limit, key in known])}
    for limit, key in known:
        row = found.get(key)
        left = limiter.left_of(row.since, limit.seconds) if row and row.count > limit.most else 0
        if left:
            return left
    return 0


def first_wait(tries: Iterable[tuple[Limit, str]], *, person: UUID | None = None, network: str = "") -> int:
    """Count one try that several limits bear; the seconds to wait before it may be made, 0 where it may be made now.

    Whoever has to wait already is not counted, and leaves no trace. `person` and `network` as in `Limit.wait`.
    """
    counted = list(tries)
    if wait := still_waiting(counted):
        return wait
    waits = (limit.wait(who, person=person, network=network) for limit, who in counted)
    return next(filter(None, waits), 0)


def ask_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """A page, or an answer to a script, that says to a program too that it came too soon, and for how long."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(seconds)
    return response


def lift(reached: LimitReached, person: models.Model | None, reason: str, request: HttpRequest) -> bool:
    """End a wait early, and write down why. `person`: whose it is. False where it is over, or was lifted, already."""
    now = timezone.now()
    with transaction.atomic():
        waiting = LimitReached.objects.in_force(now).filter(pk=reached.pk)
        if not waiting.update(lifted_at=now, lifted_by=audit.actor_of(request), lifted_because=reason):
            return False
        LimiterCount.objects.filter(key=reached.key).delete()
        audit.record("limit.lifted", request=request, obj=person or reached, reason=reason)
    return True


def tidy() -> int:
    """Delete what is older than KEPT_FOR, and all but the newest MOST_KEPT; how many that was."""
    newest = LimitReached.objects.order_by("-since", "-pk")
    last = newest.values_list("since", flat=True)[MOST_KEPT : MOST_KEPT + 1].first()
    old = Q(since__lt=timezone.now() - KEPT_FOR)
    return LimitReached.objects.filter(old | Q(since__lte=last) if last else old).delete()[0]
