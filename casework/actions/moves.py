"""What accepting, reopening and withdrawing share: one step of an assignment, by somebody who may run its case."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework import access
from casework.actions import notices
from casework.actions.refusals import Refused
from casework.models import Action, Case
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

    Two who change a case wait for each other, and the state is looked at by the UPDATE itself: of two at once, one is
    refused. Somebody whose access to the case has ended is asked for nothing more, and is sent no link to it.
    """
    given = {"reason": reason, "due": due}
    changes: dict[str, object] = {"state": then} | {name: value for name, value in given.items() if value}
    with transaction.atomic():
        case = Case.objects.held(action.case)
        _check_case(case, by)
        is_open_to_her = access.may_fill_in(action.assignment.addressee, case, today or dates.today())
        if then in Assignment.WAITING:
            _check_addressee(case, action, is_open_to_her=is_open_to_her)
        found = Assignment.objects.filter(pk=action.assignment_id, state__in=before(then))
        if not found.update(**changes):
            raise Refused(_("This has changed meanwhile. Look at the case again."))
        action.assignment.refresh_from_db()
        audit.record(verb, actor=by, request=request, obj=action, subject=case.child)
        if is_open_to_her:
            notices.to_addressee(verb.replace(".", "-"), action)


def _check_case(case: Case, by: Person) -> None:
    if not access.may_run_case(by, case):
        raise Refused(_("You cannot change this action."))
    if not case.is_open:
        raise Refused(_("This case is closed."))


def _check_addressee(case: Case, action: Action, *, is_open_to_her: bool) -> None:
    """Whether its addressee can be asked for the form once more: one of a kind waits for her at a time."""
    asked = action.assignment
    name = {"name": asked.addressee.full_name}
    if not is_open_to_her:
        raise Refused(_("%(name)s has no access to this case.") % name)
    if case.actions.of(asked.addressee).waiting_for(asked.form_id).exclude(pk=action.pk).exists():
        raise Refused(
            _("%(name)s has been asked for this form anew. Withdraw that one first, or wait for it.") % name
        )


def required_reason(reason: str) -> str:
    """The reason, tidied. Raises Refused where there is none."""
    if not reason.strip():
        raise Refused(_("Say why: the family reads it."))
    return reason.strip()
