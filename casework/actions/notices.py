"""Emails about a case: that something has come, where to read it, and nothing of what it is."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from casework.models import Action, Case
from core import outbox
from core.closed_days import working_day_before
from core.dates import day_text, weekday_day_text


def to_addressee(template: str, action: Action) -> None:
    """Email the person whom a form is asked of. Say so within the transaction that changes the action."""
    due: dt.date | None = action.assignment.due
    before = working_day_before(due) if due else None
    context = {
        "path": reverse("casework:actions", args=[action.case_id]),
        "last_day": day_text(due) if due else "",
        "working_day": weekday_day_text(before) if before else "",
    }
    _email(action.assignment.addressee_id, template, context)


def to_family(template: str, case: Case, day: dt.date) -> None:
    """Email everybody to whom the case is open on `day`."""
    path = reverse("casework:dashboard", args=[case.pk])
    for access in case.access.holding(day):
        _email(access.person_id, template, {"path": path})


def _email(person: UUID, template: str, context: dict[str, str]) -> None:
    outbox.put("email_person", {"person": str(person), "template": template, "context": context})
