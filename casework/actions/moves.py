"""What accepting, reopening and withdrawing share: one step of an assignment, by somebody who may run its case."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework import access
from casework.actions import notices
from casework.actions.refusals import Refused
from casework.models import Action
from core import audit, dates
from core.people import Person
from forms_engine.models import Assignment
from forms_engine.rules.assignment import before


def move(
    action: Action,
    then: str,
    *,
    by: Person,
    request: HttpRequest | None,
    verb: str,
    reason: str = "",
    due: dt.date | None = None,
    today: dt.date | None = None,
) -> None:
    """Bring the action's assignment to state `then`, log it, and tell the addressee. Raises Refused.

    The state is looked at by the UPDATE itself: of two people at once, one is refused. Somebody whose access to the
    case has ended is asked for nothing more, and is sent no link to it.
    """
    if not access.may_run_case(by, action.case):
        raise Refused(_("You cannot change this action."))
    if not action.case.is_open:
        raise Refused(_("This case is closed."))
    addressee = action.assignment.addressee
    is_open_to_her = access.may_fill_in(addressee, action.case, today or dates.today())
    if then in Assignment.WAITING and not is_open_to_her:
        raise Refused(_("%(name)s has no access to this case.") % {"name": addressee.full_name})
    given = {"reason": reason, "due": due}
    changes: dict[str, object] = {"state": then} | {name: value for name, value in given.items() if value}
    with transaction.atomic():
        found = Assignment.objects.filter(pk=action.assignment_id, state__in=before(then))
        if not found.update(**changes):
            raise Refused(_("This has changed meanwhile. Look at the case again."))
        action.assignment.refresh_from_db()
        audit.record(verb, actor=by, request=request, obj=action, subject=action.case.child)
        if is_open_to_her:
            notices.to_addressee(verb.replace(".", "-"), action)


def required_reason(reason: str) -> str:
    """The reason, tidied. Raises Refused where there is none."""
    if not reason.strip():
        raise Refused(_("Say why: the family reads it."))
    return reason.strip()
