"""What pages ask for about cases: rows in, the rules' reading of them out. No words, no requests."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework.models import Action, Case, CaseEvent
from casework.rules.deadlines import Deadline, deadlines
from casework.rules.stages import Stage, Turn, current, strip, turn
from casework.rules.timetable import EVENT_OF_FORM, TIMETABLES, Counting, Event
from core.council import council_settings
from core.models import BankHoliday
from core.people import Person
from core.working_days import WorkingDays


@dataclass(frozen=True)
class CaseReading:
    """A case as one person sees it on one day. `actions` are that person's own, by their last day."""

    case: Case
    today: dt.date
    events: dict[str, CaseEvent]
    deadlines: list[Deadline]
    stages: tuple[Stage, ...]
    turn: Turn
    actions: tuple[Action, ...] = ()

    @property
    def stage(self) -> Stage:
        return current(self.stages)

    @property
    def waiting(self) -> list[Action]:
        return [action for action in self.actions if action.assignment.is_waiting]

    @property
    def settled(self) -> list[Action]:
        """Sent, accepted or withdrawn."""
        return [action for action in self.actions if not action.assignment.is_waiting]

    @property
    def comments(self) -> Action | None:
        """The person's own form about the draft plan, if she was asked for one: the newest."""
        asked = [action for action in self.actions if answers_draft(action)]
        return max(asked, key=lambda action: action.assignment.asked_at, default=None)


def answers_draft(action: Action) -> bool:
    """Whether the form's coming back counts as the family's comments on the draft plan."""
    return EVENT_OF_FORM.get(action.assignment.form.slug) is Event.COMMENTS_RECEIVED


def read_case(
    case: Case,
    actions: Iterable[Action],
    *,
    today: dt.date,
    counting: Counting,
    person: Person | None = None,
) -> CaseReading:
    """Apply the rules to what happened in `case`, as `person` of the family's side sees it; None: the council's.

    Reads its events (one query, unless they are prefetched).
    """
    actions = tuple(actions)
    events = _events_for(case, person) if person else case.latest_events()
    days = {event: row.day for event, row in events.items()}
    found = deadlines(TIMETABLES.get(case.timetable, ()), days, counting)
    waiting = [action.assignment.due for action in actions if action.assignment.is_waiting]
    return CaseReading(
        case=case,
        today=today,
        events=events,
        deadlines=found,
        stages=strip(days, found, today),
        turn=turn(days, found, waiting, today),
        actions=actions,
    )


def own_case(person: Person, case: Case, *, today: dt.date, counting: Counting) -> CaseReading:
    """One case for one person of the family's side. Two queries."""
    actions = case.actions.of(person).with_forms()
    return read_case(case, actions, today=today, counting=counting, person=person)


def for_person(person: Person, day: dt.date, counting: Counting) -> list[CaseReading]:
    """The open cases of somebody's family home, by the child's name. Three queries, however many there are."""
    cases = (
        Case.objects.open_to(person, day)
        .filter(closed_on=None)
        .select_related("child", "team", "caseworker")
        .prefetch_related("events")
        .order_by("child__first_name", "reference")
    )
    actions: dict[UUID, list[Action]] = defaultdict(list)
    for action in Action.objects.of(person).filter(case__closed_on=None).with_forms():
        actions[action.case_id].append(action)
    return [read_case(case, actions[case.pk], today=day, counting=counting, person=person) for case in cases]


def _events_for(case: Case, person: Person) -> dict[str, CaseEvent]:
    """Event id -> the last time, but for others' comments: one household does not see what the other sent."""
    return case.latest_events(
        leaving_out=lambda one: one.event == Event.COMMENTS_RECEIVED and one.recorded_by_id != person.pk
    )


def council_counting() -> Counting:
    """How the council counts its own weeks. No query once the settings are in the cache."""
    return Counting(council_settings().display_rule)


def working_days() -> WorkingDays:
    """The calendar that the law's dates of England are shown beside. One query."""
    return BankHoliday.objects.working_days(BankHoliday.Calendar.ENGLAND_AND_WALES)
