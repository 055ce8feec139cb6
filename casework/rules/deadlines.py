"""When something is due. Pure: dates in, dates out.

A legal date never moves. Lateness may be excused, and beside a weekend or a bank holiday the last working day
before it is shown.
"""

import calendar as months
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.rules.timetable import OVERTURNED_BY, Counting, Event, Row, Unit
from core.working_days import WorkingDays

ONE_DAY = dt.timedelta(days=1)
_DAYS = {Unit.CALENDAR_DAYS: 1, Unit.WEEKS: 7}


class CalendarNeeded(ValueError):
    """Working days cannot be counted without a calendar of bank holidays."""


@dataclass(frozen=True)
class Deadline:
    """When a row is due, for one case.

    `due` is the date to show; `legal` is the last day that the regulation itself allows, which is later where
    the council counts its own periods more strictly.
    """

    row: Row
    trigger_day: dt.date
    counting: Counting
    due: dt.date
    legal: dt.date
    met_by: Event | None = None
    met_on: dt.date | None = None

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def is_open(self) -> bool:
        return self.met_on is None

    def days_late(self, today: dt.date) -> int:
        """Days between the date shown and what happened, or today. Negative: so many days early."""
        return ((self.met_on or today) - self.due).days

    def is_late(self, today: dt.date) -> bool:
        """Whether somebody still owes it by law after its day."""
        return self.is_open and self.row.is_law and self.days_late(today) > 0


def rule_for(row: Row, counting: Counting | None) -> Counting:
    """How `row` is counted under the council's display rule, which bears on its own periods alone."""
    return counting if row.is_councils and counting is not None else row.counting


def due(
    row: Row, trigger_day: dt.date, counting: Counting | None = None, calendar: WorkingDays | None = None
) -> dt.date:
    """The last day for `row`. `counting` is the council's display rule. Working days raise CalendarNeeded."""
    if row.unit in _DAYS:
        return trigger_day + dt.timedelta(days=days_allowed(row, counting))
    day_one_off = ONE_DAY * (rule_for(row, counting) is Counting.BEGINNING_WITH)
    if row.unit is Unit.MONTHS:
        return add_months(trigger_day, row.period) - day_one_off
    if calendar is None:
        raise CalendarNeeded(row.id)
    return calendar.add(trigger_day - day_one_off, row.period)


def days_allowed(row: Row, counting: Counting | None = None) -> int:
    """Days from the trigger to the last day, for rows in days and weeks. Raises KeyError for other units."""
    return row.period * _DAYS[row.unit] - (rule_for(row, counting) is Counting.BEGINNING_WITH)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day number `count` months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def deadlines(
    timetable: Iterable[Row],
    events: Mapping[str, dt.date],
    counting: Counting | None = None,
    calendar: WorkingDays | None = None,
) -> list[Deadline]:
    """What is or was due in a case, in the order of the dates, with what has met each.

    `events`: event id -> the latest day on which it happened. A row is left out whose trigger has not
    happened, that was no law on that day, or that a refusal has ended.
    """
    rows = [row for row in timetable if applies(row, events)]
    found = [_deadline(row, events, counting, calendar) for row in rows]
    return sorted(found, key=lambda deadline: (deadline.due, deadline.id))


def next_duty(found: Iterable[Deadline]) -> Deadline | None:
    """What the council owes first by law, late or not. None where it owes nothing."""
    owed = [one for one in found if one.is_open and one.row.is_councils and one.row.is_law]
    return min(owed, key=lambda deadline: (deadline.due, deadline.id), default=None)


def last_day_for_draft(timetable: Iterable[Row], found: Iterable[Deadline]) -> dt.date | None:
    """The last day for the draft plan that leaves the family its whole period before the final plan is due.

    By regulation 13(1) it has at least 15 days, of which the day of the draft is the first. None where nothing is
    due by then.
    """
    final = next((one.due for one in found if one.is_open and one.row.met_by == {Event.FINAL_ISSUED}), None)
    comments = next((row for row in timetable if row.trigger is Event.DRAFT_SERVED), None)
    if final is None or comments is None:
        return None
    return final - dt.timedelta(days=days_allowed(comments) + 1)


def open_to_family(found: Iterable[Deadline], day: dt.date) -> Deadline | None:
    """The family's own period that `day` falls into, whether it has used it or not."""
    own = [one for one in found if not one.row.is_councils and one.trigger_day <= day <= one.due]
    return min(own, key=lambda deadline: (deadline.due, deadline.id), default=None)


def work_to(due: dt.date, today: dt.date, calendar: WorkingDays) -> dt.date:
    """The day that staff work to: the last working day by a date that stays what it is; that date once it is past."""
    before = calendar.last_by(due)
    return before if before >= today else due


def applies(row: Row, events: Mapping[str, dt.date]) -> bool:
    """Whether `row` has been set going, and no refusal has ended it."""
    day = events.get(row.trigger)
    return day is not None and row.in_force(day) and not any(stands(no, events) for no in row.falls_away_on)


def stands(refusal: Event, events: Mapping[str, dt.date]) -> bool:
    """Whether `refusal` was given and nothing on that day or later overturned it."""
    if refusal not in events:
        return False
    return not any(event in events and events[event] >= events[refusal] for event in OVERTURNED_BY[refusal])


def _deadline(
    row: Row, events: Mapping[str, dt.date], counting: Counting | None, calendar: WorkingDays | None
) -> Deadline:
    trigger_day = events[row.trigger]
    met_by, met_on = _met(row, events)
    return Deadline(
        row=row,
        trigger_day=trigger_day,
        counting=rule_for(row, counting),
        due=due(row, trigger_day, counting, calendar),
        legal=due(row, trigger_day, None, calendar),
        met_by=met_by,
        met_on=met_on,
    )


def _met(row: Row, events: Mapping[str, dt.date]) -> tuple[Event | None, dt.date | None]:
    """The first event since the trigger that brought `row` about; an earlier one met an earlier trigger."""
    since = events[row.trigger]
    met = sorted((events[event], event) for event in row.met_by if event in events and events[event] >= since)
    return (met[0][1], met[0][0]) if met else (None, None)
