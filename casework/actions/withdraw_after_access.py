"""Take back what was asked of people whose access to the case has ended, or who have closed their account."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.models.actions import ACCESS_ENDED
from casework.rules.timetable import Event
from core import audit
from core.dates import today
from core.people import Person
from forms_engine.models import Assignment
from forms_engine.rules.assignment import before

# In one run: it is quick, and the next one is some minutes away.
MOST = 50


def withdraw_after_access(day: dt.date | None = None) -> int:
    """Withdraw the forms that nobody can open any more as of `day` (today); how many. Safe to repeat.

    Access ends with a day, without anybody at work, so the worker looks. Nobody is emailed: what ends an access may
    be the very reason not to write.
    """
    holding = CaseAccess.objects.holding(day or today()).filter(person__closed=None)
    opens = holding.filter(case=OuterRef("case"), person=OuterRef("assignment__addressee"))
    waiting = Action.objects.filter(~Exists(opens), assignment__state__in=Assignment.WAITING)
    found = waiting.select_related("assignment__addressee", "case__child").order_by(
        "case_id", "assignment__addressee_id"
    )
    by_person = groupby(found[:MOST], key=lambda action: (action.case, action.assignment.addressee))
    return sum(_withdraw(case, person, actions, day) for (case, person), actions in by_person)


def withdraw_from_closed_account(person: Person, request: HttpRequest) -> None:
    """End the access of `person`, who has just closed her account, to every case, and withdraw what waits for her.

    In the caller's transaction: whoever asks her for a form at the same moment waits, and is refused.
    """
    day = today()
    held = CaseAccess.objects.holding(day).filter(person=person.pk)
    # In the order of their ids, so that two who close theirs at once do not wait for each other for ever.
    for case in Case.objects.filter(pk__in=held.values("case")).order_by("pk"):
        waiting = Action.objects.of(person).filter(assignment__state__in=Assignment.WAITING)
        _withdraw(Case.objects.held(case), person, waiting.filter(case=case), day, "account closed", request)
    held.update(until=day)


@transaction.atomic
def _withdraw(
    case: Case,
    person: Person,
    actions: Iterable[Action],
    day: dt.date | None,
    why: str = "access ended",
    request: HttpRequest | None = None,
) -> int:
    """All that waits for one person in one case, or nothing. `why`: for the audit."""
    withdrawn = 0
    for action in actions:
        asked = Assignment.objects.filter(
            pk=action.assignment_id, state__in=before(Assignment.State.WITHDRAWN)
        )
        if asked.update(state=Assignment.State.WITHDRAWN, reason=ACCESS_ENDED):
            audit.record("action.withdrawn", request=request, obj=action, subject=case.child, reason=why)
            withdrawn += 1
    if withdrawn:
        CaseEvent.objects.create(
            case=case, event=Event.ACCESS_ENDED.value, day=day or today(), by_name=person.full_name
        )
    return withdrawn
