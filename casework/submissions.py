"""What becomes of a form that was asked for in a case, and who of the council may read it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import EVENT_OF_FORM, Event
from core import audit, outbox
from core.dates import local_day
from forms_engine.models import Assignment, Submission
from forms_engine.ways_back import WayBack

if TYPE_CHECKING:
    from core.people import Person
    from forms_engine.registries import Raw

HANDLER = "casework.action"
# `Assignment.about_kind` of a form asked for in a case.
ABOUT_CASE = "casework.case"


class ActionHandler:
    """The form's handler `casework.action`. That the action is done is the assignment's own state already."""

    def on_submitted(self, submission: Submission) -> None:
        """In the transaction of the submission: the case has moved when the parent's next page opens."""
        action = _action_of(submission)
        if action is None:
            return
        audit.record("action.done", actor=submission.submitted_by, obj=action, subject=action.case.child)
        event = EVENT_OF_FORM.get(submission.version.form.slug)
        if event is not None:
            _record(event, action.case, submission)

    def deliver(self, submission: Submission, key: uuid.UUID) -> None:
        """Tell the team's mailbox and the caseworker that something has come. Calling it again tells nobody twice."""
        action = _action_of(submission)
        if action is None:
            return
        case = action.case
        letter = {"template": "action-done", "context": {"reference": case.reference}}
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


def child_name(person: "Person", assignment: Assignment | None) -> "Raw":
    action = _action_for(assignment)
    return action.case.child.full_name if action else ""


def child_date_of_birth(person: "Person", assignment: Assignment | None) -> "Raw":
    action = _action_for(assignment)
    return date_parts(action.case.child.date_of_birth) if action else ""


def child_school(person: "Person", assignment: Assignment | None) -> "Raw":
    """The school that the child was on the roll of when the form was asked for."""
    action = _action_for(assignment)
    if action is None:
        return ""
    school = action.case.child.school_on(local_day(action.assignment.asked_at))
    return school.name if school else ""


def back_to_case(assignment: Assignment) -> WayBack:
    """Where somebody goes who closes a form of a case. No query."""
    text = _("Back to %(child)s’s SEND dashboard") % {"child": assignment.about_name}
    return WayBack(reverse("casework:dashboard", args=[assignment.about_id]), text)


def date_parts(day: dt.date) -> dict[str, str]:
    """A date as it is typed into three boxes."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


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
    known = CaseEvent.objects.filter(
        case=case, event=event.value, day__gte=draft.day, recorded_by=submission.submitted_by
    )
    if not known.exists():
        CaseEvent.objects.create(
            case=case,
            event=event.value,
            day=submission.today,
            by_name=submission.submitted_by.full_name if submission.submitted_by else "",
            recorded_by=submission.submitted_by,
        )
