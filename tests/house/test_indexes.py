"""What is asked for by a column, in tables that grow for years, is found by an index."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [
        pytest.param("core_auditentry", "at", id="the audit by day"),
        pytest.param("core_auditentry", "actor_id", id="the audit by who acted"),
        pytest.param("accounts_signin", "at", id="sign-ins that are kept no longer"),
        pytest.param("forms_engine_submission", "submitted_at", id="sent forms, the newest first"),
        pytest.param("forms_engine_upload", "stored", id="who else needs a file that is added"),
        pytest.param("forms_engine_submissionfile", "stored", id="who else needs a file that was sent"),
        pytest.param("forms_engine_lastcopy", "stored", id="who else needs a last copy"),
    ],
)
def test_it_is_found_by_an_index(table: str, column: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    assert any(each["index"] and each["columns"] == [column] for each in found)
