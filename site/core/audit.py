"""Who did or saw what (A32): written once in the request, sealed by the worker, checked by whoever doubts.

An entry holds ids, a verb and a reason, never a name or an answer, so that it may be kept when what it speaks
of is erased. Triggers refuse a change. Seals show one that was made past the triggers: each is a keyed hash
over all that was new, and over the seal before it.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from core import limiter
from core.models import AuditEntry, Seal
from core.people import Person
from core.registry import Registry

logger = logging.getLogger(__name__)

AUDIT = "audit"
# After this entries may be deleted, from the oldest on; the triggers allow it too.
KEPT_FOR = timedelta(days=7 * 365 + 2)
# A row with a lower number may still be in a transaction that has not ended.
SETTLING = timedelta(minutes=10)
ROWS_A_SEAL = 1000
# Refused look-ups that are written for one person or network in an hour: nobody can fill the disk with them.
REFUSALS_AN_HOUR = 20
HOUR = 3600
_ROLE_LENGTH = 40


class Row(NamedTuple):
    """One row to be sealed: its id, when it was made, and all that it holds."""

    id: str
    at: datetime
    content: bytes


class SealedKind(Protocol):
    """Rows of one kind, and what they vouch for."""

    def new_since(self, last_id: str) -> Iterable[Row]:
        """Those after `last_id` ("" for all), in the fixed order in which they came."""

    def faults(self, *, files: bool) -> Iterable[str]:
        """What is kept beside the rows and is not as they say: by their hashes, of stored files too where `files`."""


sealed_kinds: Registry[SealedKind] = Registry("sealed kinds")


def record(
    verb: str,
    *,
    actor: Person | None = None,
    request: HttpRequest | None = None,
    obj: models.Model | None = None,
    subject: models.Model | None = None,
    reason: str = "",
    role: str = "",
) -> None:
    """Write that somebody did `verb` to `obj`, which is about `subject`.

    Who, in which role and from which network, is taken from `request` unless `actor` and `role` say so. Write
    before showing anything of somebody's: what cannot be written down is not shown.
    """
    person, viewed = actor or _person_at(request), None
    viewer = None if actor else viewer_of(request)
    if viewer:
        person, viewed = viewer, person
    object_type, object_id = _reference(obj)
    subject_type, subject_id = _reference(subject)
    AuditEntry.objects.create(
        verb=verb,
        actor_id=person.pk if person else None,
        acting_as=viewed.pk if viewed else None,
        role=(role or (person.role_names if person else ""))[:_ROLE_LENGTH],
        object_type=object_type,
        object_id=object_id,
        subject_type=subject_type,
        subject_id=subject_id,
        reason=reason[:300],
        network=limiter.network(request) if request else "",
    )


def record_hourly(
    verb: str, *, request: HttpRequest, obj: models.Model, subject: models.Model | None = None
) -> None:
    """Write that somebody looked at something of her own: once an hour, however often she does."""
    if limiter.hit(f"audit.{verb}", f"{actor_of(request)}:{obj.pk}", HOUR) == 1:
        record(verb, request=request, obj=obj, subject=subject)


def record_refusal(request: HttpRequest, object_type: str, object_id: object) -> None:
    """Write that somebody asked for what is not hers, or is not there; not more than so many an hour."""
    viewer, network = viewer_of(request), limiter.network(request)
    actor = viewer.pk if viewer else actor_of(request)
    tries = limiter.hit("refused", str(actor or network), HOUR)
    if tries > REFUSALS_AN_HOUR:
        return
    AuditEntry.objects.create(
        verb="refused",
        actor_id=actor,
        acting_as=actor_of(request) if viewer else None,
        object_type=object_type,
        object_id=_uuid(object_id),
        reason="more of these are not written for an hour" if tries == REFUSALS_AN_HOUR else "",
        network=network,
    )


def actor_of(request: HttpRequest | None) -> UUID | None:
    """Who is signed in at `request`, or nobody."""
    person = _person_at(request)
    return person.pk if person else None


def viewer_of(request: HttpRequest | None) -> Person | None:
    """The member of staff who views the portal as whoever is signed in at `request`; nobody elsewhere."""
    viewer: Person | None = getattr(request, "viewer", None)
    return viewer


def _person_at(request: HttpRequest | None) -> Person | None:
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def _reference(obj: models.Model | None) -> tuple[str, UUID | None]:
    if obj is None:
        return "", None
    return obj._meta.label_lower, _uuid(obj.pk)


def _uuid(value: object) -> UUID | None:
    """The id of a row that is somebody's own; rows known by a number (pages, settings) are nobody's."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def canonical(row: models.Model) -> bytes:
    """All columns of a row that hold something, in one spelling on every database.

    Empty columns are left out, so that a column added later does not break the seals of older rows.
    """
    columns = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    said = {name: _spelt(value) for name, value in columns.items() if value not in (None, "")}
    return json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def _spelt(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    return str(value)


class AuditRows:
    """The audit's own rows, by number."""

    def new_since(self, last_id: str) -> Iterator[Row]:
        entries = AuditEntry.objects.filter(pk__gt=int(last_id or 0)).order_by("pk")
        for entry in entries.iterator():
            yield Row(str(entry.pk), entry.at, canonical(entry))

    def faults(self, *, files: bool) -> Iterator[str]:
        """None: an entry is all that there is of it."""
        yield from ()


def seal() -> int:
    """Seal what is new of every kind; how many rows that was. What is only a few minutes old waits."""
    return sum(_seal_kind(name, kind) for name, kind in sealed_kinds.items())


def _seal_kind(name: str, kind: SealedKind) -> int:
    last = Seal.objects.filter(kind=name).order_by("-number").first()
    settled = timezone.now() - SETTLING
    rows = takewhile(lambda row: row.at <= settled, kind.new_since(last.last_id if last else ""))
    sealed = 0
    while batch := list(islice(rows, ROWS_A_SEAL)):
        last = _add_seal(name, last, batch)
        sealed += last.count
    return sealed


def _add_seal(name: str, last: Seal | None, rows: list[Row]) -> Seal:
    new = Seal(
        kind=name,
        number=last.number + 1 if last else 1,
        last_id=rows[-1].id,
        count=len(rows),
        marks=[[row.id, _mark(name, row)] for row in rows],
        previous=last.digest if last else "",
    )
    new.digest = _digest(new)
    with transaction.atomic():
        new.save(force_insert=True)
    # The log is a second place: whoever rewrites the database, or cuts off its end, cannot rewrite this line.
    logger.info("Seal %s %s over %s rows: %s", new.kind, new.number, new.count, new.digest)
    return new


def verify(*, files: bool = False) -> list[str]:
    """What is wrong: of each kind the first row or seal, if any, that is not as it was sealed, and what the rows
    vouch for that is not as they say. `files`: the stored files too, each of which is read.
    """
    found: list[str] = []
    for name, kind in sealed_kinds.items():
        first = _first_fault(name, kind)
        found += [*([first] if first else []), *(f"{name}: {fault}" for fault in kind.faults(files=files))]
    return found


def _first_fault(name: str, kind: SealedKind) -> str:
    rows = iter(kind.new_since(""))
    row = next(rows, None)
    previous, oldest_kept = "", timezone.now() - KEPT_FOR
    seals = Seal.objects.filter(kind=name).order_by("number")
    for number, seal_ in enumerate(seals.iterator(), start=1):
        if fault := _fault_of_seal(seal_, number, previous):
            return fault
        for row_id, mark in seal_.marks:
            if row is not None and row.id == row_id:
                if _mark(name, row) != mark:
                    return f"{name}: row {row_id} was changed"
                row = next(rows, None)
            elif not (name == AUDIT and seal_.sealed_at < oldest_kept):
                return f"{name}: row {row_id} is missing, or another was put in before it"
        previous = seal_.digest
    return ""


def _fault_of_seal(seal_: Seal, number: int, previous: str) -> str:
    if seal_.number != number:
        return f"{seal_.kind}: seal {number} is missing"
    if seal_.previous != previous or not hmac.compare_digest(seal_.digest, _digest(seal_)):
        return f"{seal_.kind}: seal {number} was changed"
    return ""


def _mark(kind: str, row: Row) -> str:
    return _keyed_hash([kind, row.id, row.content.decode()])[:32]


def _digest(seal_: Seal) -> str:
    parts = [seal_.kind, seal_.number, seal_.last_id, seal_.count, seal_.previous, _spelt(seal_.sealed_at)]
    return _keyed_hash([*parts, seal_.marks])


def _keyed_hash(parts: list[object]) -> str:
    key = (settings.AUDIT_KEY or settings.SECRET_KEY).encode()
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()
