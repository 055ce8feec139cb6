"""How a test's database is emptied although its triggers refuse that."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import TransactionTestCase

from core import triggers


@contextmanager
def lifted() -> Iterator[None]:
    """Within, the audit's rows can be changed and deleted."""
    triggers.drop()
    try:
        yield
    finally:
        triggers.create()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers() -> Iterator[None]:
    """Tests with `transaction=True` end by emptying every table, the audit's too."""
    empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with lifted():
            empty_tables(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
