"""What may become of a form that somebody was asked for."""

import pytest

from forms_engine.models import Assignment
from forms_engine.rules.assignment import FOLLOWS, before

STATES = set(Assignment.State.values)


def test_every_state_has_its_line_in_the_table_and_no_other() -> None:
    assert set(FOLLOWS) == STATES
    assert set().union(*FOLLOWS.values()) <= STATES


def test_nothing_follows_a_withdrawal_and_a_waiting_form_can_always_be_sent() -> None:
    assert not FOLLOWS["withdrawn"]
    assert all(
        "submitted" in FOLLOWS[state] and "withdrawn" in FOLLOWS[state] for state in Assignment.WAITING
    )


@pytest.mark.parametrize(
    ("then", "states"),
    [
        ("accepted", {"submitted"}),
        ("reopened", {"submitted", "accepted"}),
        ("submitted", {"asked", "started", "reopened"}),
        ("started", {"asked", "reopened"}),
        ("asked", set()),
    ],
)
def test_what_must_have_come_before(then: str, states: set[str]) -> None:
    assert before(then) == states


def test_a_state_that_does_not_exist_has_nothing_before_it() -> None:
    assert before("lost") == frozenset()
