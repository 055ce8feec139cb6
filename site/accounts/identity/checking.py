"""Asking the register about somebody, and what becomes of the answer.

A match is noted. No match, and no answer, put her into the list of those whom staff look at: neither shuts her out, and
neither says to her what did not fit.
"""

import datetime as dt
import logging
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.identity.registers import Answer, Facts, identity_checks
from accounts.models import PersonalDetails
from core import audit, outbox

logger = logging.getLogger(__name__)
State = PersonalDetails.Identity
_STATES = {
    Answer.MATCH: State.MATCHED,
    Answer.NO_MATCH: State.NOT_MATCHED,
    Answer.UNAVAILABLE: State.WAITING,
}
# How many of those who wait are asked about in one run: each may take some seconds.
AT_ONCE = 5


def check(person: UUID) -> None:
    """Ask about `person` where a register is configured, and she was not found in it yet. Safe to repeat."""
    details = PersonalDetails.objects.select_related("user").filter(user=person, user__is_active=True).first()
    if not settings.IDENTITY_CHECK or details is None or details.identity not in (State.NONE, State.WAITING):
        return
    if details.date_of_birth is None:
        _note(details, State.NOT_MATCHED)
        return
    who = details.user
    facts = Facts(who.first_name, who.last_name, details.date_of_birth, details.postcode)
    _note(details, _STATES[identity_checks.get(settings.IDENTITY_CHECK).ask(facts)])


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


def confirm(details: PersonalDetails, reason: str, request: HttpRequest) -> bool:
    """Staff have made sure who she is, in a way that `reason` says. False where somebody else was quicker."""
    with transaction.atomic():
        still = PersonalDetails.objects.filter(pk=details.pk, identity__in=PersonalDetails.TO_LOOK_AT)
        if not still.update(identity=State.BY_STAFF, identity_at=timezone.now()):
            return False
        audit.record("identity.confirmed", request=request, obj=details.user, reason=reason)
    return True


def _note(details: PersonalDetails, state: str, at: dt.datetime | None = None) -> None:
    with transaction.atomic():
        rows = PersonalDetails.objects.filter(pk=details.pk, identity=details.identity)
        if not rows.update(identity=state, identity_at=at or timezone.now()):
            return
        if state != details.identity:
            audit.record(f"identity.{state}", obj=details.user)
        if state == State.NOT_MATCHED:
            outbox.put("email_person", {"person": str(details.pk), "template": "identity-to-confirm"})
