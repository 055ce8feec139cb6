"""Fill in a form for somebody of a case, by phone, from paper or face to face."""

import datetime as dt
import uuid

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework import access
from casework.actions.ask_for_form import new_action
from casework.actions.refusals import Refused
from casework.models import Case
from casework.submissions import HANDLER
from core import audit
from core.people import Person
from families.forms import ABOUT_CHILD
from forms_engine.assist import BegunByHerself, Help, NotAllToRead, begin_help
from forms_engine.models import Draft, FormDefinition
from forms_engine.registries import audiences
from forms_engine.start import NotWaiting, begin, start

# The last day of a form that nobody had asked for: what is being filled in now should not lie for long.
DAYS = 14


def fill_in_for(
    case: Case,
    form: FormDefinition,
    person: Person,
    help: Help,
    *,
    today: dt.date,
    now: dt.datetime,
    request: HttpRequest | None = None,
) -> Draft:
    """The form in progress, to be filled in by `help.by`. Nobody is emailed until it is sent.

    Raises Refused, and FileRefused for the scan.
    """
    with transaction.atomic():
        case = Case.objects.held(case)
        check(case, person, help, today)
        try:
            draft = _begun(case, form, person, help, today, now, request)
            begin_help(draft, help, now, request)
        except NotWaiting:
            raise Refused(_("This form cannot be begun now: it is not published, or not open.")) from None
        except Draft.DoesNotExist:
            raise Refused(_("The form was deleted at the same moment. Try again.")) from None
        except BegunByHerself:
            raise Refused(
                _(
                    "%(name)s has begun this form. What a person has typed is theirs alone until they send it. "
                    "Ask them to go on with it under “Forms”, or withdraw the form and fill in a new one for them."
                )
                % {"name": person.full_name}
            ) from None
        except NotAllToRead:
            raise Refused(
                _(
                    "This form holds answers that only some people of the council may read, and you are not one of "
                    "them. Ask %(name)s to go on with it under “Forms”, or ask a manager to fill it in with them."
                )
                % {"name": person.full_name}
            ) from None
        return draft


def check(case: Case, person: Person, help: Help, today: dt.date) -> None:
    """Raises Refused with the first reason against it."""
    if not access.may_run_case(help.by, case):
        raise Refused(_("You cannot fill in forms in this case."))
    if not case.is_open:
        raise Refused(_("This case is closed."))
    if not access.may_fill_in(person, case, today):
        raise Refused(_("%(name)s has no access to this case.") % {"name": person.full_name})
    if help.on > today:
        raise Refused(_("The day cannot be in the future."))


def _begun(
    case: Case,
    form: FormDefinition,
    person: Person,
    help: Help,
    today: dt.date,
    now: dt.datetime,
    request: HttpRequest | None,
) -> Draft:
    """A form of the case that she was asked for already, else a new one; or one that families begin unasked."""
    if form.handler != HANDLER:
        return _unasked(case, form, person, today, now)
    action = case.actions.of(person).waiting_for(form.pk).select_related("assignment__form").first()
    if action is None:
        due = today + dt.timedelta(days=DAYS)
        action = new_action(case, form, person, due=due, why="", by=help.by, batch=uuid.uuid4())
        audit.record("action.asked", actor=help.by, request=request, obj=action, subject=case.child)
    return start(action.assignment, now)


def _unasked(case: Case, form: FormDefinition, person: Person, today: dt.date, now: dt.datetime) -> Draft:
    audience = audiences.get(form.offered_to) if form.offered_to in audiences else None
    if audience is None or not form.live or not audience.holds(person, today):
        raise Refused(_("This form is not one that %(name)s may begin.") % {"name": person.full_name})
    subjects = audience.subjects(person, today)
    about = next((each for each in subjects if (each.kind, each.id) == (ABOUT_CHILD, case.child_id)), None)
    if about is None:
        raise Refused(
            _(
                "%(name)s is not linked to this child by the school, so this form cannot be begun for them here."
            )
            % {"name": person.full_name}
        )
    return begin(form, person, about, now)
