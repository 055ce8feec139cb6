"""Write down that something happened in a case."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework import access
from casework.actions import notices
from casework.actions.refusals import Refused
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event, first_day, is_step, next_steps
from core import audit
from core.dates import day_text
from core.people import Person

# What the family did itself is no news to it.
FAMILYS_OWN = frozenset({Event.REQUEST_RECEIVED, Event.COMMENTS_RECEIVED})


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
    with transaction.atomic():
        case = Case.objects.held(case)
        check(case, event, day, by=by, today=today)
        made = CaseEvent.objects.create(
            case=case, event=event.value, day=day, by_name=by_name, recorded_by_id=by.pk
        )
        audit.record(f"case.{event.value}", actor=by, request=request, obj=case, subject=case.child)
        if event not in FAMILYS_OWN:
            notices.to_family("case-news", case, today)
    return made


def check(case: Case, event: Event, day: dt.date, *, by: Person, today: dt.date) -> None:
    """Raises Refused with the first reason against it."""
    check_may_record(case, by)
    if not is_step(event):
        raise Refused(_("This cannot be recorded by hand."))
    history = [(Event(row.event), row.day) for row in case.history()]
    if event not in next_steps(history):
        raise Refused(_("This cannot follow what has been recorded. Was that wrong? Correct it first."))
    check_day(day, first_day(event, history), today, today)


def check_may_record(case: Case, by: Person) -> None:
    """Raises Refused where `by` cannot change what has happened in `case`."""
    if not access.may_run_case(by, case):
        raise Refused(_("You cannot record what happened in this case."))
    if not case.is_open:
        raise Refused(_("This case is closed."))


def check_day(day: dt.date, first: dt.date, last: dt.date, today: dt.date) -> None:
    """Raises Refused for a day that is out of the order of the steps."""
    if day > today:
        raise Refused(_("This day is still to come."))
    if day > last:
        raise Refused(_("The last day that this can have is %(day)s.") % {"day": day_text(last)})
    if day < first:
        raise Refused(_("The first day that this can have is %(day)s.") % {"day": day_text(first)})
