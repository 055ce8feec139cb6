"""The database itself refuses to change an audit entry, or to delete one within seven years (A32).

Told in both databases' own words. A migration makes the triggers, a system check looks that they are there.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = {
    "audit_no_update": """
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON core_auditentry
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_no_delete": """
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON core_auditentry
        WHEN OLD.at > datetime('now', '-7 years')
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "audit_no_replace": """
        CREATE TRIGGER audit_no_replace BEFORE INSERT ON core_auditentry
        WHEN EXISTS (SELECT 1 FROM core_auditentry WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
}
_POSTGRESQL = {
    "audit_no_change": """
        CREATE OR REPLACE FUNCTION core_audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF TG_OP = 'DELETE' AND OLD.at < now() - interval '7 years' THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON core_auditentry
        FOR EACH ROW EXECUTE FUNCTION core_audit_refuse_change()""",
    "audit_no_truncate": """
        CREATE OR REPLACE FUNCTION core_audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON core_auditentry
        FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse_truncate()""",
}
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_auditentry'",
    "postgresql": """
        SELECT tgname FROM pg_trigger
        WHERE tgrelid = 'core_auditentry'::regclass AND NOT tgisinternal AND tgenabled <> 'D'""",
}


def create(database: BaseDatabaseWrapper = connection) -> None:
    """Make the triggers that are missing."""
    triggers = _TRIGGERS[database.vendor]
    _run(database, [triggers[name] for name in missing(database)])


def drop(database: BaseDatabaseWrapper = connection) -> None:
    """Take the triggers away: to undo the migration, and so that tests can empty the table."""
    suffix = " ON core_auditentry" if database.vendor == "postgresql" else ""
    _run(database, [f"DROP TRIGGER IF EXISTS {name}{suffix}" for name in _TRIGGERS[database.vendor]])


def missing(database: BaseDatabaseWrapper = connection) -> list[str]:
    """The names of the triggers that should be there and are not (or are switched off)."""
    with database.cursor() as cursor:
        cursor.execute(_STANDING[database.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name in _TRIGGERS[database.vendor] if name not in standing]


def _run(database: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
