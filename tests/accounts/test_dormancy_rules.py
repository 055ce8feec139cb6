"""When an account that nobody uses is disabled, by the rule alone (C22)."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.dormancy import Policy, Step, Use, disabled_on, next_step

pytestmark = pytest.mark.capability("C22")
START = dt.date(2026, 1, 1)
USUAL = Policy()
POLICIES = (
    st.integers(2, 400)
    .flatmap(
        lambda limit: st.integers(1, limit - 1).flatmap(
            lambda first: st.integers(1, max(first - 1, 1)).map(lambda last: (limit, first, last))
        )
    )
    .filter(lambda days: days[0] > days[1] > days[2])
    .map(lambda days: Policy(*days))
)


def after(days: int) -> dt.date:
    return START + dt.timedelta(days)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        pytest.param(0, Step.NOTHING, id="used today"),
        pytest.param(149, Step.NOTHING, id="a day before the first warning"),
        pytest.param(150, Step.WARN, id="30 days before"),
        pytest.param(172, Step.WARN, id="a first warning that was late"),
        pytest.param(173, Step.WARN_AGAIN, id="7 days before"),
        pytest.param(400, Step.WARN_AGAIN, id="nobody was warned: she is, before anything happens"),
    ],
)
def test_who_was_not_warned_yet(days: int, step: Step) -> None:
    assert next_step(Use(START), after(days), USUAL) is step


@pytest.mark.parametrize(
    ("today", "again", "step"),
    [
        pytest.param(179, 173, Step.NOTHING, id="a day before the end"),
        pytest.param(180, 173, Step.DISABLE, id="the day"),
        pytest.param(400, 400, Step.NOTHING, id="warned today, however late"),
        pytest.param(406, 400, Step.NOTHING, id="six days after a late warning"),
        pytest.param(407, 400, Step.DISABLE, id="seven days after a late warning"),
    ],
)
def test_who_was_warned_twice(today: int, again: int, step: Step) -> None:
    use = Use(START, warned=after(150), warned_again=after(again))
    assert next_step(use, after(today), USUAL) is step


def test_a_warning_before_the_last_sign_in_says_nothing() -> None:
    use = Use(after(160), warned=after(150), warned_again=after(157))
    assert next_step(use, after(180), USUAL) is Step.NOTHING
    assert disabled_on(use, after(180), USUAL) == after(340)


@pytest.mark.parametrize("days", [(30, 30, 7), (180, 7, 7), (180, 30, 0), (5, 30, 7)])
def test_a_policy_that_cannot_warn_is_none(days: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="longer"):
        Policy(*days)


@given(
    policy=POLICIES,
    working=st.lists(st.booleans(), min_size=1, max_size=900),
    came=st.sets(st.integers(0, 900), max_size=4),
)
def test_whenever_the_worker_runs_and_whenever_she_comes(
    policy: Policy, working: list[bool], came: set[int]
) -> None:
    """Never before the limit, never less than the last warning's days after it was sent, and not twice warned alike."""
    use, told = Use(START), []
    for number, runs in enumerate(working):
        today = after(number)
        if number in came:
            use, told = replace(use, last=today), []
        if not runs:
            continue
        step = next_step(use, today, policy)
        if step is Step.DISABLE:
            assert (today - use.last).days >= policy.limit
            assert told[-1][0] is Step.WARN_AGAIN
            assert (today - told[-1][1]).days >= policy.last
            assert told[-1][2] <= today, "not before the day that she was told"
            return
        if step is not Step.NOTHING:
            assert step not in [before for before, _day, _end in told]
            noted = "warned" if step is Step.WARN else "warned_again"
            use = replace(use, **{noted: today})
            told.append((step, today, disabled_on(use, today, policy)))
            assert (told[-1][2] - today).days >= policy.last


@given(policy=POLICIES)
def test_where_the_worker_runs_each_day_all_comes_on_its_day(policy: Policy) -> None:
    use, steps = Use(START), {}
    for number in range(policy.limit + 1):
        step = next_step(use, after(number), policy)
        if step is not Step.NOTHING:
            steps[step] = number
            noted = {Step.WARN: "warned", Step.WARN_AGAIN: "warned_again"}.get(step)
            use = replace(use, **{noted: after(number)}) if noted else use
    assert steps == {
        Step.WARN: policy.limit - policy.first,
        Step.WARN_AGAIN: policy.limit - policy.last,
        Step.DISABLE: policy.limit,
    }
