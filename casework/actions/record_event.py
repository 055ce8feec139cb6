"""Write down that something happened in a case."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework import access
from casework.actions import notices
from casework.actions.refusals import Refused
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event
from core import audit
from core.people import Person

# What the family did itself is no news to it.
_FAMILYS_OWN = frozenset({Event.REQUEST_RECEIVED, Event.COMMENTS_RECEIVED})


def record_event(
    case: Case,
    event: Event,
    day: dt.date,
    *,
    by: Person,
    today: dt.date,
    by_name: str = "",
    request: HttpRequest | None = None,
) -> CaseEvent:
    """The event, on `day`; the family is told that there is news. `by_name`: who requested. Raises Refused."""
    check(case, event, day, by=by, today=today)
    with transaction.atomic():
        made = CaseEvent.objects.create(
            case=case, event=event.value, day=day, by_name=by_name, recorded_by_id=by.pk
        )
        audit.record(f"case.{event.value}", actor=by, request=request, obj=case, subject=case.child)
        if event not in _FAMILYS_OWN:
            notices.to_family("case-news", case, today)
    return made


def check(case: Case, event: Event, day: dt.date, *, by: Person, today: dt.date) -> None:
    """Raises Refused with the first reason against it."""
    if not access.may_run_case(by, case):
        raise Refused(_("You cannot record what happened in this case."))
    if not case.is_open:
        raise Refused(_("This case is closed."))
    if day > today:
        raise Refused(_("This day is still to come."))
    request_event = case.latest_events().get(Event.REQUEST_RECEIVED)
    if event is Event.REQUEST_RECEIVED:
        if request_event is not None:
            raise Refused(_("The request has been recorded already."))
    elif request_event is None or day < request_event.day:
        raise Refused(_("Nothing can happen before the request was received."))
