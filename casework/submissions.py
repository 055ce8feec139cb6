"""What becomes of a form that was asked for in a case, and who of the council may read it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import access
from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.rules.timetable import EVENT_OF_FORM, Event
from core import audit, outbox
from forms_engine.models import Assignment, Submission
from forms_engine.ways_back import WayBack
from schools.models import Child

if TYPE_CHECKING:
    from core.people import Person

HANDLER = "casework.action"
# `Assignment.about_kind` of a form asked for in a case.
ABOUT_CASE = "casework.case"


class ActionHandler:
    """The form's handler `casework.action`. That the action is done is the assignment's own state already."""

    # Case staff read what belongs to an action of a case.
    takes_unasked = False
    sent_from = ""
    letter = "form-received"

    def ready(self) -> Q:
        return Q()

    label = gettext_lazy("It goes back to the case that it was asked for in, and the caseworker reads it")

    def on_submitted(self, submission: Submission) -> None:
        """In the transaction of the submission: the case has moved when the parent's next page opens."""
        action = _action_of(submission)
        if action is None:
            return
        actor = submission.assisted_by or submission.submitted_by
        audit.record("action.done", actor=actor, obj=action, subject=action.case.child)
        event = EVENT_OF_FORM.get(submission.version.form.slug)
        if event is not None:
            _record(event, action.case, submission)

    def deliver(self, submission: Submission, key: uuid.UUID) -> None:
        """Tell the team's mailbox and the caseworker that something has come. Calling it again tells nobody twice."""
        action = _action_of(submission)
        if action is None:
            return
        case = action.case
        path = reverse("casework_case_modeladmin_inspect", args=[case.pk])
        letter = {"template": "action-done", "context": {"reference": case.reference, "path": path}}
        outbox.put("email_team", {"team": str(case.team_id), **letter}, id=uuid.uuid5(key, "team"))
        if case.caseworker_id:
            outbox.put(
                "email_person",
                {"person": str(case.caseworker_id), **letter},
                id=uuid.uuid5(key, "caseworker"),
            )


def case_staff(user: "Person") -> Q:
    """The submissions that `user` may read as a member of a case's team, or as a manager."""
    cases = Case.objects.visible_to(user)
    mine = Submission.objects.filter(assignment__action__case__in=cases.values("pk"))
    return Q(pk__in=mine.values("pk"))


def still_has_access(person: "Person", assignment: Assignment, day: dt.date) -> bool:
    """Whether the case that a form is about is open, and to `person`, on `day`: a form outlives neither. One query."""
    access = CaseAccess.objects.holding(day).filter(case=assignment.about_id, person=person.pk)
    return access.filter(case__closed_on=None).exists()


def cases_open_to(person: "Person", day: dt.date) -> "QuerySet[Case, Any]":
    """The ids of the cases that somebody of the family's side may open on `day`, closed ones too, as a subquery."""
    return Case.objects.open_to(person, day).values("pk")


def child_of_case(case_id: uuid.UUID) -> Child:
    """The child whose case a form is about."""
    return Case.objects.select_related("child").get(pk=case_id).child


def may_help(person: "Person", assignment: Assignment, day: dt.date) -> bool:
    """Whether `person`, of the case's team, may fill in a form of the case for its addressee."""
    case = Case.objects.filter(pk=assignment.about_id).first() if assignment.about_id else None
    return case is not None and _helps_in(person, case, assignment, day)


def may_help_with_child(person: "Person", assignment: Assignment, day: dt.date) -> bool:
    """The same of a form about a child, which families begin unasked: where the team has an open case of the child."""
    case = case_of_child(person, assignment)
    return case is not None and _helps_in(person, case, assignment, day)


def _helps_in(person: "Person", case: Case, assignment: Assignment, day: dt.date) -> bool:
    return access.may_run_case(person, case) and access.may_fill_in(assignment.addressee, case, day)


def case_of_child(person: "Person", assignment: Assignment) -> Case | None:
    """The open case of a child, of those that `person` of the staff may see, that the addressee may open too."""
    mine = Case.objects.visible_to(person).filter(child=assignment.about_id, closed_on=None)
    return mine.filter(access__person=assignment.addressee_id).distinct().first()


def back_to_staff_page(person: "Person", assignment: Assignment) -> WayBack:
    """Where a member of staff goes who closes a form that she fills in for somebody."""
    about_case = assignment.about_kind == ABOUT_CASE
    case = None if about_case else case_of_child(person, assignment)
    pk = assignment.about_id if about_case else case and case.pk
    page = reverse("casework_case_modeladmin_inspect", args=[pk]) if pk else reverse("wagtailadmin_home")
    return WayBack(page, _("Back to the case"))


def is_manager(person: "Person", submission: Submission) -> bool:
    """The circle `casework.managers`: those who see the cases of all teams."""
    return person.has_perm("casework.see_all_cases")


def is_about_addressee(assignment: Assignment) -> bool:
    """Whether the young person whom the case is about was asked for the form."""
    own = CaseAccess.objects.filter(case=assignment.about_id, capacity=CaseAccess.Capacity.YOUNG_PERSON)
    return own.filter(person=assignment.addressee_id).exists()


def back_to_case(assignment: Assignment) -> WayBack:
    """Where somebody goes who closes a form of a case. No query."""
    return WayBack(reverse("casework:dashboard", args=[assignment.about_id]), _("Back to the SEND dashboard"))


def _action_of(submission: Submission) -> Action | None:
    return _action_for(submission.assignment)


def _action_for(assignment: Assignment | None) -> Action | None:
    if assignment is None:
        return None
    return Action.objects.select_related("case__child", "assignment").filter(assignment=assignment).first()


def _record(event: Event, case: Case, submission: Submission) -> None:
    """Write the event once for each sender and trigger: a form opened again and sent again moves nothing."""
    draft = case.latest_events().get(Event.DRAFT_SERVED)
    if draft is None:
        return
    known = CaseEvent.objects.standing().filter(
        case=case, event=event.value, day__gte=draft.day, recorded_by=submission.submitted_by
    )
    if not known.exists():
        CaseEvent.objects.create(
            case=case,
            event=event.value,
            # What was said on the phone, or came on paper, came on that day.
            day=max(draft.day, submission.assisted_on or submission.today),
            by_name=submission.submitted_by.full_name if submission.submitted_by else "",
            recorded_by=submission.submitted_by,
        )
