"""The next day by which a council owes something, as SQL made from the same rows that `rules/` reads."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, DateField, F, Func, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Least, NullIf
from django.db.models.sql.compiler import SQLCompiler

from casework.rules.deadlines import days_allowed
from casework.rules.timetable import OVERTURNED_BY, TIMETABLES, Counting, Event, Row

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from casework.models.cases import CaseEvent

Events = frozenset[Event]
# Stands for "nothing is due" within LEAST, which SQLite makes NULL as soon as one part of it is.
_NEVER = dt.date(9999, 12, 31)


class AddDays(Func):
    """A day so many whole days after another. On SQLite Django's own calls back into Python for each row."""

    template = "(%(expressions)s + %(days)d)"
    output_field = DateField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s, '+%(days)d days')", **context
        )


class DayOfAny(Func):
    """An event's day where it is one of `events`, else NULL.

    Their names are written out, not passed as parameters: of equal aggregates SQLite then computes only one,
    which halves the time of a list of cases. They are names of our own enum, never anybody's input.
    """

    template = "CASE WHEN %(expressions)s END"
    output_field = DateField()

    def __init__(self, events: AbstractSet[Event]) -> None:
        names = ", ".join(f"'{event.value}'" for event in sorted(events))
        super().__init__(F("event"), F("day"), arg_joiner=f" IN ({names}) THEN ")


def next_due(events: "QuerySet[CaseEvent]", counting: Counting) -> Case:
    """An expression for a query over cases. NULL where nothing is owed by law, or the case is closed."""
    return _first_due(events, counting, lambda row: row.is_councils and row.is_law)


def familys_due(events: "QuerySet[CaseEvent]", counting: Counting) -> Case:
    """The last day of what is the family's own to do, done in time or not. NULL where nothing is open to it."""
    return _first_due(events, counting, lambda row: not row.is_councils)


def _first_due(events: "QuerySet[CaseEvent]", counting: Counting, which: Callable[[Row], bool]) -> Case:
    return Case(
        *(
            When(
                timetable=name,
                closed_on__isnull=True,
                then=_subquery(events, [row for row in rows if which(row)], counting),
            )
            for name, rows in TIMETABLES.items()
        ),
        output_field=DateField(),
    )


def _subquery(events: "QuerySet[CaseEvent]", duties: Sequence[Row], counting: Counting) -> Subquery:
    """The case's events in one row, a column for each set that the rules ask for; the least of what is open."""
    latest = {_column(which): Max(DayOfAny(which)) for which in _asked_for(duties)}
    first = Least(Value(_NEVER), *(_due_if_open(row, counting) for row in duties), output_field=DateField())
    return Subquery(
        events.filter(case=OuterRef("pk"))
        .values("case")
        .annotate(**latest)
        .annotate(first_due=NullIf(first, Value(_NEVER)))
        .values("first_due")
    )


def _asked_for(rows: Iterable[Row]) -> set[Events]:
    """The sets of events whose latest day the rules compare."""
    refusals = {refusal for row in rows for refusal in row.falls_away_on}
    sets = {OVERTURNED_BY[refusal] for refusal in refusals} | {frozenset({refusal}) for refusal in refusals}
    return sets | {one for row in rows for one in (frozenset({row.trigger}), row.met_by)}


def _due_if_open(row: Row, counting: Counting) -> Case:
    due = AddDays(F(_column({row.trigger})), days=days_allowed(row, counting))
    return Case(
        When(_applies(row) & ~_since(row.met_by, row.trigger), then=due),
        default=Value(_NEVER),
        output_field=DateField(),
    )


def _applies(row: Row) -> Q:
    trigger = _column({row.trigger})
    set_going = Q(**{f"{trigger}__gte": row.effective_from})
    if row.effective_to is not None:
        set_going &= Q(**{f"{trigger}__lte": row.effective_to})
    return reduce(lambda found, refusal: found & ~_stands(refusal), sorted(row.falls_away_on), set_going)


def _stands(refusal: Event) -> Q:
    given = Q(**{f"{_column({refusal})}__isnull": False})
    return given & ~_since(OVERTURNED_BY[refusal], refusal)


def _since(events: Events, since: Event) -> Q:
    """Whether one of `events` happened on the day of `since` or later.

    Said with its own "is not null": the negation of a comparison with NULL is NULL, not true.
    """
    latest = _column(events)
    return Q(**{f"{latest}__isnull": False, f"{latest}__gte": F(_column({since}))})


def _column(events: AbstractSet[Event]) -> str:
    return "_or_".join(sorted(event.name.lower() for event in events))
