"""Who may open and run which case. Views, templates, the admin and the actions all ask here."""

import datetime as dt
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from casework.models import Action, Case, CaseAccess, CaseEvent
from core import audit
from core.access import refuse
from core.dates import today

if TYPE_CHECKING:
    from core.people import Person

CASE = "casework.case"
# What families fill in, as the audit names it.
_SENT = (
    "forms_engine.assignment",
    "forms_engine.draft",
    "forms_engine.lastcopy",
    "forms_engine.upload",
    "forms_engine.submission",
    "forms_engine.submissionfile",
    "forms_engine.delivery",
)


def family_access_or_404(request: HttpRequest, case_id: UUID, at: dt.date | None = None) -> CaseAccess:
    """What opens the case to somebody of the family's side on `at` (today): given by the SEND team, no ChildLink.

    With the case, its child, team and caseworker. A look by somebody in a professional capacity is written down.
    """
    person = cast("Person", request.user)
    held = CaseAccess.objects.holding(at or today()).filter(case=case_id, person=person.pk)
    access = held.select_related("case__child", "case__team", "case__caseworker").first()
    if access is None:
        refuse(request, CASE, case_id)
    if access.capacity == CaseAccess.Capacity.PROFESSIONAL:
        audit.record("case.read", request=request, obj=access.case, subject=access.case.child)
    return access


def staff_case_or_404(request: HttpRequest, case_id: UUID) -> Case:
    """The case, for a member of its team or a manager. The look is written down."""
    visible = Case.objects.visible_to(cast("Person", request.user))
    case = visible.select_related("child", "team", "caseworker").filter(pk=case_id).first()
    if case is None:
        refuse(request, CASE, case_id)
    audit.record("case.read", request=request, obj=case, subject=case.child)
    return case


def staff_event_or_404(request: HttpRequest, event_id: UUID) -> CaseEvent:
    """Something that happened, with its case, for a member of its team or a manager. The look is written down."""
    visible = Case.objects.visible_to(cast("Person", request.user))
    found = CaseEvent.objects.standing().select_related("case__child", "case__team", "case__caseworker")
    event = found.filter(pk=event_id, case__in=visible.values("pk")).first()
    if event is None:
        refuse(request, "casework.caseevent", event_id)
    audit.record("case.read", request=request, obj=event.case, subject=event.case.child)
    return event


def staff_action(person: "Person", **which: object) -> Action | None:
    """The action, with its case and form, where `person` is a member of the case's team or a manager."""
    visible = Case.objects.visible_to(person)
    found = Action.objects.with_forms().select_related("assignment__addressee", "case__child")
    return found.filter(case__in=visible.values("pk"), **which).first()


def staff_action_or_404(request: HttpRequest, action_id: UUID) -> Action:
    """The action, with its case and form, for a member of the case's team or a manager. The look is written down."""
    action = staff_action(cast("Person", request.user), pk=action_id)
    if action is None:
        refuse(request, "casework.action", action_id)
    audit.record("action.read", request=request, obj=action, subject=action.case.child)
    return action


def entries_of_cases(person: "Person") -> Q:
    """The audit of cases and of what families sent, for those who see the cases of all teams; and their own acts."""
    if not person.has_perm("casework.see_all_cases"):
        return Q(pk__in=[])
    about_cases = Q(object_type__startswith="casework.") | Q(subject_type="schools.child")
    return about_cases | Q(object_type__in=_SENT) | Q(actor_id=person.pk)


def may_run_case(person: "Person", case: Case) -> bool:
    """Whether a member of staff may ask for forms, record events and the like in `case`."""
    return (
        person.has_perm("casework.change_case")
        and Case.objects.visible_to(person).filter(pk=case.pk).exists()
    )


def may_fill_in(person: "Person", case: Case, day: dt.date) -> bool:
    """Whether somebody of the family's side may be asked for a form in `case`, or go on with one."""
    return case.is_open and CaseAccess.objects.holding(day).filter(case=case, person=person.pk).exists()
