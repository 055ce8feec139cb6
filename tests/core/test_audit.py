import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core import audit, triggers
from core.models import AuditEntry
from tests.triggers import lifted

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]


@pytest.fixture
def entry() -> AuditEntry:
    audit.record("case.read", reason="Annual review")
    return AuditEntry.objects.get()


def refused_by_the_database(statement: str, *values: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_an_entry_says_who_did_what_to_whose_record_from_where(sam_parent: User, yusuf_young: User) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.77")
    request.user = sam_parent

    audit.record("note.read", request=request, obj=yusuf_young, subject=yusuf_young, role="Caseworkers")

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.role) == ("note.read", sam_parent.pk, "Caseworkers")
    assert (entry.object_type, entry.object_id) == ("accounts.user", yusuf_young.pk)
    assert (entry.subject_type, entry.subject_id) == ("accounts.user", yusuf_young.pk)
    assert entry.network == "203.0.113.0/24"
    assert timezone.now() - entry.at < timedelta(minutes=1)


def test_an_entry_holds_no_name(sam_parent: User) -> None:
    audit.record("account.disabled", actor=sam_parent, obj=sam_parent)
    held = str(AuditEntry.objects.values().get())
    assert sam_parent.first_name not in held
    assert sam_parent.email not in held


def test_what_the_worker_does_has_no_actor_and_no_network() -> None:
    audit.record("case.closed")
    entry = AuditEntry.objects.get()
    assert entry.actor_id is None
    assert entry.network == ""


def test_a_long_reason_is_cut_rather_than_lost() -> None:
    audit.record("case.closed", reason="x" * 1000)
    assert len(AuditEntry.objects.get().reason) == 300


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE core_auditentry SET verb = 'other' WHERE id = %s", id="changed"),
        pytest.param("DELETE FROM core_auditentry WHERE id = %s", id="deleted"),
    ],
)
def test_nobody_can_change_an_audit_entry(entry: AuditEntry, statement: str) -> None:
    assert refused_by_the_database(statement, entry.pk)
    assert AuditEntry.objects.get().verb == "case.read"


def test_nobody_can_change_one_through_the_models_either(entry: AuditEntry) -> None:
    entry.verb = "other"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_nobody_can_put_another_entry_in_the_place_of_one(entry: AuditEntry) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    statement = "INSERT OR REPLACE INTO core_auditentry SELECT * FROM core_auditentry WHERE id = %s"
    assert refused_by_the_database(statement, entry.pk)


def test_nobody_can_empty_the_table(entry: AuditEntry) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    assert refused_by_the_database("TRUNCATE core_auditentry")


def test_an_entry_may_go_after_seven_years() -> None:
    day = timedelta(days=1)
    AuditEntry.objects.create(verb="old", at=timezone.now() - audit.KEPT_FOR - day)
    AuditEntry.objects.create(verb="not yet", at=timezone.now() - audit.KEPT_FOR + 3 * day)

    AuditEntry.objects.filter(verb="old").delete()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(verb="not yet").delete()
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["not yet"]


def test_a_lost_trigger_is_named_and_can_be_made_again() -> None:
    assert triggers.missing() == []
    with lifted():
        assert triggers.missing() != []
    assert triggers.missing() == []


def test_an_entry_takes_one_statement_once_the_roles_of_its_person_are_known(
    django_assert_num_queries: DjangoAssertNumQueries, sam_parent: User
) -> None:
    audit.record("case.read", actor=sam_parent, obj=sam_parent)
    with django_assert_num_queries(1):
        audit.record("case.read", actor=sam_parent, obj=sam_parent)


@pytest.mark.parametrize("object_id", [uuid.uuid4(), "not an id", 7])
def test_a_refused_look_up_is_written_whatever_was_asked_for(sam_parent: User, object_id: object) -> None:
    request = RequestFactory().get("/")
    request.user = sam_parent
    audit.record_refusal(request, "casework.case", object_id)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_type) == ("refused", "casework.case")
    assert entry.object_id == (object_id if isinstance(object_id, uuid.UUID) else None)
