"""Rows from before the database held what is true of them are mended."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from core.dates import today

BEFORE = ("forms_engine", "0016_indexes_of_files_and_sent_forms")
MENDED = ("forms_engine", "0017_what_older_last_copies_are_about")


def migrate(to: tuple[str, str]) -> Any:
    """The apps as they were after that migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return executor.loader.project_state([to]).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("forms_engine"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_older_copy_of_an_unfinished_form_says_what_it_is_about_or_is_shut(before: Any) -> None:
    # As accounts are now: only the forms are as they were.
    person = User.objects.create(email="s@example.org")
    form = before.get_model("forms_engine", "FormDefinition").objects.create(title="A", slug="a", body=[])
    case, children = uuid.uuid4(), [uuid.uuid4(), uuid.uuid4()]
    about = [("Ada", "casework.case", case), ("", "", None)]
    about += [("Ben", "families.child", child) for child in children]
    for name, kind, id in about:
        before.get_model("forms_engine", "Assignment").objects.create(
            form=form, addressee_id=person.pk, about_name=name, about_kind=kind, about_id=id
        )
    until = today() + dt.timedelta(days=90)
    for name in ("Ada", "Ben", "Cem", ""):
        before.get_model("forms_engine", "LastCopy").objects.create(
            person_id=person.pk, title="A", about=name, until=until, stored="", size=1
        )

    copies = migrate(MENDED).get_model("forms_engine", "LastCopy").objects

    said = {copy.about: (copy.about_kind, copy.about_id, copy.until == until) for copy in copies.all()}
    assert said == {
        "Ada": ("casework.case", case, True),
        "Ben": ("", None, False),
        "Cem": ("", None, False),
        "": ("", None, True),
    }
