"""What pages ask for about cases: rows in, the rules' reading of them out. No words, no requests."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as SqlCase
from django.db.models import Exists, OuterRef, Q, QuerySet, When

from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.models.cases import latest
from casework.models.due import familys_due
from casework.rules.deadlines import Deadline, deadlines, last_day_for_draft, work_to
from casework.rules.stages import Stage, StageName, Turn, Whose, closed, current, strip, turn
from casework.rules.timetable import EVENT_OF_FORM, TIMETABLES, Counting, Event
from core.council import council_settings
from core.people import Person
from core.working_days import WorkingDays
from forms_engine.models import Assignment

# Whose coming back counts as comments on the draft plan, by their short names.
_FORMS_ABOUT_DRAFT = [slug for slug, event in EVENT_OF_FORM.items() if event is Event.COMMENTS_RECEIVED]


@dataclass(frozen=True)
class CaseReading:
    """A case as one person sees it on one day. `actions` are that person's own, by their last day.

    `is_own`: the person is the young person whom the case is about.
    """

    case: Case
    today: dt.date
    events: dict[str, CaseEvent]
    deadlines: list[Deadline]
    stages: tuple[Stage, ...]
    turn: Turn
    actions: tuple[Action, ...] = ()
    is_own: bool = False

    @property
    def stage(self) -> Stage:
        return current(self.stages)

    @property
    def lacks_draft(self) -> bool:
        """Whether there is to be a plan, and nothing says that a draft of it went to the family."""
        return (
            self.case.is_open and self.stage.name is StageName.DRAFT and Event.DRAFT_SERVED not in self.events
        )

    @property
    def is_aim(self) -> bool:
        """Whether the day of the council's turn is one that it has set itself, and not the law."""
        aims = {deadline.due for deadline in self.deadlines if not deadline.row.is_law}
        return self.turn.whose is Whose.COUNCIL and self.turn.until in aims

    def draft_by(self, calendar: WorkingDays) -> dt.date | None:
        """The last day for a draft plan that leaves the family its own days before the final plan is due.

        As staff work to it: the working day before, where it is a day off.
        """
        last = last_day_for_draft(TIMETABLES.get(self.case.timetable, ()), self.deadlines)
        return work_to(last, self.today, calendar) if last else None

    @property
    def waiting(self) -> list[Action]:
        return [action for action in self.actions if self.case.is_open and _waits(action, self.events)]

    @property
    def settled(self) -> list[Action]:
        """Sent, accepted or withdrawn, or overtaken by the final plan."""
        return [action for action in self.actions if not _waits(action, self.events)]

    @property
    def comments(self) -> Action | None:
        """The person's own form about the draft plan, if she was asked for one: the newest."""
        asked = [action for action in self.actions if answers_draft(action)]
        return max(asked, key=lambda action: action.assignment.asked_at, default=None)


def seen_by(viewer: Person, readings: list[CaseReading]) -> list[CaseReading]:
    """Those of cases that `viewer`, a member of staff, may see too. One query."""
    theirs = set(Case.objects.visible_to(viewer).values_list("pk", flat=True))
    return [reading for reading in readings if reading.case.pk in theirs]


def answers_draft(action: Action) -> bool:
    """Whether the form's coming back counts as the family's comments on the draft plan."""
    return EVENT_OF_FORM.get(action.assignment.form.slug) is Event.COMMENTS_RECEIVED


def _waits(action: Action, events: Iterable[str]) -> bool:
    """Whether somebody is to fill it in: what was asked about the draft is not wanted once the final plan is out."""
    is_overtaken = Event.FINAL_ISSUED in events and answers_draft(action)
    return action.assignment.is_waiting and not is_overtaken


def wants_comments(actions: Iterable[Action]) -> bool:
    """Whether comments on the draft are still wanted: not where the forms for them were all withdrawn."""
    states = [action.assignment.state for action in actions if answers_draft(action)]
    return not states or any(state != Assignment.State.WITHDRAWN for state in states)


def read_case(
    case: Case,
    actions: Iterable[Action],
    *,
    today: dt.date,
    counting: Counting,
    person: Person | None = None,
    is_own: bool = False,
    history: Sequence[CaseEvent] | None = None,
) -> CaseReading:
    """Apply the rules to what happened in `case`, as `person` of the family's side sees it; None: the council's.

    Reads its events (one query, unless they are prefetched), but for a `history` that is only being thought of.
    """
    actions = tuple(actions)
    history = case.history() if history is None else history
    events = _events_for(history, person) if person else latest(history)
    days = {event: row.day for event, row in events.items()}
    found = _deadlines(case, days, counting)
    forms = [action for action in actions if _waits(action, events)]
    again = [one.assignment.due for one in forms if answers_draft(one) and one.assignment.is_wanted_again]
    return CaseReading(
        case=case,
        today=today,
        events=events,
        deadlines=found,
        stages=strip(days, found, today, again),
        turn=_turn(case, days, found, forms, today, wants_comments=wants_comments(actions)),
        actions=actions,
        is_own=is_own,
    )


