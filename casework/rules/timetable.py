"""The law's timetables as data: what is due, from when, how long, counted how, under which regulation.

Ids and facts: the project's notes on timetables. A row never changes its period: a change in the law is a new
row with its own dates of effect.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Event(StrEnum):
    """What can happen in a case."""

    REQUEST_RECEIVED = "request-received"
    ASSESSMENT_AGREED = "assessment-agreed"
    ASSESSMENT_REFUSED = "assessment-refused"
    PLAN_AGREED = "plan-agreed"
    PLAN_REFUSED = "plan-refused"
    DRAFT_SERVED = "draft-served"
    COMMENTS_RECEIVED = "comments-received"
    FINAL_ISSUED = "final-issued"
    # Nothing follows from it by law: it stands among what has happened.
    ACCESS_ENDED = "access-ended"


_AFTER_PLAN_DECISION = frozenset({Event.PLAN_AGREED, Event.DRAFT_SERVED, Event.FINAL_ISSUED})
_AFTER_ASSESSMENT_DECISION = _AFTER_PLAN_DECISION | {Event.ASSESSMENT_AGREED, Event.PLAN_REFUSED}
# A refusal ends the way to a plan, until one of these on that day or later shows that it goes on after all.
OVERTURNED_BY: Mapping[Event, frozenset[Event]] = {
    Event.ASSESSMENT_REFUSED: _AFTER_ASSESSMENT_DECISION,
    Event.PLAN_REFUSED: _AFTER_PLAN_DECISION,
}

# What staff may record after which step; None: at the beginning. All else is refused: a wrong step is corrected.
_NEXT_STEPS: Mapping[Event | None, tuple[Event, ...]] = {
    None: (Event.REQUEST_RECEIVED,),
    Event.REQUEST_RECEIVED: (Event.ASSESSMENT_AGREED, Event.ASSESSMENT_REFUSED),
    # After mediation or an appeal.
    Event.ASSESSMENT_REFUSED: (Event.ASSESSMENT_AGREED,),
    Event.ASSESSMENT_AGREED: (Event.PLAN_AGREED, Event.PLAN_REFUSED),
    Event.PLAN_REFUSED: (Event.PLAN_AGREED,),
    Event.PLAN_AGREED: (Event.DRAFT_SERVED,),
    Event.DRAFT_SERVED: (Event.FINAL_ISSUED, Event.DRAFT_SERVED),
    Event.FINAL_ISSUED: (),
}
# The second of these on the day of the first would contradict it, or be the same thing twice.
_ON_A_LATER_DAY = frozenset(
    {
        (Event.ASSESSMENT_REFUSED, Event.ASSESSMENT_AGREED),
        (Event.PLAN_REFUSED, Event.PLAN_AGREED),
        (Event.DRAFT_SERVED, Event.DRAFT_SERVED),
    }
)
Happened = tuple[Event, dt.date]


def is_step(event: str) -> bool:
    """Whether staff record `event` and may correct it; the others are written down as they happen."""
    return event in _NEXT_STEPS


def next_steps(history: Sequence[Happened]) -> tuple[Event, ...]:
    """What staff may record after `history`, which is in the order in which it happened."""
    steps = _steps(history)
    return _NEXT_STEPS[steps[-1][0] if steps else None]


def first_day(event: Event, history: Sequence[Happened]) -> dt.date:
    """The first day on which `event` can follow `history`: no step comes before the one that it follows."""
    steps = _steps(history)
    return _after(steps[-1], event) if steps else dt.date.min


def days_between(history: Sequence[Happened], at: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day to which the step at `at` can be moved without changing the order of the steps."""
    event, _day = history[at]
    following = _steps(history[at + 1 :])
    if not following:
        return first_day(event, history[:at]), today
    gap = _after((event, following[0][1]), following[0][0]) - following[0][1]
    return first_day(event, history[:at]), following[0][1] - gap


def is_last_step(history: Sequence[Happened], at: int) -> bool:
    """Whether nothing follows from the step at `at` yet, so that it can be taken back."""
    return not _steps(history[at + 1 :])


def _steps(history: Sequence[Happened]) -> list[Happened]:
    return [happened for happened in history if is_step(happened[0])]


def _after(step: Happened, event: Event) -> dt.date:
    return step[1] + dt.timedelta(days=(step[0], event) in _ON_A_LATER_DAY)


# What it means for the case when one of these forms comes back. By the form's short name.
EVENT_OF_FORM: Mapping[str, Event] = {"parental-preference-form": Event.COMMENTS_RECEIVED}


class Unit(StrEnum):
    CALENDAR_DAYS = "calendar-days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working-days"


