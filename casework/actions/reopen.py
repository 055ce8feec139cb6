"""Open a form again that came back, because something is missing."""

import datetime as dt

from django.http import HttpRequest

from casework.actions.moves import move, required_reason
from casework.models import Action
from core.people import Person
from forms_engine.models import Assignment


def reopen(
    action: Action,
    reason: str,
    *,
    by: Person,
    due: dt.date | None = None,
    request: HttpRequest | None = None,
) -> None:
    """The family reads `reason`, and starts from what it sent. `due` is a new last day, if any. Raises Refused."""
    move(
        action,
        Assignment.State.REOPENED,
        by=by,
        request=request,
        verb="action.reopened",
        reason=required_reason(reason),
        due=due,
    )
