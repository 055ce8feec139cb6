"""When something is due by law: worked examples, and every count against a slow, obvious one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.deadlines import CalendarNeeded, add_months, deadlines, due, last_day_for_draft, next_duty
from casework.rules.timetable import EHC_ENGLAND, Counting, Event, Row, Unit
from core.bank_holidays import shipped
from core.working_days import WorkingDays

ROWS = {row.id: row for row in EHC_ENGLAND}
ENGLAND = WorkingDays(frozenset(day for calendar, day, _ in shipped() if calendar == "england-and-wales"))
REQUEST, DRAFT = Event.REQUEST_RECEIVED, Event.DRAFT_SERVED
AFTER, BEGINNING_WITH = Counting.AFTER, Counting.BEGINNING_WITH
days = st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1))
countings = st.sampled_from(Counting)


def row(period: int, unit: Unit, counting: Counting) -> Row:
    return Row(
        id="X",
        what="",
        trigger=REQUEST,
        met_by=frozenset(),
        period=period,
        unit=unit,
        counting=counting,
        citation="",
        effective_from=dt.date.min,
    )


def on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


@pytest.mark.capability("B20")
@pytest.mark.parametrize(
    ("row_id", "trigger", "counting", "expected"),
    [
        pytest.param("E1", "2023-01-30", BEGINNING_WITH, "2023-03-12", id="6 weeks, the request day counted"),
        pytest.param(
            "E3", "2023-01-30", BEGINNING_WITH, "2023-05-21", id="16 weeks, the request day counted"
        ),
        pytest.param(
            "E7", "2023-01-30", BEGINNING_WITH, "2023-06-18", id="20 weeks, the request day counted"
        ),
        pytest.param("E1", "2023-01-30", AFTER, "2023-03-13", id="6 weeks, the request day not counted"),
        pytest.param("E3", "2023-01-30", AFTER, "2023-05-22", id="16 weeks, the request day not counted"),
        pytest.param("E7", "2023-01-30", AFTER, "2023-06-19", id="20 weeks, the request day not counted"),
        pytest.param(
            "E1", "2023-01-30", None, "2023-03-13", id="without a council's rule, as the law is worded"
        ),
        pytest.param("E5", "2026-03-02", BEGINNING_WITH, "2026-03-16", id="15 days for comments"),
        pytest.param("E5", "2026-03-02", AFTER, "2026-03-16", id="which no council's rule touches"),
        pytest.param("E1", "2026-01-04", BEGINNING_WITH, "2026-02-14", id="request on a Sunday"),
        pytest.param("E1", "2024-01-20", BEGINNING_WITH, "2024-03-01", id="over 29 February"),
        pytest.param("E4", "2026-07-06", BEGINNING_WITH, "2026-10-11", id="14 weeks, good practice"),
    ],
)
def test_worked_examples(row_id: str, trigger: str, counting: Counting | None, expected: str) -> None:
    assert due(ROWS[row_id], on(trigger), counting) == on(expected)


@given(days, st.integers(1, 40), countings)
def test_calendar_days_are_counted_one_by_one(trigger: dt.date, period: int, counting: Counting) -> None:
    day_one = trigger if counting is BEGINNING_WITH else trigger + dt.timedelta(days=1)
    counted = [day_one + dt.timedelta(days=n) for n in range(period)]
    assert due(row(period, Unit.CALENDAR_DAYS, counting), trigger) == counted[-1]


@given(days, st.integers(1, 30), countings)
def test_a_week_is_seven_days(trigger: dt.date, period: int, counting: Counting) -> None:
    weeks = due(row(period, Unit.WEEKS, counting), trigger)
    assert weeks == due(row(period * 7, Unit.CALENDAR_DAYS, counting), trigger)


@given(days, st.integers(1, 15), countings)
def test_working_days_are_counted_one_by_one(trigger: dt.date, period: int, counting: Counting) -> None:
    day = trigger if counting is BEGINNING_WITH else trigger + dt.timedelta(days=1)
    left = period
    while left:
        if day.weekday() < 5 and day not in ENGLAND.holidays:
            left -= 1
        day += dt.timedelta(days=1)
    found = due(row(period, Unit.WORKING_DAYS, counting), trigger, calendar=ENGLAND)
    assert found == day - dt.timedelta(days=1)


@given(days, st.integers(1, 30))
def test_a_month_keeps_its_day_number_or_ends_with_the_month(day: dt.date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    tomorrow = later + dt.timedelta(days=1)
    assert later.day == day.day or (later.day < day.day and tomorrow.month != later.month)


def test_months_follow_the_counting_rule() -> None:
    assert due(row(2, Unit.MONTHS, AFTER), on("2026-06-20")) == on("2026-08-20")
    assert due(row(2, Unit.MONTHS, BEGINNING_WITH), on("2026-06-20")) == on("2026-08-19")
    assert due(row(1, Unit.MONTHS, AFTER), on("2027-01-31")) == on("2027-02-28")


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(CalendarNeeded):
        due(row(15, Unit.WORKING_DAYS, AFTER), on("2026-06-20"))


@given(days, st.sampled_from(EHC_ENGLAND), countings)
def test_the_councils_rule_moves_its_own_dates_by_a_day_and_a_familys_never(
    trigger: dt.date, chosen: Row, counting: Counting
) -> None:
    moved = due(chosen, trigger, counting) - due(chosen, trigger)
    strict = chosen.is_councils and counting is BEGINNING_WITH
    assert moved == dt.timedelta(days=-1 if strict else 0)


def test_each_date_keeps_the_laws_own_beside_it() -> None:
    first = deadlines(EHC_ENGLAND, {REQUEST: on("2023-01-30")}, BEGINNING_WITH)[0]
    assert (first.due, first.legal) == (on("2023-03-12"), on("2023-03-13"))


def test_only_what_has_been_set_going_is_due_and_in_the_order_of_the_dates() -> None:
    assert deadlines(EHC_ENGLAND, {}) == []
    asked = {REQUEST: on("2026-01-05")}
    assert [found.id for found in deadlines(EHC_ENGLAND, asked)] == ["E1", "E4", "E3", "E7"]
    served = asked | {DRAFT: on("2026-04-20")}
    assert [found.id for found in deadlines(EHC_ENGLAND, served)] == ["E1", "E4", "E3", "E5", "E7"]


def test_a_refusal_ends_what_would_have_followed() -> None:
    refused = {REQUEST: on("2026-01-05"), Event.ASSESSMENT_REFUSED: on("2026-02-01")}
    assert [found.id for found in deadlines(EHC_ENGLAND, refused)] == ["E1"]
    no_plan = {REQUEST: on("2026-01-05"), Event.PLAN_REFUSED: on("2026-04-01")}
    assert [found.id for found in deadlines(EHC_ENGLAND, no_plan)] == ["E1", "E3"]


def test_a_refusal_that_was_overturned_ends_nothing() -> None:
    events = {
        REQUEST: on("2026-01-05"),
        Event.ASSESSMENT_REFUSED: on("2026-02-01"),
        Event.ASSESSMENT_AGREED: on("2026-03-01"),
    }
    assert "E7" in [found.id for found in deadlines(EHC_ENGLAND, events)]


def test_no_law_reaches_back_before_it_took_effect() -> None:
    assert deadlines(EHC_ENGLAND, {REQUEST: on("2014-08-31")}) == []
    assert deadlines(EHC_ENGLAND, {REQUEST: on("2014-09-01")})


def test_comments_on_an_earlier_draft_do_not_answer_a_later_one() -> None:
    events = {REQUEST: on("2026-01-05"), Event.COMMENTS_RECEIVED: on("2026-04-25"), DRAFT: on("2026-05-01")}
    comments = next(found for found in deadlines(EHC_ENGLAND, events) if found.id == "E5")
    assert comments.is_open


def test_a_decision_is_late_or_early_by_whole_days() -> None:
    met = {REQUEST: on("2026-07-06"), Event.ASSESSMENT_AGREED: on("2026-08-11")}
    decision = deadlines(EHC_ENGLAND, met, BEGINNING_WITH)[0]
    assert decision.days_late(on("2026-12-01")) == -5
    assert not decision.is_late(on("2026-12-01"))


def test_good_practice_is_never_late_by_law() -> None:
    aim = next(found for found in deadlines(EHC_ENGLAND, {REQUEST: on("2026-01-05")}) if found.id == "E4")
    assert aim.days_late(on("2026-12-01")) > 0
    assert not aim.is_late(on("2026-12-01"))


def test_the_council_owes_the_earliest_open_duty_of_the_law() -> None:
    asked = {REQUEST: on("2026-01-05")}
    assert next_duty(deadlines(EHC_ENGLAND, asked)).id == "E1"
    agreed = asked | {Event.ASSESSMENT_AGREED: on("2026-02-01")}
    assert next_duty(deadlines(EHC_ENGLAND, agreed)).id == "E3"
    finished = agreed | {Event.FINAL_ISSUED: on("2026-05-01")}
    assert next_duty(deadlines(EHC_ENGLAND, finished)) is None


def test_a_row_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        row(0, Unit.WEEKS, AFTER)
    with pytest.raises(ValueError, match="ends before"):
        Row(
            id="X",
            what="",
            trigger=REQUEST,
            met_by=frozenset(),
            period=1,
            unit=Unit.WEEKS,
            counting=AFTER,
            citation="",
            effective_from=on("2020-09-26"),
            effective_to=on("2020-09-25"),
        )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # Sent on the day, its 15 days end on 21 November; the final plan can follow on the 22nd, its last day.
        pytest.param({REQUEST: "2026-07-06"}, "2026-11-07", id="15 days before the final plan is due"),
        pytest.param({}, None, id="no request"),
        pytest.param(
            {REQUEST: "2026-07-06", Event.FINAL_ISSUED: "2026-11-01"}, None, id="the plan is finished"
        ),
        pytest.param({REQUEST: "2026-07-06", Event.PLAN_REFUSED: "2026-10-01"}, None, id="no plan is needed"),
    ],
)
def test_the_last_day_for_a_draft_leaves_the_family_its_whole_period(
    events: dict[Event, str], expected: str | None
) -> None:
    found = deadlines(EHC_ENGLAND, {event: on(day) for event, day in events.items()}, BEGINNING_WITH)
    assert last_day_for_draft(EHC_ENGLAND, found) == (on(expected) if expected else None)