class Counting(StrEnum):
    """Whether the day of the trigger is day one (`BEGINNING_WITH`) or the day after it is (`AFTER`)."""

    AFTER = "after"
    BEGINNING_WITH = "beginning-with"


@dataclass(frozen=True)
class Row:
    """One line of a timetable: `what` is due within so many units of `trigger`, brought about by `met_by`."""

    id: str
    what: str
    trigger: Event
    met_by: frozenset[Event]
    period: int
    unit: Unit
    counting: Counting
    citation: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    exceptions: str = ""
    # The council's own period, which its display rule bears on; else a family's, which it never touches.
    is_councils: bool = True
    # Good practice has a date as well, but nobody breaks the law by missing it.
    is_law: bool = True
    # Refusals after which this is no longer due.
    falls_away_on: frozenset[Event] = frozenset()

    def __post_init__(self) -> None:
        if self.period < 1:
            raise ValueError(f"{self.id}: a period is at least 1")
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError(f"{self.id}: it ends before it takes effect")

    def in_force(self, day: dt.date) -> bool:
        """Whether this row governs a trigger on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


_REGULATIONS_2014 = dt.date(2014, 9, 1)
_REG_10_4 = (
    "Regulation 10(4)(a) to (d): advice asked of a school in its holidays, exceptional personal "
    "circumstances, absence from the area of 4 weeks or more, a missed appointment"
)
_NO_ASSESSMENT = frozenset({Event.ASSESSMENT_REFUSED})
_NO_PLAN = frozenset({Event.ASSESSMENT_REFUSED, Event.PLAN_REFUSED})

EHC_ENGLAND = (
    Row(
        id="E1",
        what="Tell the parent whether the council will assess",
        trigger=Event.REQUEST_RECEIVED,
        # A case that was brought in half-way may lack the decision itself: what follows from it shows it.
        met_by=_AFTER_ASSESSMENT_DECISION | {Event.ASSESSMENT_REFUSED},
        period=6,
        unit=Unit.WEEKS,
        counting=Counting.AFTER,
        citation="SEND Regulations 2014 (SI 2014/1530), regulation 5",
        effective_from=_REGULATIONS_2014,
        exceptions=(
            "Regulation 5(4): advice asked of a school from 1 week before a closure of 4 weeks or more to "
            "1 week before it opens again, exceptional personal circumstances, absence from the area of "
            "4 weeks or more"
        ),
    ),
    Row(
        id="E3",
        what="Tell the parent if there will be no plan",
        trigger=Event.REQUEST_RECEIVED,
        met_by=_AFTER_PLAN_DECISION | {Event.PLAN_REFUSED},
        period=16,
        unit=Unit.WEEKS,
        counting=Counting.AFTER,
        citation="SEND Regulations 2014 (SI 2014/1530), regulation 10",
        effective_from=_REGULATIONS_2014,
        exceptions=_REG_10_4,
        falls_away_on=_NO_ASSESSMENT,
    ),
    Row(
        id="E4",
        what="Send the draft plan",
        trigger=Event.REQUEST_RECEIVED,
        met_by=frozenset({Event.DRAFT_SERVED, Event.FINAL_ISSUED}),
        period=14,
        unit=Unit.WEEKS,
        counting=Counting.AFTER,
        citation="Good practice (IPSEA), not law",
        effective_from=_REGULATIONS_2014,
        is_law=False,
        falls_away_on=_NO_PLAN,
    ),
    Row(
        id="E5",
        what="Parent comments on the draft, asks for a school, asks for a meeting",
        trigger=Event.DRAFT_SERVED,
        met_by=frozenset({Event.COMMENTS_RECEIVED, Event.FINAL_ISSUED}),
        period=15,
        unit=Unit.CALENDAR_DAYS,
        counting=Counting.BEGINNING_WITH,
        citation="SEND Regulations 2014 (SI 2014/1530), regulation 13(1)",
        effective_from=_REGULATIONS_2014,
        exceptions="At least 15 days: may be longer on request",
        is_councils=False,
        falls_away_on=_NO_PLAN,
    ),
    Row(
        id="E7",
        what="Final plan to the parent, the setting and the health body",
        trigger=Event.REQUEST_RECEIVED,
        met_by=frozenset({Event.FINAL_ISSUED}),
        period=20,
        unit=Unit.WEEKS,
        counting=Counting.AFTER,
        citation="SEND Regulations 2014 (SI 2014/1530), regulation 13(2)",
        effective_from=_REGULATIONS_2014,
        exceptions=f"By regulation 13(3): {_REG_10_4}",
        falls_away_on=_NO_PLAN,
    ),
)

TIMETABLES: Mapping[str, tuple[Row, ...]] = {"ehc-england": EHC_ENGLAND}
