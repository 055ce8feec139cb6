"""Where a case stands, and whose turn it is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.deadlines import deadlines
from casework.rules.stages import Note, Stage, StageName, State, Task, Turn, Whose, current, strip, turn
from casework.rules.timetable import EHC_ENGLAND, Counting, Event

JULY_6, AUGUST_11, OCTOBER_2, OCTOBER_12 = (
    dt.date(2026, 7, 6),
    dt.date(2026, 8, 11),
    dt.date(2026, 10, 2),
    dt.date(2026, 10, 12),
)
COMMENTS_BY, FINAL_BY = dt.date(2026, 10, 26), dt.date(2026, 11, 22)
TODAY = dt.date(2026, 10, 20)

REQUESTED = {Event.REQUEST_RECEIVED: JULY_6}
AGREED = REQUESTED | {Event.ASSESSMENT_AGREED: AUGUST_11}
PLANNED = AGREED | {Event.PLAN_AGREED: OCTOBER_2}
DRAFTED = PLANNED | {Event.DRAFT_SERVED: OCTOBER_12}
COMMENTED = DRAFTED | {Event.COMMENTS_RECEIVED: TODAY}
FINISHED = COMMENTED | {Event.FINAL_ISSUED: dt.date(2026, 11, 12)}

Events = dict[Event, dt.date]
# Whatever was recorded, in whatever order.
any_events = st.dictionaries(st.sampled_from(Event), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
any_day = st.dates(dt.date(2026, 1, 1), dt.date(2027, 6, 30))
any_waiting = st.lists(st.none() | any_day, max_size=3)


def stages(events: Events, today: dt.date = TODAY) -> tuple[Stage, ...]:
    return strip(events, deadlines(EHC_ENGLAND, events, Counting.BEGINNING_WITH), today)


def whose(events: Events, today: dt.date = TODAY, waiting: list[dt.date | None] | None = None) -> Turn:
    return turn(events, deadlines(EHC_ENGLAND, events, Counting.BEGINNING_WITH), waiting or [], today)


def names(found: tuple[Stage, ...], state: State) -> list[str]:
    return [stage.name.value for stage in found if stage.state is state]


@pytest.mark.capability("B19")
@pytest.mark.parametrize(
    ("events", "done", "now", "note", "day"),
    [
        pytest.param({}, [], "request", Note.NONE, None, id="nothing recorded yet"),
        pytest.param(REQUESTED, ["request"], "decision", Note.WAS_DUE, dt.date(2026, 8, 16), id="requested"),
        pytest.param(
            AGREED, ["request", "decision"], "assessment", Note.BY, dt.date(2026, 10, 25), id="assessing"
        ),
        pytest.param(
            PLANNED, ["request", "decision", "assessment"], "draft", Note.NONE, None, id="draft to be written"
        ),
        pytest.param(
            DRAFTED,
            ["request", "decision", "assessment"],
            "draft",
            Note.COMMENTS_BY,
            COMMENTS_BY,
            id="draft sent",
        ),
        pytest.param(
            COMMENTED,
            ["request", "decision", "assessment"],
            "draft",
            Note.COMMENTS_CAME,
            TODAY,
            id="commented",
        ),
        pytest.param(
            REQUESTED | {Event.DRAFT_SERVED: OCTOBER_12},
            ["request", "decision", "assessment"],
            "draft",
            Note.COMMENTS_BY,
            COMMENTS_BY,
            id="brought in half-way, decisions never recorded",
        ),
    ],
)
def test_the_strip_shows_what_is_done_and_where_the_case_is(
    events: Events, done: list[str], now: str, note: Note, day: dt.date | None
) -> None:
    found = stages(events)
    assert names(found, State.DONE) == done
    assert (current(found).name, current(found).note, current(found).day) == (now, note, day)
    assert [stage.name for stage in found] == list(StageName)


def test_a_finished_case_has_all_stages_done_and_ends_at_the_final_plan() -> None:
    found = stages(FINISHED)
    assert len(names(found, State.DONE)) == 5
    assert current(found).name is StageName.FINAL


@pytest.mark.parametrize(
    ("events", "length", "task"),
    [
        pytest.param(
            REQUESTED | {Event.ASSESSMENT_REFUSED: AUGUST_11}, 2, Task.ASSESSMENT_REFUSED, id="no assessment"
        ),
        pytest.param(AGREED | {Event.PLAN_REFUSED: OCTOBER_2}, 3, Task.PLAN_REFUSED, id="no plan"),
    ],
)
def test_a_refusal_ends_the_strip_and_is_nobodys_turn(events: Events, length: int, task: Task) -> None:
    found = stages(events)
    assert len(found) == length
    assert (current(found).state, current(found).note) == (State.NOW, Note.NO)
    assert (whose(events).whose, whose(events).task) == (Whose.NOBODY, task)


def test_a_refusal_that_was_overturned_lets_the_case_go_on() -> None:
    events = REQUESTED | {Event.ASSESSMENT_REFUSED: AUGUST_11, Event.ASSESSMENT_AGREED: OCTOBER_2}
    assert current(stages(events)).name is StageName.ASSESSMENT


@pytest.mark.parametrize(
    ("events", "today", "expected"),
    [
        pytest.param(
            REQUESTED,
            JULY_6,
            (Whose.COUNCIL, Task.DECIDE_ASSESSMENT, dt.date(2026, 8, 16)),
            id="council decides",
        ),
        pytest.param(
            REQUESTED,
            dt.date(2026, 8, 16),
            (Whose.COUNCIL, Task.DECIDE_ASSESSMENT, dt.date(2026, 8, 16)),
            id="on its last day it is not late",
        ),
        pytest.param(
            REQUESTED,
            dt.date(2026, 8, 17),
            (Whose.COUNCIL_LATE, Task.DECIDE_ASSESSMENT, dt.date(2026, 8, 16)),
            id="a day after it is",
        ),
        pytest.param(
            AGREED,
            dt.date(2026, 11, 3),
            (Whose.COUNCIL_LATE, Task.DECIDE_PLAN, dt.date(2026, 10, 25)),
            id="late with the plan's decision",
        ),
        pytest.param(
            PLANNED,
            dt.date(2026, 10, 11),
            (Whose.COUNCIL, Task.WRITE_DRAFT, dt.date(2026, 10, 11)),
            id="writes the draft by its own aim",
        ),
        pytest.param(
            PLANNED,
            dt.date(2026, 10, 12),
            (Whose.COUNCIL, Task.WRITE_DRAFT, FINAL_BY),
            id="which is no law: after it the final plan's date holds",
        ),
        pytest.param(
            DRAFTED,
            TODAY,
            (Whose.FAMILY, Task.COMMENT_ON_DRAFT, COMMENTS_BY),
            id="the family reads the draft",
        ),
        pytest.param(
            DRAFTED,
            dt.date(2026, 10, 27),
            (Whose.COUNCIL, Task.FINISH_PLAN, FINAL_BY),
            id="after its days the council goes on",
        ),
        pytest.param(COMMENTED, TODAY, (Whose.COUNCIL, Task.FINISH_PLAN, FINAL_BY), id="comments came"),
        pytest.param(
            COMMENTED,
            dt.date(2026, 11, 23),
            (Whose.COUNCIL_LATE, Task.FINISH_PLAN, FINAL_BY),
            id="late with the plan",
        ),
        pytest.param(
            FINISHED, TODAY, (Whose.NOBODY, Task.PLAN_FINISHED, dt.date(2026, 11, 12)), id="the plan is there"
        ),
        pytest.param({}, TODAY, (Whose.COUNCIL, Task.RECORD_REQUEST, None), id="nothing recorded yet"),
    ],
)
def test_whose_turn_it_is_and_until_when(
    events: Events, today: dt.date, expected: tuple[object, ...]
) -> None:
    found = whose(events, today)
    assert (found.whose, found.task, found.until) == expected


def test_a_form_that_waits_makes_it_the_familys_turn_by_its_last_day() -> None:
    found = whose(DRAFTED, waiting=[None, dt.date(2026, 11, 1), COMMENTS_BY])
    assert (found.whose, found.task, found.until, found.days) == (
        Whose.FAMILY,
        Task.FILL_IN_FORM,
        COMMENTS_BY,
        6,
    )


def test_a_form_whose_last_day_has_passed_is_still_the_familys_turn() -> None:
    found = whose(DRAFTED, dt.date(2026, 10, 29), [COMMENTS_BY])
    assert (found.whose, found.days) == (Whose.FAMILY, -3)


def test_what_the_council_owes_is_not_hidden_behind_a_form() -> None:
    found = whose(AGREED, dt.date(2026, 11, 3), [dt.date(2026, 11, 10)])
    assert found.council_owes is not None
    assert found.council_owes.id == "E3"
    assert whose(AGREED, TODAY, [dt.date(2026, 11, 10)]).council_owes is None


def test_the_days_that_the_council_is_late_stand_at_the_stage() -> None:
    found = current(stages(AGREED, dt.date(2026, 11, 3)))
    assert (found.note, found.day, found.days_late) == (Note.WAS_DUE, dt.date(2026, 10, 25), 9)


@given(any_events, any_day)
def test_whatever_was_recorded_there_is_one_place_where_the_case_is(events: Events, today: dt.date) -> None:
    found = stages(events, today)
    states = [stage.state for stage in found]
    order = [State.DONE, State.NOW, State.NEXT]
    assert states == sorted(states, key=order.index)
    assert states.count(State.NOW) == (0 if states[-1] is State.DONE else 1)
    assert [stage.name for stage in found] == list(StageName)[: len(found)]


@given(any_events, any_day, any_waiting)
def test_red_is_for_the_council_alone(events: Events, today: dt.date, waiting: list[dt.date | None]) -> None:
    found = whose(events, today, waiting)
    if waiting:
        assert found.whose is Whose.FAMILY
    if found.whose is Whose.COUNCIL_LATE:
        assert found.until is not None
        assert found.until < today
        assert found.task in {Task.DECIDE_ASSESSMENT, Task.DECIDE_PLAN, Task.FINISH_PLAN}
    if found.whose is Whose.COUNCIL and found.until:
        assert found.until >= today
