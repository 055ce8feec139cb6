"""Changes that were made past the triggers, by somebody who has the database but not the key."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from core import audit
from core.models import AuditEntry, Seal
from core.registry import Registry
from tests.triggers import lifted

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]

NEW_VALUES = {
    "at": timezone.now(),
    "actor_id": "9f7b6a3e-0000-4000-8000-000000000001",
    "acting_as": "9f7b6a3e-0000-4000-8000-000000000002",
    "role": "SEND managers",
    "verb": "other",
    "object_type": "casework.case",
    "object_id": "9f7b6a3e-0000-4000-8000-000000000003",
    "subject_type": "schools.child",
    "subject_id": "9f7b6a3e-0000-4000-8000-000000000004",
    "reason": "other",
    "network": "198.51.100.0/24",
}


@pytest.fixture
def sealed() -> list[AuditEntry]:
    """Five entries of an hour ago, under two seals."""
    entries = [write(f"verb {n}") for n in range(3)]
    audit.seal()
    entries += [write(f"verb {n}") for n in range(3, 5)]
    audit.seal()
    return entries


def write(verb: str, ago: timedelta = timedelta(hours=1)) -> AuditEntry:
    return AuditEntry.objects.create(verb=verb, at=timezone.now() - ago, reason="as it was")


def test_what_is_as_it_was_has_no_fault(sealed: list[AuditEntry]) -> None:
    assert [seal.count for seal in Seal.objects.order_by("number")] == [3, 2]
    assert audit.verify() == []


@pytest.mark.parametrize("column", NEW_VALUES)
def test_the_seal_names_the_first_row_that_was_changed(sealed: list[AuditEntry], column: str) -> None:
    with lifted():
        AuditEntry.objects.filter(pk__in=[sealed[1].pk, sealed[3].pk]).update(**{column: NEW_VALUES[column]})
    assert audit.verify() == [f"audit: row {sealed[1].pk} was changed"]


def test_every_column_is_under_the_seal() -> None:
    columns = {field.name for field in AuditEntry._meta.concrete_fields}
    assert set(NEW_VALUES) == columns - {"id"}


def test_a_row_that_was_taken_out_is_missed(sealed: list[AuditEntry]) -> None:
    with lifted():
        AuditEntry.objects.filter(pk=sealed[3].pk).delete()
    assert audit.verify() == [f"audit: row {sealed[3].pk} is missing, or another was put in before it"]


def test_a_row_that_was_put_in_later_shows(sealed: list[AuditEntry]) -> None:
    with lifted():
        AuditEntry.objects.filter(pk=sealed[2].pk).delete()
        late = AuditEntry.objects.create(pk=sealed[2].pk, verb="other", at=sealed[2].at)
    assert audit.verify() == [f"audit: row {late.pk} was changed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"digest": "0" * 64}, id="its hash"),
        pytest.param({"last_id": "1000"}, id="its last row"),
        pytest.param({"count": 1}, id="how many rows"),
        pytest.param({"previous": "0" * 64}, id="the seal before it"),
        pytest.param({"sealed_at": timezone.now() - audit.KEPT_FOR}, id="when it was made"),
        pytest.param({"marks": []}, id="its marks"),
    ],
)
def test_a_seal_cannot_be_changed_either(sealed: list[AuditEntry], change: dict[str, object]) -> None:
    Seal.objects.filter(number=2).update(**change)
    assert audit.verify() == ["audit: seal 2 was changed"]


def test_a_seal_cannot_be_taken_out(sealed: list[AuditEntry]) -> None:
    Seal.objects.filter(number=1).delete()
    assert audit.verify() == ["audit: seal 1 is missing"]


def test_without_the_key_nobody_can_seal_again(sealed: list[AuditEntry], settings: Settings) -> None:
    settings.AUDIT_KEY = "somebody else's"
    assert audit.verify() == ["audit: seal 1 was changed"]


def test_the_newest_seal_is_written_to_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    write("verb")
    with caplog.at_level(logging.INFO, "core.audit"):
        audit.seal()
    assert Seal.objects.get().digest in caplog.text


def test_a_seal_waits_until_rows_before_it_can_no_longer_appear() -> None:
    write("just now", ago=timedelta(minutes=1))
    assert audit.seal() == 0
    with time_machine.travel(timezone.now() + audit.SETTLING):
        assert audit.seal() == 1


def test_sealing_again_seals_nothing_twice(sealed: list[AuditEntry]) -> None:
    assert audit.seal() == 0
    assert Seal.objects.count() == 2


def test_after_seven_years_the_oldest_may_be_gone(sealed: list[AuditEntry]) -> None:
    with time_machine.travel(timezone.now() + audit.KEPT_FOR + timedelta(days=1)):
        with lifted():  # The triggers go by the database's own clock.
            AuditEntry.objects.filter(pk__in=[entry.pk for entry in sealed[:2]]).delete()
        assert audit.verify() == []


def test_other_kinds_of_rows_are_sealed_by_the_same_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    class Letters:
        content = b"as it was"

        def new_since(self, last_id: str) -> Iterator[audit.Row]:
            if not last_id:
                yield audit.Row("a-letter", timezone.now() - timedelta(days=1), self.content)

        def faults(self, *, files: bool) -> list[str]:
            return ["a file is missing"] if files else []

    letters = Letters()
    kinds: Registry[audit.SealedKind] = Registry("sealed kinds")
    kinds.register("letters", letters)
    monkeypatch.setattr(audit, "sealed_kinds", kinds)
    assert audit.seal() == 1
    assert audit.seal() == 0
    assert audit.verify() == []

    assert audit.verify(files=True) == ["letters: a file is missing"]
    letters.content = b"altered"
    assert audit.verify() == ["letters: row a-letter was changed"]


def test_the_command_fails_where_a_row_was_changed(sealed: list[AuditEntry]) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "as it was" in out.getvalue()
    with lifted():
        AuditEntry.objects.filter(pk=sealed[0].pk).update(reason="other")
    with pytest.raises(CommandError, match=f"row {sealed[0].pk} was changed"):
        call_command("audit", "verify")


@given(one=st.text(), other=st.text())
def test_two_rows_that_differ_never_read_the_same(one: str, other: str) -> None:
    at = timezone.now()
    readings = {audit.canonical(AuditEntry(at=at, verb=verb)) for verb in (one, other)}
    assert len(readings) == len({one, other})
