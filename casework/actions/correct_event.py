"""Correct what was recorded by mistake: another day, or that it did not happen."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.actions import notices
from casework.actions.record_event import FAMILYS_OWN, check_day, check_may_record
from casework.actions.refusals import Refused
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event, days_between, is_last_step, is_step
from core import audit
from core.people import Person


def correct_event(
    event: CaseEvent,
    day: dt.date | None,
    reason: str,
    *,
    by: Person,
    today: dt.date,
    request: HttpRequest | None = None,
) -> CaseEvent | None:
    """The event on the right `day`, or nothing where it did not happen (None). Raises Refused.

    The wrong one stays on record with `reason`, and counts no more; the family is told that there is news.
    """
    with transaction.atomic():
        case = Case.objects.held(event.case)
        check(case, event, day, reason, by=by, today=today)
        event.corrected_at, event.corrected_by_id, event.correction = timezone.now(), by.pk, reason.strip()
        event.save(update_fields=["corrected_at", "corrected_by", "correction"])
        made = moved(event, day) if day else None
        if made:
            made.recorded_by_id = by.pk
            made.save(force_insert=True)
        days = f"{event.event}: {event.day} -> {day or 'did not happen'}"
        audit.record("case.corrected", actor=by, request=request, obj=case, subject=case.child, reason=days)
        if event.event not in FAMILYS_OWN:
            notices.to_family("case-news", case, today)
    return made


def moved(event: CaseEvent, day: dt.date) -> CaseEvent:
    """The same event on another day, not saved: at the same place among those of one day."""
    return CaseEvent(
        case=event.case,
        event=event.event,
        day=day,
        by_name=event.by_name,
        recorded_by_id=event.recorded_by_id,
        recorded_at=event.recorded_at,
    )


def check(
    case: Case, event: CaseEvent, day: dt.date | None, reason: str, *, by: Person, today: dt.date
) -> None:
    """Raises Refused with the first reason against it."""
    check_may_record(case, by)
    history = case.history()
    if event.pk not in [row.pk for row in history]:
        raise Refused(_("This has been corrected meanwhile. Look at the case again."))
    if not is_step(event.event):
        raise Refused(_("This was not recorded by hand, so it cannot be corrected."))
    if not reason.strip():
        raise Refused(_("Say why it was wrong."))
    happened = [(Event(row.event), row.day) for row in history]
    at = [row.pk for row in history].index(event.pk)
    if day is None:
        if not is_last_step(happened, at):
            raise Refused(_("Something that was recorded later follows from this. Correct that first."))
    elif day == event.day:
        raise Refused(_("This is the day that it has already."))
    else:
        check_day(day, *days_between(happened, at, today), today)