def _deadlines(case: Case, days: Mapping[str, dt.date], counting: Counting) -> list[Deadline]:
    found = deadlines(TIMETABLES.get(case.timetable, ()), days, counting)
    # Nobody owes anything in a closed case: what was not done by then is no date to come, and not late.
    return [deadline for deadline in found if not deadline.is_open] if case.closed_on else found


def _turn(
    case: Case,
    days: Mapping[str, dt.date],
    found: Sequence[Deadline],
    forms: Iterable[Action],
    today: dt.date,
    *,
    wants_comments: bool,
) -> Turn:
    """Whose turn it is while `forms` wait for the family."""
    if case.closed_on:
        return closed(case.closed_on, today)
    waiting = [action.assignment.due for action in forms]
    return turn(days, found, waiting, today, wants_comments=wants_comments)


def knowing_turn(cases: QuerySet[Any], day: dt.date) -> QuerySet[Any]:
    """`cases`, which have their `next_due`, each with `is_others_turn` and `lacks_draft`: what the rules say, as SQL.

    A form waits for whoever was asked for it; or the family has its days to comment on the draft, and nothing that
    the council owes is late. See `rules.stages.turn` and `CaseReading.lacks_draft`.
    """
    asked = Action.objects.filter(case=OuterRef("pk"))
    about_draft = asked.filter(assignment__form__slug__in=_FORMS_ABOUT_DRAFT)
    withdrawn = Q(assignment__state=Assignment.State.WITHDRAWN)
    wants_comments = ~Exists(about_draft.filter(withdrawn)) | Exists(about_draft.exclude(withdrawn))
    events = CaseEvent.objects.standing().order_by()
    is_finished = Exists(events.filter(case=OuterRef("pk"), event=Event.FINAL_ISSUED.value))
    waiting = asked.filter(assignment__state__in=Assignment.WAITING)
    not_about_draft = waiting.exclude(assignment__form__slug__in=_FORMS_ABOUT_DRAFT)
    form_waits = Q(closed_on=None) & (Exists(not_about_draft) | (Exists(waiting) & ~is_finished))
    is_late = Q(next_due__isnull=False, next_due__lt=day)
    comments_wait = Q(familys_due__gte=day) & ~is_late & ~is_finished & wants_comments
    known: QuerySet[Any] = cases.annotate(familys_due=familys_due(events, council_counting())).annotate(
        is_others_turn=SqlCase(When(form_waits | comments_wait, then=True), default=False),
        lacks_draft=SqlCase(When(_lacks_draft(events), then=True), default=False),
    )
    return known


def _lacks_draft(events: QuerySet[CaseEvent]) -> Q:
    """Of rows with their `next_due`: where that is nothing there will be no plan, or the case is closed."""
    own = events.filter(case=OuterRef("pk"))
    sent = own.filter(event__in=[Event.DRAFT_SERVED.value, Event.FINAL_ISSUED.value])
    agreed = own.filter(event=Event.PLAN_AGREED.value)
    return Q(Exists(agreed), ~Exists(sent), next_due__isnull=False)


def own_case(person: Person, access: CaseAccess, *, today: dt.date, counting: Counting) -> CaseReading:
    """The case that `access` opens to `person` of the family's side. Two queries."""
    actions = access.case.actions.of(person).with_forms()
    is_own = access.capacity == CaseAccess.Capacity.YOUNG_PERSON
    return read_case(access.case, actions, today=today, counting=counting, person=person, is_own=is_own)


def for_person(person: Person, day: dt.date, counting: Counting) -> list[CaseReading]:
    """The open cases of somebody's family home, by the child's name. Three queries, however many there are."""
    cases: QuerySet[Any] = (
        Case.objects.open_to(person, day)
        .filter(closed_on=None)
        .annotate(is_own=Exists(CaseAccess.objects.holding(day).own(person).filter(case=OuterRef("pk"))))
        .select_related("child", "team", "caseworker")
        .prefetch_related("events")
        .order_by("child__first_name", "reference")
    )
    actions: dict[UUID, list[Action]] = defaultdict(list)
    for action in Action.objects.of(person).filter(case__closed_on=None).with_forms():
        actions[action.case_id].append(action)
    return [
        read_case(case, actions[case.pk], today=day, counting=counting, person=person, is_own=case.is_own)
        for case in cases
    ]


def _events_for(history: Sequence[CaseEvent], person: Person) -> dict[str, CaseEvent]:
    """Event id -> the last time, but for others' comments: one household does not see what the other sent."""
    return latest(
        history, lambda one: one.event == Event.COMMENTS_RECEIVED and one.recorded_by_id != person.pk
    )


def council_counting() -> Counting:
    """How the council counts its own weeks. No query once the settings are in the cache."""
    return Counting(council_settings().display_rule)
