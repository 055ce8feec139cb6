"""Accept a form that came back: nothing more is wanted."""

from django.http import HttpRequest

from casework.actions.moves import move
from casework.models import Action
from core.people import Person
from forms_engine.models import Assignment


def accept(action: Action, *, by: Person, request: HttpRequest | None = None) -> None:
    """The family is told that it is settled. Raises Refused."""
    move(action, Assignment.State.ACCEPTED, by=by, request=request, verb="action.accepted")
