"""Who may open and run which case. Views, templates, the admin and the actions all ask here."""

import datetime as dt
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest

from casework.models import Action, Case, CaseAccess
from core import audit
from core.access import refuse
from core.dates import today

if TYPE_CHECKING:
    from core.people import Person

CASE = "casework.case"


def family_case_or_404(request: HttpRequest, case_id: UUID, at: dt.date | None = None) -> Case:
    """The case, for somebody whom the SEND team gave access that holds `at` (today). A ChildLink opens none.

    With child, team and caseworker. A look by somebody in a professional capacity is written down.
    """
    person = cast("Person", request.user)
    held = CaseAccess.objects.holding(at or today()).filter(case=case_id, person=person.pk)
    access = held.select_related("case__child", "case__team", "case__caseworker").first()
    if access is None:
        refuse(request, CASE, case_id)
    if access.capacity == CaseAccess.Capacity.PROFESSIONAL:
        audit.record("case.read", request=request, obj=access.case, subject=access.case.child)
    return access.case


def staff_case_or_404(request: HttpRequest, case_id: UUID) -> Case:
    """The case, for a member of its team or a manager. The look is written down."""
    visible = Case.objects.visible_to(cast("Person", request.user))
    case = visible.select_related("child", "team", "caseworker").filter(pk=case_id).first()
    if case is None:
        refuse(request, CASE, case_id)
    audit.record("case.read", request=request, obj=case, subject=case.child)
    return case


def staff_action_or_404(request: HttpRequest, action_id: UUID) -> Action:
    """The action, with its case and form, for a member of the case's team or a manager."""
    visible = Case.objects.visible_to(cast("Person", request.user))
    found = Action.objects.with_forms().select_related("assignment__addressee", "case__child")
    action = found.filter(pk=action_id, case__in=visible.values("pk")).first()
    if action is None:
        refuse(request, "casework.action", action_id)
    return action


def may_run_case(person: "Person", case: Case) -> bool:
    """Whether a member of staff may ask for forms, record events and the like in `case`."""
    return (
        person.has_perm("casework.change_case")
        and Case.objects.visible_to(person).filter(pk=case.pk).exists()
    )


def may_fill_in(person: "Person", case: Case, day: dt.date) -> bool:
    """Whether somebody of the family's side may be asked for a form in `case`."""
    return CaseAccess.objects.holding(day).filter(case=case, person=person.pk).exists()
