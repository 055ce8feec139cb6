"""The next day by which a council owes something, as SQL made from the same rows that `rules/` reads."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Least, NullIf

from casework.rules.deadlines import days_allowed
from casework.rules.timetable import OVERTURNED_BY, TIMETABLES, Counting, Event, Row

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from casework.models.cases import CaseEvent

# Stands for "nothing is due" within LEAST, which SQLite makes NULL as soon as one part of it is.
_NEVER = dt.date(9999, 12, 31)


def next_due(events: "QuerySet[CaseEvent]", counting: Counting) -> Case:
    """An expression for a query over cases. NULL where nothing is owed by law, or the case is closed."""
    return Case(
        *(
            When(timetable=name, closed_on__isnull=True, then=_subquery(events, rows, counting))
            for name, rows in TIMETABLES.items()
        ),
        output_field=DateField(),
    )


def _subquery(events: "QuerySet[CaseEvent]", rows: Iterable[Row], counting: Counting) -> Subquery:
    """The case's events in one row, a column for each event's latest day; and the least of what is open."""
    duties = [row for row in rows if row.is_councils and row.is_law]
    days = {_column(event): Max("day", filter=Q(event=event.value)) for event in Event}
    first = Least(Value(_NEVER), *(_due_if_open(row, counting) for row in duties), output_field=DateField())
    return Subquery(
        events.filter(case=OuterRef("pk"))
        .values("case")
        .annotate(**days)
        .annotate(first_due=NullIf(first, Value(_NEVER)))
        .values("first_due")
    )


def _due_if_open(row: Row, counting: Counting) -> Case:
    days = Value(dt.timedelta(days=days_allowed(row, counting)), output_field=DurationField())
    due = ExpressionWrapper(F(_column(row.trigger)) + days, output_field=DateField())
    return Case(
        When(_applies(row) & ~_met(row), then=Cast(due, DateField())),
        default=Value(_NEVER),
        output_field=DateField(),
    )


def _applies(row: Row) -> Q:
    trigger = _column(row.trigger)
    set_going = Q(**{f"{trigger}__gte": row.effective_from})
    if row.effective_to is not None:
        set_going &= Q(**{f"{trigger}__lte": row.effective_to})
    return reduce(lambda found, refusal: found & ~_stands(refusal), sorted(row.falls_away_on), set_going)


def _met(row: Row) -> Q:
    return _any_since(row.met_by, row.trigger)


def _stands(refusal: Event) -> Q:
    return Q(**{f"{_column(refusal)}__isnull": False}) & ~_any_since(OVERTURNED_BY[refusal], refusal)


def _any_since(events: Iterable[Event], since: Event) -> Q:
    """Whether one of `events` happened on the day of `since` or later.

    Said with its own "is not null": the negation of a comparison with NULL is NULL, not true.
    """
    each = (
        Q(**{f"{_column(event)}__isnull": False, f"{_column(event)}__gte": F(_column(since))})
        for event in sorted(events)
    )
    return reduce(or_, each)


def _column(event: Event) -> str:
    return "on_" + event.value.replace("-", "_")
