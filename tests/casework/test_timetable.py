"""What can be recorded after what, on which days, and what can be corrected."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.deadlines import stands
from casework.rules.timetable import (
    OVERTURNED_BY,
    Event,
    Happened,
    days_between,
    first_day,
    is_last_step,
    is_step,
    next_steps,
)

START, TODAY = dt.date(2026, 1, 5), dt.date(2026, 12, 31)
DECISIONS = {Event.ASSESSMENT_AGREED, Event.ASSESSMENT_REFUSED, Event.PLAN_AGREED, Event.PLAN_REFUSED}


@st.composite
def histories(draw: st.DrawFn) -> list[Happened]:
    """Anything that staff can record, one step after the other."""
    history: list[Happened] = []
    for _step in range(draw(st.integers(0, 9))):
        possible = next_steps(history)
        if not possible:
            break
        event = draw(st.sampled_from(possible))
        day = max(START, first_day(event, history)) + dt.timedelta(draw(st.integers(0, 3)))
        history.append((event, day))
    return history


@pytest.mark.capability("B19")
@pytest.mark.parametrize(
    ("before", "then"),
    [
        pytest.param([], {"request-received"}, id="before the request nothing else"),
        pytest.param(["request-received"], {"assessment-agreed", "assessment-refused"}, id="requested"),
        pytest.param(
            ["request-received", "assessment-refused"], {"assessment-agreed"}, id="refused, then appeal"
        ),
        pytest.param(
            ["request-received", "assessment-agreed"], {"plan-agreed", "plan-refused"}, id="assessing"
        ),
        pytest.param(["request-received", "plan-agreed"], {"draft-served"}, id="brought in half-way"),
        pytest.param(
            ["request-received", "draft-served", "comments-received"],
            {"final-issued", "draft-served"},
            id="drafted",
        ),
        pytest.param(["request-received", "final-issued"], set(), id="finished"),
    ],
)
def test_only_what_can_come_next_is_offered(before: list[str], then: set[str]) -> None:
    assert set(next_steps([(Event(name), START) for name in before])) == then


@given(histories())
def test_a_refusal_and_what_overturned_it_never_share_a_day(history: list[Happened]) -> None:
    days = dict(history)
    for refusal, overturning in OVERTURNED_BY.items():
        for event in overturning & days.keys():
            if refusal in days and event in DECISIONS:
                assert days[event] != days[refusal]


@given(histories())
def test_the_last_step_is_how_the_case_stands(history: list[Happened]) -> None:
    days = dict(history)
    for refusal in OVERTURNED_BY:
        assert stands(refusal, days) == (bool(history) and history[-1][0] is refusal)


@given(histories())
def test_the_steps_stand_in_the_order_of_their_days(history: list[Happened]) -> None:
    days = [day for _event, day in history]
    assert days == sorted(days)
    assert next_steps(history) == () or Event.FINAL_ISSUED not in dict(history)


@given(histories(), st.data())
def test_a_step_moved_within_its_days_leaves_a_history_that_could_have_been_recorded(
    history: list[Happened], data: st.DataObject
) -> None:
    if not history:
        return
    at = data.draw(st.integers(0, len(history) - 1))
    first, last = days_between(history, at, TODAY)
    assert first <= history[at][1] <= last
    moved = [*history]
    moved[at] = (history[at][0], data.draw(st.dates(max(first, START), last)))
    for number, (event, day) in enumerate(moved):
        assert event in next_steps(moved[:number])
        assert first_day(event, moved[:number]) <= day


@given(histories())
def test_only_the_last_step_can_be_taken_back(history: list[Happened]) -> None:
    last = [at for at in range(len(history)) if is_last_step(history, at)]
    assert last == ([len(history) - 1] if history else [])


def test_what_is_written_down_by_itself_is_no_step_and_changes_nothing_about_the_next() -> None:
    by_itself = [event for event in Event if not is_step(event)]
    assert by_itself == [Event.COMMENTS_RECEIVED, Event.ACCESS_ENDED]
    history = [(Event.REQUEST_RECEIVED, START)]
    later = START + dt.timedelta(days=9)
    assert next_steps([*history, *((event, later) for event in by_itself)]) == next_steps(history)
