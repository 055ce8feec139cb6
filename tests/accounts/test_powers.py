"""Who may give whom which role, by the rule alone: nobody gets more than somebody gave who has it (C19)."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.powers import Hindrance, Worker, gives, hindrance

pytestmark = pytest.mark.capability("C19")
POWERS = {
    "worker": frozenset({"admin", "cases"}),
    "manager": frozenset({"admin", "cases", "all cases"}),
    "author": frozenset({"admin", "forms"}),
    "editor": frozenset({"admin", "forms", "publish"}),
    "administrator": frozenset({"admin", "forms", "publish", "council"}),
}
RUN = "administrator"
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
ROLES = st.frozensets(st.sampled_from(sorted(POWERS)))


def somebody(pk: uuid.UUID, *roles: str) -> Worker:
    return Worker(pk, frozenset(roles), runs_site=RUN in roles)


@pytest.mark.parametrize(
    ("role", "given_by_her"),
    [("worker", set()), ("manager", {"worker"}), ("editor", {"author"}), (RUN, set(POWERS))],
)
def test_what_each_role_gives(role: str, given_by_her: set[str]) -> None:
    assert gives(somebody(ONE, role), POWERS) == given_by_her


def test_a_manager_changes_no_other_manager() -> None:
    why = hindrance(somebody(ONE, "manager"), somebody(OTHER, "manager"), POWERS)
    assert why is Hindrance.MORE_THAN_SHE_HAS


def test_a_manager_gives_a_caseworker_nothing_that_she_does_not_have() -> None:
    by, whom = somebody(ONE, "manager"), somebody(OTHER, "worker")
    assert hindrance(by, whom, POWERS) is None
    assert hindrance(by, whom, POWERS, given=["editor"]) is Hindrance.MORE_THAN_SHE_HAS


def test_the_last_administrator_stays() -> None:
    by, whom = somebody(ONE, RUN), somebody(OTHER, RUN)
    assert hindrance(by, whom, POWERS, leaves_no_administrator=True) is Hindrance.LAST_ADMINISTRATOR
    assert hindrance(by, whom, POWERS) is None


@given(ROLES, ROLES)
def test_nobody_changes_herself(held: frozenset[str], given_to_her: frozenset[str]) -> None:
    her = somebody(ONE, *held)
    assert hindrance(her, her, POWERS, given=given_to_her) is Hindrance.HERSELF


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(sorted(POWERS))), max_size=30)
)
def test_however_roles_are_handed_round_nobody_gets_more_than_was_there(
    gifts: list[tuple[int, int, str]],
) -> None:
    """Without anybody who runs the site, the powers of all together never grow, and nobody's own by her own doing."""
    people = [
        somebody(uuid.UUID(int=n), role) for n, role in enumerate(["manager", "worker", "editor", "author"])
    ]
    people.append(somebody(uuid.UUID(int=9)))
    highest = {power for person in people for role in person.roles for power in POWERS[role]}
    for giver, taker, role in gifts:
        by, whom = people[giver], people[taker]
        if hindrance(by, whom, POWERS, given=[role]) is None:
            assert giver != taker
            assert POWERS[role] < {power for held in by.roles for power in POWERS[held]}
            people[taker] = replace(whom, roles=whom.roles | {role})
    assert {power for person in people for role in person.roles for power in POWERS[role]} == highest
    assert not any(RUN in person.roles for person in people)
