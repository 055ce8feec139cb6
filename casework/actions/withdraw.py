"""Take back a form that was asked for."""

from django.http import HttpRequest

from casework.actions.moves import move, required_reason
from casework.models import Action
from core.people import Person
from forms_engine.models import Assignment


def withdraw(action: Action, reason: str, *, by: Person, request: HttpRequest | None = None) -> None:
    """The family reads `reason` and has nothing more to do. Raises Refused."""
    move(
        action,
        Assignment.State.WITHDRAWN,
        by=by,
        request=request,
        verb="action.withdrawn",
        reason=required_reason(reason),
    )
