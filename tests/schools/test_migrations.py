"""Rows from before the database held what is true of them are mended, and nobody gains or loses a day by it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User

SEPTEMBER, JANUARY, JULY = dt.date(2025, 9, 1), dt.date(2026, 1, 5), dt.date(2026, 7, 20)
LOOSE, MENDED = ("schools", "0002_school_kind"), ("schools", "0004_held_by_the_database")


def migrate(to: tuple[str, str]) -> Any:
    """The apps as they were after that migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return executor.loader.project_state([to]).apps


@pytest.fixture
def loose(transactional_db: None) -> Iterator[Any]:
    yield migrate(LOOSE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("schools"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_membership_that_never_held_is_dropped_and_of_two_open_enrolments_the_longer_stays(
    loose: Any,
) -> None:
    school = loose.get_model("schools", "School").objects.create(name="Oakfield")
    child = loose.get_model("schools", "Child").objects.create(
        first_name="Ada", last_name="Park", date_of_birth=SEPTEMBER
    )
    enrolments = loose.get_model("schools", "Enrolment").objects
    for since, until in [(JANUARY, None), (SEPTEMBER, None), (SEPTEMBER, None), (SEPTEMBER, JULY)]:
        enrolments.create(child=child, school=school, since=since, until=until)
    # As accounts are now: only the schools are as they were.
    person = User.objects.create(email="h@example.org")
    memberships = loose.get_model("schools", "Membership").objects
    for since, until in [(JULY, SEPTEMBER), (SEPTEMBER, JULY), (JANUARY, None)]:
        memberships.create(person_id=person.pk, school=school, since=since, until=until)

    mended = migrate(MENDED)

    held = mended.get_model("schools", "Enrolment").objects.order_by("until").values_list("since", "until")
    assert set(held) == {(SEPTEMBER, None), (SEPTEMBER, JULY)}
    assert len(held) == 2
    kept = mended.get_model("schools", "Membership").objects.values_list("since", "until")
    assert set(kept) == {(SEPTEMBER, JULY), (JANUARY, None)}
