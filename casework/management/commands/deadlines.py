"""`manage.py deadlines --timetable ehc-england --on EVENT=YYYY-MM-DD ...`: when what is due by law, and why."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from casework.rules.deadlines import Deadline, deadlines
from casework.rules.timetable import TIMETABLES, Counting, Event, Row
from casework.selectors import council_counting
from casework.wording import working
from core.bank_holidays import shipped_working_days
from core.closed_days import working_days
from core.models import BankHoliday, CouncilSettings
from core.working_days import WorkingDays

_SHORT = {"request": Event.REQUEST_RECEIVED, "draft": Event.DRAFT_SERVED}
# A row's id stands for the event that usually meets it: "E1=2026-03-01" says that the council agreed that day.
_OF_ROW = {
    "E1": Event.ASSESSMENT_AGREED,
    "E3": Event.PLAN_AGREED,
    "E4": Event.DRAFT_SERVED,
    "E5": Event.COMMENTS_RECEIVED,
    "E7": Event.FINAL_ISSUED,
}


class Command(BaseCommand):
    help = "Prints what is due by law, given what has happened. Events: " + ", ".join(Event)
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--timetable", required=True, help=", ".join(TIMETABLES))
        parser.add_argument("--on", action="append", default=[], metavar="EVENT=YYYY-MM-DD", dest="happened")
        parser.add_argument(
            "--counting",
            help="how the council counts its own periods: after or beginning-with (else as in its settings)",
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self,
        *args: Any,
        timetable: str,
        happened: list[str],
        counting: str | None,
        as_json: bool,
        **options: Any,
    ) -> None:
        found = deadlines(_timetable(timetable), _events(happened), _counting(counting))
        calendar = _calendar()
        rows = [_described(deadline, " ".join(working(deadline, calendar))) for deadline in found]
        if as_json:
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write("{due}  {id}  {event}\n            {working} {citation}".format(**row))


def _described(deadline: Deadline, how: str) -> dict[str, str]:
    return {
        "id": deadline.id,
        "event": deadline.row.what,
        "due": deadline.due.isoformat(),
        "rule": deadline.counting.value,
        "working": how.replace("\N{NO-BREAK SPACE}", " "),
        "citation": deadline.row.citation,
    }


def _timetable(name: str) -> Iterable[Row]:
    if name not in TIMETABLES:
        raise CommandError(f"There is no timetable {name!r}. There are: {', '.join(TIMETABLES)}")
    return TIMETABLES[name]


def _counting(name: str | None) -> Counting:
    if name is None:
        return _council_counting()
    try:
        return Counting(name)
    except ValueError:
        raise CommandError(f"--counting is after or beginning-with, not {name!r}") from None


def _council_counting() -> Counting:
    try:
        return council_counting()
    except DatabaseError:  # There is none yet: what a council begins with.
        return Counting(CouncilSettings().display_rule)


def _calendar() -> WorkingDays:
    try:
        return working_days()
    except DatabaseError:
        return shipped_working_days(BankHoliday.Calendar.ENGLAND_AND_WALES)


def _events(happened: list[str]) -> dict[str, dt.date]:
    """Event -> the latest day given for it. Raises CommandError."""
    if not happened:
        raise CommandError("Say what happened: --on request-received=2026-01-30")
    events: dict[str, dt.date] = {}
    for text in happened:
        event, day = _event(text)
        events[event] = max(day, events.get(event, day))
    return events


def _event(text: str) -> tuple[Event, dt.date]:
    name, equals, day = text.partition("=")
    if not equals:
        raise CommandError(f"--on takes EVENT=YYYY-MM-DD, not {text!r}")
    return _event_named(name), _day(day)


def _event_named(name: str) -> Event:
    known = (
        {event.value: event for event in Event}
        | _SHORT
        | {row.lower(): event for row, event in _OF_ROW.items()}
    )
    try:
        return known["-".join(name.lower().replace("_", " ").split())]
    except KeyError:
        raise CommandError(f"There is no event {name!r}. There are: {', '.join(Event)}") from None


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a date such as 2026-01-30") from None
