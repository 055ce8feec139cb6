"""Effects outside the transaction that asks for them: emails, scans, deliveries.

`put` writes a row with the caller's own changes, so that both stand or neither does. `sweep` brings the effects about,
each at least once: a worker that dies between the effect and the row's update leaves an item that is tried again. The
item's id is the key by which the receiver drops the second.
"""

import logging
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import celery
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from kombu.exceptions import ChannelError, KombuError

from core.models import OutboxItem
from core.registry import Registry

logger = logging.getLogger(__name__)

# Longer than the slowest delivery (a scan, 30 s): an item that two workers hold at once would be sent twice.
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 9
LONGEST_WAIT = timedelta(hours=6)
# A wake-up that nobody has read by then is not needed: the worker's timer sweeps anyway.
WAKE_SECONDS = 10
# What has been sent, or was too late, is kept so long for whoever asks what became of it. Far longer than any repeat.
KEPT_FOR = timedelta(days=30)
MOST_TIDIED = 1000


class RetryLater(Exception):
    """Raised by a delivery that cannot be made just now: the other side is away."""


@dataclass(frozen=True)
class Kind:
    """How the items of one kind are delivered.

    `deliver` gets the item, outside any transaction; it must be done within LEASE, and must make a repeat of the same
    `item.id` harmless. A `secret` payload is cleared once it is delivered or too late. Lower `priority` goes first.
    `title` and `goes_to` say in the register what it is, and to whom such a thing goes: never to whom this one does;
    `subject` says which letter one of them is, and names nobody either.
    """

    name: str
    deliver: Callable[[OutboxItem], None]
    secret: bool = False
    priority: int = 5
    title: str | Promise = ""
    goes_to: str | Promise = ""
    subject: Callable[[OutboxItem], str] = lambda item: ""


kinds: Registry[Kind] = Registry("outbox kinds")


def put(
    kind: str,
    payload: dict[str, Any],
    *,
    expires_at: datetime | None = None,
    due: datetime | None = None,
    id: uuid.UUID | None = None,
) -> OutboxItem:
    """Ask for an effect of `kind` in the caller's transaction, and wake the worker when that is committed.

    After `expires_at` it is not sent any more; before `due` not yet. Asking twice under one `id` asks once. Raises
    NotRegistered where no app delivers `kind`.
    """
    item, _ = OutboxItem.objects.get_or_create(
        id=id or uuid.uuid4(),
        defaults={
            "kind": kind,
            "payload": payload,
            "priority": kinds.get(kind).priority,
            "due": due or timezone.now(),
            "expires_at": expires_at,
        },
    )
    transaction.on_commit(wake, robust=True)
    return item


def subject_of(item: OutboxItem) -> str:
    """Which letter it is, in words that name nobody. "" where its kind does not say, or is gone."""
    return kinds.get(item.kind).subject(item) if item.kind in kinds else ""


def wake() -> None:
    """Tell a worker that something is due. Without a broker nothing is lost: the next sweep of the timer finds it."""
    try:
        celery.current_app.send_task("core.tasks.sweep", expires=WAKE_SECONDS, retry=False)
    except (KombuError, ChannelError, OSError) as error:
        logger.warning("No worker could be woken: %s", type(error).__name__)


def sweep(limit: int = 50) -> int:
    """Deliver up to `limit` items that are due, one after the other, and answer how many were tried.

    Items are claimed one at a time, so that a sign-in code asked for meanwhile goes before the rest of a long queue,
    and so that no lease runs out while others are delivered.
    """
    drop_what_is_too_late(timezone.now())
    for tried in range(limit):
        item = claim(timezone.now())
        if item is None:
            return tried
        attempt(item)
    return limit


def try_again(item: OutboxItem) -> bool:
    """Put a dead letter back into the queue with all its attempts. False where it is not dead (any more)."""
    revived = OutboxItem.objects.filter(pk=item.pk, state=OutboxItem.State.DEAD).update(
        state=OutboxItem.State.WAITING, attempts=0, due=timezone.now(), last_error=""
    )
    transaction.on_commit(wake, robust=True)
    return bool(revived)


def drop_what_is_too_late(at: datetime) -> int:
    """Close what has expired, unsent, and clear what it held. A look without a lock first: most sweeps find nothing."""
    late = OutboxItem.objects.too_late(at)
    if not late.exists():
        return 0
    return late.update(state=OutboxItem.State.EXPIRED, payload={}, done_at=at)


def tidy() -> int:
    """Delete what was closed KEPT_FOR ago, but for what a row of some app (a form's delivery) still points at.

    Not more than MOST_TIDIED at a time. How many that was.
    """
    closed = OutboxItem.objects.closed(before=timezone.now() - KEPT_FOR)
    for pointing in OutboxItem._meta.related_objects:
        closed = closed.filter(**{f"{pointing.name}__isnull": True})
    old = list(closed.values_list("pk", flat=True)[:MOST_TIDIED])
    return OutboxItem.objects.filter(pk__in=old).delete()[0]


def claim(at: datetime) -> OutboxItem | None:
    """Take the next item that is due under a lease, or None. Nobody else can claim it before the lease ends."""
    waiting = OutboxItem.objects.due(at)
    if not waiting.exists():
        return None
    with transaction.atomic():
        # SQLite has one writer at a time (transaction_mode IMMEDIATE) and needs no lock clause.
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        item = waiting.first()
        if item is None:
            return None
        OutboxItem.objects.filter(pk=item.pk).update(due=at + LEASE, attempts=F("attempts") + 1)
        item.attempts += 1
    return item


def attempt(item: OutboxItem) -> None:
    """Deliver a claimed item, and write down how it went."""
    if item.attempts > MOST_ATTEMPTS:  # Each earlier try killed its worker before it could say so.
        bury(item, "WorkerLost")
        return
    try:
        kind = kinds.get(item.kind)
        kind.deliver(item)
    except Exception as error:  # Whatever a delivery raises, the others go on.
        failed(item, error)
    else:
        finished(item, kind)


def finished(item: OutboxItem, kind: Kind) -> None:
    # A first runner that comes late must not close what a second one has in hand.
    mine = OutboxItem.objects.filter(pk=item.pk, attempts=item.attempts)
    done = {"state": OutboxItem.State.DONE, "done_at": timezone.now(), "last_error": ""}
    mine.update(**done, **({"payload": {}} if kind.secret else {}))


def failed(item: OutboxItem, error: Exception) -> None:
    name = type(error).__name__
    if item.attempts >= MOST_ATTEMPTS:
        bury(item, name)
        return
    logger.warning("Outbox: %s failed at try %s: %s", item, item.attempts, name)
    mine = OutboxItem.objects.filter(pk=item.pk, attempts=item.attempts, state=OutboxItem.State.WAITING)
    mine.update(due=timezone.now() + wait_after(item.attempts), last_error=name)


def bury(item: OutboxItem, error: str) -> None:
    logger.error("Outbox: %s given up after %s tries: %s", item, item.attempts, error)
    mine = OutboxItem.objects.filter(pk=item.pk, attempts=item.attempts, state=OutboxItem.State.WAITING)
    mine.update(state=OutboxItem.State.DEAD, last_error=error)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2, 4, 8 ... minutes, 6 hours at the most.

    Up to a quarter less by chance, so that all that failed together does not come back together.
    """
    wait = min(timedelta(minutes=2.0 ** min(attempts, 10)), LONGEST_WAIT)
    return wait * random.uniform(0.75, 1)  # noqa: S311 - spreads load, guards nothing
