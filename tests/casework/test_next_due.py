"""What is due first, worked out by the database from the same rows as the pure rules."""

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Team
from casework.models import Action, Case, CaseEvent
from casework.rules.deadlines import deadlines, next_duty
from casework.rules.stages import Whose
from casework.rules.timetable import EHC_ENGLAND, Counting, Event
from casework.selectors import council_counting, knowing_turn, read_case
from core.dates import today
from forms_engine.models import Assignment
from schools.models import Child
from tests.factories import ActionFactory, CaseFactory, ChildFactory, TeamFactory
from tests.queries import counted_queries

# Days around the day on which the regulations took effect too.
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 4, 1)) | st.dates(
    dt.date(2014, 8, 25), dt.date(2014, 9, 5)
)
histories = st.lists(st.tuples(st.sampled_from(Event), days), max_size=8)

pytestmark = pytest.mark.django_db


def make_case(history: list[tuple[Event, dt.date]], child: Child, team: Team) -> Case:
    case = Case.objects.create(child=child, team=team)
    CaseEvent.objects.bulk_create(CaseEvent(case=case, event=event.value, day=day) for event, day in history)
    return case


@given(st.lists(histories, min_size=1, max_size=12), st.sampled_from(Counting))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_the_rules_agree_on_any_history(
    many: list[list[tuple[Event, dt.date]]], counting: Counting
) -> None:
    Case.objects.all().delete()
    child, team = ChildFactory(), TeamFactory()
    expected: dict[uuid.UUID, dt.date | None] = {}
    for history in many:
        latest = {event: max(day for name, day in history if name is event) for event, _ in history}
        duty = next_duty(deadlines(EHC_ENGLAND, latest, counting))
        expected[make_case(history, child, team).pk] = duty.due if duty else None

    found = list(Case.objects.by_next_due(counting).values_list("pk", "next_due"))

    assert dict(found) == expected
    in_order = [day or dt.date.max for _, day in found]
    assert in_order == sorted(in_order)


@given(
    st.lists(st.tuples(st.sampled_from(Event), st.integers(0, 160)), max_size=6),
    st.lists(st.sampled_from(Assignment.State), max_size=2),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_the_rules_agree_on_whose_turn_it_is(
    ages: list[tuple[Event, int]], states: list[Assignment.State]
) -> None:
    Action.objects.all().delete()
    Case.objects.all().delete()
    history = [(event, today() - dt.timedelta(days=age)) for event, age in ages]
    case = make_case(history, ChildFactory(), TeamFactory())
    for state in states:
        ActionFactory(case=case, assignment__state=state)
    reading = read_case(case, case.actions.with_forms(), today=today(), counting=council_counting())

    found = knowing_turn(Case.objects.by_next_due(council_counting()), today()).get()

    assert found.is_others_turn == (reading.turn.whose is Whose.FAMILY)


def test_what_is_due_first_stands_first_and_a_closed_case_owes_nothing() -> None:
    later = CaseFactory(requested=True)
    late = CaseFactory(overdue=True)
    closed = CaseFactory(overdue=True, closed_on=dt.date(2026, 1, 1))
    found = list(Case.objects.by_next_due(Counting.AFTER))
    assert found == [late, later, closed]
    assert found[-1].next_due is None


def test_a_timetable_of_another_nation_is_not_read_by_englands_rows() -> None:
    CaseFactory(overdue=True, timetable="csp-scotland")
    assert Case.objects.by_next_due(Counting.AFTER).get().next_due is None


def test_it_narrows_and_counts_like_any_other_list() -> None:
    CaseFactory(overdue=True)
    CaseFactory(requested=True)
    late = Case.objects.by_next_due(Counting.AFTER).filter(next_due__lt=today())
    assert late.count() == 1
    with counted_queries() as queries:
        list(Case.objects.by_next_due(Counting.AFTER)[:50])
    assert len(queries) == 1
