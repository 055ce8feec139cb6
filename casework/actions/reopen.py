"""Open a form again that came back, because something is missing."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework.actions.moves import move, required_reason
from casework.actions.refusals import Refused
from casework.models import Action
from core import dates
from core.people import Person
from forms_engine.models import Assignment


def reopen(
    action: Action,
    reason: str,
    *,
    by: Person,
    due: dt.date | None = None,
    today: dt.date | None = None,
    request: HttpRequest | None = None,
) -> None:
    """The family reads `reason`, and starts from what it sent. Raises Refused.

    `due` is a new last day; without one the old one stays, where it is still to come.
    """
    last_day, day = due or action.assignment.due, today or dates.today()
    if last_day and last_day < day:
        raise Refused(
            _("The last day cannot be in the past.")
            if due
            else _("The old last day has passed: give a new one.")
        )
    move(
        action,
        Assignment.State.REOPENED,
        by=by,
        request=request,
        verb="action.reopened",
        reason=required_reason(reason),
        due=due,
        today=day,
    )
