"""The page of one case: whose turn it is, the legal strip with its working, the people, the forms."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from casework import access, wording
from casework.admin.turn import StaffTurn, staff_turn
from casework.admin.words import DUTIES, in_words, tone_of, years
from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.pages.turn import Panel, panel
from casework.rules.deadlines import Deadline
from casework.rules.stages import Whose
from casework.rules.timetable import Event
from casework.selectors import CaseReading, council_counting, read_case, working_days
from core.council import council_settings
from core.dates import day_text, today
from core.working_days import WorkingDays
from forms_engine.models import Assignment, Submission

EVENT_NAMES = {
    Event.REQUEST_RECEIVED: gettext_lazy("Request received"),
    Event.ASSESSMENT_AGREED: gettext_lazy("Decided to assess"),
    Event.ASSESSMENT_REFUSED: gettext_lazy("Decided not to assess"),
    Event.PLAN_AGREED: gettext_lazy("Decided that a plan is needed"),
    Event.PLAN_REFUSED: gettext_lazy("Decided that no plan is needed"),
    Event.DRAFT_SERVED: gettext_lazy("Draft plan sent to the family"),
    Event.COMMENTS_RECEIVED: gettext_lazy("Comments came from the family"),
    Event.FINAL_ISSUED: gettext_lazy("Final plan sent"),
}


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
class Happened:
    name: str
    day: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    school: str
    age: str
    stage: str
    day_number: int | None
    turn: StaffTurn
    family_sees: Panel
    dates: list[LegalDate]
    forms: list[FormRow]
    people: list[CaseAccess]
    events: list[Happened]
    may_run: bool
    households: int


def case_page(case: Case, user: Any) -> CasePage:
    """All that the page shows. A fixed number of queries, for one form and for fifty."""
    day = today()
    forms = _actions(case)
    reading = read_case(
        case, [row for row in forms if row.assignment.is_waiting], today=day, counting=council_counting()
    )
    people = list(CaseAccess.objects.holding(day).filter(case=case).select_related("person"))
    school = case.child.school_on(day)
    return CasePage(
        case=case,
        school=school.name if school else _("No school"),
        age=years(case.child, day),
        stage=str(wording.STAGE_NAMES[reading.stage.name]),
        day_number=_day_number(reading),
        turn=staff_turn(reading),
        family_sees=panel(reading, council_settings()),
        dates=_dates(reading),
        forms=_form_rows(forms, day),
        people=people,
        events=_events(case),
        may_run=case.is_open and access.may_run_case(user, case),
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
        can_accept=asked.state == Assignment.State.SUBMITTED,
        can_reopen=asked.state in Assignment.DONE,
        can_withdraw=asked.is_waiting,
    )


def _dates(reading: CaseReading) -> list[LegalDate]:
    calendar = working_days()
    return [_date(row, reading, calendar) for row in reading.deadlines]


def _date(row: Deadline, reading: CaseReading, calendar: WorkingDays) -> LegalDate:
    left = (row.due - reading.today).days
    if row.met_on:
        said, tone = day_text(row.met_on), "done"
    else:
        said, tone = in_words(left), tone_of(left)
    return LegalDate(
        name=str(DUTIES[row.row.id]),
        what=row.row.what,
        due=row.due,
        said=said,
        tone=tone,
        working=wording.working(row, calendar),
        citation=row.row.citation,
        is_law=row.row.is_law,
    )


def _events(case: Case) -> list[Happened]:
    rows = sorted(case.events.all(), key=lambda row: (row.day, row.recorded_at), reverse=True)
    return [
        Happened(str(EVENT_NAMES[Event(row.event)]), row.day, row.by_name or _name(row.recorded_by))
        for row in rows
    ]


def _name(person: Any) -> str:
    return person.full_name if person else ""


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
        events = Prefetch("events", CaseEvent.objects.select_related("recorded_by"))
        found = Case.objects.select_related("child", "team", "caseworker").prefetch_related(events)
        case = found.get(pk=self.instance.pk)
        page = case_page(case, self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "page": page,
            "index_url": reverse("casework_case_modeladmin_index"),
        }
