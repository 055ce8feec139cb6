"""Ask one or several people of a case to fill in a form."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import access
from casework.actions import notices
from casework.actions.refusals import Refused
from casework.models import Action, Case
from casework.submissions import ABOUT_CASE, HANDLER
from core import audit
from core.people import Person
from forms_engine.models import Assignment, FormDefinition
from forms_engine.rules.opening import Opening


def ask_for_form(
    case: Case,
    form: FormDefinition,
    people: Sequence[Person],
    *,
    due: dt.date,
    why: str,
    by: Person,
    today: dt.date,
    now: dt.datetime | None = None,
    request: HttpRequest | None = None,
) -> list[Action]:
    """One action for each of `people`, in one batch; each is told by email. Raises Refused."""
    at = now or timezone.now()
    batch = uuid.uuid4()
    with transaction.atomic():
        case = Case.objects.held(case)
        check(case, form, people, due=due, by=by, today=today, now=at)
        made = [new_action(case, form, person, due=due, why=why, by=by, batch=batch) for person in people]
        for action in made:
            audit.record("action.asked", actor=by, request=request, obj=action, subject=case.child)
            notices.to_addressee("action-asked", action)
    return made


def check(
    case: Case,
    form: FormDefinition,
    people: Sequence[Person],
    *,
    due: dt.date,
    by: Person,
    today: dt.date,
    now: dt.datetime,
) -> None:
    """Raises Refused with the first reason against it."""
    if not access.may_run_case(by, case):
        raise Refused(_("You cannot ask for forms in this case."))
    if not case.is_open:
        raise Refused(_("This case is closed."))
    if form.handler != HANDLER or not form.live or not form.versions.exists():
        raise Refused(_("This form cannot be asked for: it is not published, or it is not for cases."))
    if form.opening(now) is not Opening.OPEN:
        raise Refused(
            _("This form cannot be asked for now: it is not open yet, or closed, so nobody can begin it.")
        )
    if due < today:
        raise Refused(_("The last day cannot be in the past."))
    if not people:
        raise Refused(_("Choose who is to fill it in."))
    for person in people:
        _check_person(case, form, person, today)


def _check_person(case: Case, form: FormDefinition, person: Person, today: dt.date) -> None:
    if not access.may_fill_in(person, case, today):
        raise Refused(_("%(name)s has no access to this case.") % {"name": person.full_name})
    if case.actions.of(person).waiting_for(form.pk).exists():
        raise Refused(_("%(name)s has been asked for this form already.") % {"name": person.full_name})


def new_action(
    case: Case,
    form: FormDefinition,
    person: Person,
    *,
    due: dt.date,
    why: str,
    by: Person,
    batch: uuid.UUID,
) -> Action:
    """The rows of a form that is asked for in a case. Who calls it checks, and tells."""
    assignment = Assignment.objects.create(
        form=form,
        addressee_id=person.pk,
        about_kind=ABOUT_CASE,
        about_id=case.pk,
        about_name=case.child.called,
        due=due,
        asked_by_id=by.pk,
        why=why,
    )
    return Action.objects.create(assignment=assignment, case=case, batch=batch)
