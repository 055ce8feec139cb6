"""The page of one case: whose turn it is, the legal strip with its working, the people, the forms."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import InspectView

from casework import access, wording
from casework.admin.family_view import Reader, readers
from casework.admin.timeline import Happened, timeline
from casework.admin.turn import StaffTurn, staff_turn
from casework.admin.unreached import Unreached, unreached
from casework.admin.words import DUTIES, aim_in_words, in_words, stage_name, tone_of, years
from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.rules.deadlines import Deadline
from casework.rules.stages import Whose
from casework.rules.timetable import Event
from casework.selectors import CaseReading, answers_draft, council_counting, read_case
from core.closed_days import working_days
from core.dates import day_text, local_day, today
from core.working_days import WorkingDays
from forms_engine.models import Assignment, Submission


@dataclass(frozen=True, slots=True)
class LegalDate:
    """One date of the strip: what is owed, by when, whether it was met, and how it was worked out."""

    name: str
    what: str  # in the words of the timetable
    due: dt.date
    said: str
    tone: str  # "done", "late", "soon", "far"
    working: list[str]
    citation: str
    is_law: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form asked for in the case, with what can be done about it now."""

    action: Action
    state: str
    said: str
    submission: Submission | None
    can_accept: bool
    can_reopen: bool
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    school: str
    age: str
    stage: str
    day_number: int | None
    turn: StaffTurn
    lacks_draft: bool
    # Where a draft is lacking: the last day for it that leaves the family its own days before the final plan.
    draft_by: dt.date | None
    is_draft_late: bool
    readers: list[Reader]
    dates: list[LegalDate]
    requested_on: dt.date | None
    forms: list[FormRow]
    people: list[CaseAccess]
    unreached: list[Unreached]
    events: list[Happened]
    may_run: bool
    households: int


def case_page(case: Case, user: Any) -> CasePage:
    """All that the page shows. A fixed number of queries, for one form and for fifty."""
    day = today()
    forms = _actions(case)
    reading = read_case(case, forms, today=day, counting=council_counting())
    people = list(CaseAccess.objects.holding(day).filter(case=case).select_related("person"))
    may_run = case.is_open and access.may_run_case(user, case)
    school = case.child.school_on(day)
    draft_by = reading.draft_by(working_days())
    return CasePage(
        case=case,
        school=school.name if school else _("No school"),
        age=years(case.child, day),
        stage=stage_name(reading),
        day_number=_day_number(reading),
        turn=staff_turn(reading),
        lacks_draft=reading.lacks_draft,
        draft_by=draft_by,
        is_draft_late=draft_by is not None and draft_by < day,
        readers=readers(case, people, forms, case.history()),
        dates=_dates(reading),
        requested_on=_requested_on(reading),
        forms=_form_rows(forms, day),
        people=people,
        unreached=unreached(Case.objects.filter(pk=case.pk), day, most=len(people)),
        events=timeline(case, forms, may_run=may_run),
        may_run=may_run,
        households=sum(row.capacity == CaseAccess.Capacity.PARENT for row in people),
    )


def _actions(case: Case) -> list[Action]:
    return list(
        case.actions.with_forms().select_related("assignment__addressee").order_by("-assignment__asked_at")
    )


def _form_rows(actions: list[Action], day: dt.date) -> list[FormRow]:
    found = Submission.objects.filter(assignment__in=[row.assignment_id for row in actions])
    newest = {row.assignment_id: row for row in found.order_by("submitted_at")}
    return [_form_row(action, newest.get(action.assignment_id), day) for action in actions]


def _form_row(action: Action, submission: Submission | None, day: dt.date) -> FormRow:
    asked = action.assignment
    said = ""
    if asked.is_waiting and asked.due:
        said = in_words((asked.due - day).days)
    elif submission:
        said = submission.reference
    return FormRow(
        action=action,
        state=asked.get_state_display(),
        said=said,
        submission=submission,
        can_accept=asked.may_become(Assignment.State.ACCEPTED),
        can_reopen=asked.may_become(Assignment.State.REOPENED),
        can_withdraw=asked.may_become(Assignment.State.WITHDRAWN),
    )


def _dates(reading: CaseReading) -> list[LegalDate]:
    """In the order of the steps, which is not that of the dates: what happens first stands first."""
    calendar = working_days()
    rows = sorted(reading.deadlines, key=lambda row: row.id)
    now = next((row.id for row in rows if row.is_open and row.row.is_law), "")
    return [_date(row, reading, calendar, is_now=row.id == now) for row in rows]


def _date(row: Deadline, reading: CaseReading, calendar: WorkingDays, *, is_now: bool) -> LegalDate:
    left = (row.due - reading.today).days
    asked = [] if row.row.is_councils else _comment_forms(reading, row)
    waiting = sum(form.assignment.is_waiting for form in asked)
    if row.met_on and Event.FINAL_ISSUED not in reading.events and waiting:
        came = _("%(came)s of %(count)s came") % {"came": len(asked) - waiting, "count": len(asked)}
        said, tone, is_now = f"{came}, {in_words(left)}", tone_of(left), True
    elif row.met_on:
        said, tone = _("done %(day)s") % {"day": day_text(row.met_on)}, "done"
    elif row.row.is_law:
        said, tone = in_words(left), tone_of(left)
    else:
        said, tone = aim_in_words(left), "far"
    return LegalDate(
        name=str(DUTIES[row.row.id]),
        what=row.row.what,
        due=row.due,
        said=said,
        tone=tone,
        working=wording.working(row, calendar),
        citation=row.row.citation,
        is_law=row.row.is_law,
        is_now=is_now,
    )


def _comment_forms(reading: CaseReading, row: Deadline) -> list[Action]:
    """Each person's newest form about this draft, but for those withdrawn: one household's is not the other's."""
    newest: dict[UUID, Action] = {}
    for action in sorted(reading.actions, key=lambda action: action.assignment.asked_at):
        asked = action.assignment
        if answers_draft(action) and local_day(asked.asked_at) >= row.trigger_day:
            newest[asked.addressee_id] = action
    return [form for form in newest.values() if form.assignment.state != Assignment.State.WITHDRAWN]


def _requested_on(reading: CaseReading) -> dt.date | None:
    request = reading.events.get(Event.REQUEST_RECEIVED)
    return request.day if request else None


def _day_number(reading: CaseReading) -> int | None:
    """Which day of the case it is, the request's being day 1, until it ends."""
    begun = reading.events.get(Event.REQUEST_RECEIVED)
    ended = reading.turn.whose is Whose.NOBODY or not reading.case.is_open
    return (reading.today - begun.day).days + 1 if begun and not ended else None


class CaseInspectView(InspectView):
    """The case page. `core.admin` has authorised and audited before this view fetches the row."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []  # the template has its own: a query for each would be in vain

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = Prefetch("events", CaseEvent.objects.select_related("recorded_by", "corrected_by"))
        found = Case.objects.select_related("child", "team", "caseworker").prefetch_related(events)
        case = found.get(pk=self.instance.pk)
        page = case_page(case, self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "page": page,
            "index_url": reverse("casework_case_modeladmin_index"),
        }
