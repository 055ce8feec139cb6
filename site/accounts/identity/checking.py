"""Asking the register about somebody, and what becomes of the answer.

A match is noted, and holds for what she had said of herself: it lapses when that changes. No match, and no answer, put
her into the list of those whom staff look at: neither shuts her out, and neither says to her what did not fit.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.identity.registers import Answer, Facts, identity_checks
from accounts.models import PersonalDetails, User
from core import audit, outbox
from core.models import AuditEntry
from core.names import deed

logger = logging.getLogger(__name__)
State = PersonalDetails.Identity
_STATES = {
    Answer.MATCH: State.MATCHED,
    Answer.NO_MATCH: State.NOT_MATCHED,
    Answer.UNAVAILABLE: State.WAITING,
}
# By these somebody is who she is, as papers and registers have it.
WHO = frozenset({"first_name", "last_name", "date_of_birth"}) | PersonalDetails.ADDRESS
# What stands in the audit of somebody's identity, but for who looked at it.
_NEWS = (*(f"identity.{state}" for state in State if state), "identity.lapsed", "identity.confirmed")
# How many of those who wait are asked about in one run: each may take some seconds.
AT_ONCE = 5


def check(person: UUID) -> None:
    """Ask about `person` where a register is configured, and she was not found in it yet. Safe to repeat."""
    details = PersonalDetails.objects.select_related("user").filter(user=person, user__is_active=True).first()
    if not settings.IDENTITY_CHECK or details is None or details.identity not in (State.NONE, State.WAITING):
        return
    facts = _facts(details)
    if facts is None:
        _note(details, State.NOT_MATCHED, facts)
        return
    _note(details, _STATES[identity_checks.get(settings.IDENTITY_CHECK).ask(facts)], facts)


def lapse(person: User, changed: Collection[str], request: HttpRequest) -> None:
    """She has `changed` something by which somebody made sure who she is: the worker asks anew, about what it is now.

    In the caller's transaction. Whom the register did not know stays with staff: nobody tries until she finds by that
    where somebody lives. They confirm what they were shown of her, and nothing newer (`confirm`).
    """
    if WHO.isdisjoint(changed):
        return
    # Locked, so that no answer about what she said before is noted after this.
    details = PersonalDetails.objects.select_for_update().filter(user=person).first()
    if details is None or details.identity not in (State.MATCHED, State.BY_STAFF):
        return
    state = State.WAITING if settings.IDENTITY_CHECK else State.NONE
    PersonalDetails.objects.filter(pk=details.pk).update(identity=state, identity_at=timezone.now())
    audit.record("identity.lapsed", request=request, obj=person, reason=", ".join(sorted(changed)))


def check_again() -> int:
    """Ask once more about those for whom the register had no answer; about how many."""
    waiting = PersonalDetails.objects.filter(identity=State.WAITING, user__is_active=True)
    people = list(waiting.order_by("identity_at").values_list("user", flat=True)[:AT_ONCE])
    for person in people:
        check(person)
    return len(people)


def to_look_at() -> "QuerySet[PersonalDetails]":
    """Those whom the register did not find, or had no answer for; who waits longest first."""
    open_ones = PersonalDetails.objects.filter(identity__in=PersonalDetails.TO_LOOK_AT, user__is_active=True)
    return open_ones.select_related("user").order_by("identity_at")


class Changed(Exception):
    """She has changed something by which one is known since staff were shown it."""


def shown_of(details: PersonalDetails) -> str:
    """What tells the facts about her that a page shows from what they are later, and tells nothing else about them."""
    facts = [getattr(details if hasattr(details, name) else details.user, name) for name in sorted(WHO)]
    return salted_hmac("accounts.identity.shown", repr(facts), algorithm="sha256").hexdigest()


def confirm(details: PersonalDetails, shown: str, reason: str, request: HttpRequest) -> bool:
    """Staff have made sure who she is, in a way that `reason` says. False where somebody else was quicker.

    Raises Changed where what they were `shown` (`shown_of`) is not what she says of herself any more.
    """
    with transaction.atomic():
        open_ones = PersonalDetails.objects.filter(pk=details.pk, identity__in=PersonalDetails.TO_LOOK_AT)
        # Locked as by `lapse`: who changes her name in this moment waits, and what is confirmed lapses by it.
        held = open_ones.select_for_update(of=("self",)).select_related("user").first()
        if held is None:
            return False
        if not constant_time_compare(shown, shown_of(held)):
            raise Changed
        open_ones.update(identity=State.BY_STAFF, identity_at=timezone.now())
        audit.record("identity.confirmed", request=request, obj=details.user, reason=reason)
    return True


@dataclass(frozen=True)
class News:
    """Something that came of it, in words, and since when it holds."""

    at: datetime
    said: str


def history(person: User) -> list[News]:
    """What was found out about who `person` is, and when it lapsed; the newest first. One query."""
    label = User._meta.label_lower
    entries = AuditEntry.objects.filter(object_type=label, object_id=person.pk, verb__in=_NEWS)
    return [News(entry.at, deed(entry.verb)) for entry in entries.order_by("-id")]


def _facts(details: PersonalDetails) -> Facts | None:
    """What the register is asked about; None where she did not say when she was born."""
    who, born = details.user, details.date_of_birth
    return Facts(who.first_name, who.last_name, born, details.postcode) if born else None


def _note(details: PersonalDetails, state: str, asked: Facts | None) -> None:
    with transaction.atomic():
        rows = PersonalDetails.objects.filter(pk=details.pk, identity=details.identity)
        held = rows.select_for_update(of=("self",)).select_related("user").first()
        if held is None:
            return
        # An answer about what she has changed meanwhile is none.
        state = state if _facts(held) == asked else State.WAITING
        rows.update(identity=state, identity_at=timezone.now())
        if state != details.identity:
            audit.record(f"identity.{state}", obj=details.user)
        if state == State.NOT_MATCHED:
            outbox.put("email_person", {"person": str(details.pk), "template": "identity-to-confirm"})
