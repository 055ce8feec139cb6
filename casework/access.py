"""Who may open and run which case. Views, templates, the admin and the actions all ask here."""

import datetime as dt
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.models import Action, Case, CaseAccess, CaseEvent
from core import audit
from core.access import refuse
from core.dates import today
from forms_engine.models import (
    Assignment,
    Delivery,
    Draft,
    LastCopy,
    Submission,
    SubmissionFile,
    Upload,
)

if TYPE_CHECKING:
    from core.people import Person

CASE = "casework.case"
# What families fill in, as the audit names it. What editors do with a form is none of it.
_OF_FORMS = Q(object_type__startswith="forms_engine.") & ~Q(object_type="forms_engine.formdefinition")


# What whoever holds one of casework's permissions may do, in words.
POWERS = {
    "casework.view_case": _("See the cases of their teams, with the children’s papers"),
    "casework.change_case": _("Work on these cases: ask for forms, record what happened"),
    "casework.see_all_cases": _("See the cases of all teams"),
    "forms_engine.view_submission": _("Read the forms that came for their teams"),
    "forms_engine.view_delivery": _("See which of these forms did not arrive, and try them again"),
    "forms_engine.change_delivery": _("See which of these forms did not arrive, and try them again"),
}


def family_access_or_404(request: HttpRequest, case_id: UUID, at: dt.date | None = None) -> CaseAccess:
    """What opens the case to somebody of the family's side on `at` (today): given by the SEND team, no ChildLink.

    With the case, its child, team and caseworker. A look by somebody in a professional capacity is written down.
    """
    person = cast("Person", request.user)
    held = CaseAccess.objects.holding(at or today()).filter(case=case_id, person=person.pk)
    viewer = audit.viewer_of(request)
    if viewer:
        # Staff who view as her see what both may.
        held = held.filter(case__in=Case.objects.visible_to(viewer).values("pk"))
    access = held.select_related("case__child", "case__team", "case__caseworker").first()
    if access is None:
        refuse(request, CASE, case_id)
    if viewer or access.capacity == CaseAccess.Capacity.PROFESSIONAL:
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
    """The audit of cases and of the forms in them, for those who see the cases of all teams; and their own acts.

    With who was put into which team, for a team's people open its cases.
    Of a form that another team reads, or of one that nobody has sent yet and no case asked for, it tells them nothing.
    """
    if not person.has_perm("casework.see_all_cases"):
        return Q(pk__in=[])
    about_cases = (
        Q(object_type__startswith="casework.")
        | Q(subject_type="schools.child")
        | Q(object_type="accounts.team")
    )
    # Whoever asked for what is not theirs, and what the site did by itself, name nobody who sent a form.
    of_nobody = _OF_FORMS & (Q(verb="refused") | Q(actor_id=None))
    return about_cases & ~_OF_FORMS | of_nobody | _entries_of_forms(person) | Q(actor_id=person.pk)


def _entries_of_forms(person: "Person") -> Q:
    """The audit of the forms that cases asked for, and of those that `person` may read. One subquery a kind of row."""
    cases = Case.objects.visible_to(person).values("pk")
    asked = Assignment.objects.filter(action__case__in=cases).values("pk")
    sent = Submission.objects.visible_to(person).values("pk")
    seen = {
        "assignment": asked,
        "draft": Draft.objects.filter(assignment__in=asked).values("pk"),
        "upload": Upload.objects.filter(party__draft__assignment__in=asked).values("pk"),
        "lastcopy": LastCopy.objects.filter(about_kind=CASE, about_id__in=cases).values("pk"),
        "submission": sent,
        "submissionfile": SubmissionFile.objects.filter(submission__in=sent).values("pk"),
        "delivery": Delivery.objects.filter(submission__in=sent).values("pk"),
    }
    # A file keeps its id when it is sent, and its row among the uploads goes.
    entries = Q(object_type="forms_engine.upload", object_id__in=seen["submissionfile"])
    for kind, ids in seen.items():
        entries |= Q(object_type=f"forms_engine.{kind}", object_id__in=ids)
    return entries


def with_access(day: dt.date) -> Q:
    """Of people: those of the family's side to whom a case is open on `day`."""
    return Q(pk__in=CaseAccess.objects.holding(day).values("person"))


def may_run_case(person: "Person", case: Case) -> bool:
    """Whether a member of staff may ask for forms, record events and the like in `case`."""
    return (
        person.has_perm("casework.change_case")
        and Case.objects.visible_to(person).filter(pk=case.pk).exists()
    )


def may_fill_in(person: "Person", case: Case, day: dt.date) -> bool:
    """Whether somebody of the family's side may be asked for a form in `case`, or go on with one: she can sign in."""
    access = CaseAccess.objects.holding(day).of_active().filter(case=case, person=person.pk)
    return case.is_open and access.exists()
