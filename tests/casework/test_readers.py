"""Answers that fewer people may read than the rest of a form: a manager does; a caseworker and the copies do not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forms_engine.models import Submission
from tests.house.family import Family, build

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SENT = "/admin/forms_engine/submission/inspect"
SECRET = "It would put somebody in danger"


def rows(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in tree["sections"]:
        yield from section["rows"]
        for item in section["items"]:
            yield from item["rows"]


@pytest.fixture
def family(db: None) -> Family:
    """Two parents who have each sent a form with a file."""
    return build()


@pytest.fixture
def sent(family: Family) -> Submission:
    """Sam's form: one answer, and the files, are for managers alone."""
    submission: Submission = family.papers[0].submission
    first, *others = rows(submission.content.tree)
    first["said"] = [SECRET]
    for row in (first, *(row for row in others if row["files"])):
        row["readers"] = "casework.managers"
    submission.content.save()
    return submission


@pytest.fixture
def pages(family: Family, sent: Submission, signed_in_client: SignIn) -> Callable[[str, str], str]:
    """A page of the sent form, as the person of that name sees it."""

    def page(person: str, path: str) -> str:
        return signed_in_client(family.people[person]).get(path, follow=True).content.decode()

    return page


def test_a_manager_reads_them_and_a_caseworker_does_not(
    sent: Submission, pages: Callable[[str, str], str]
) -> None:
    assert SECRET in pages("morgan_manager", f"{SENT}/{sent.pk}/")
    caseworkers = pages("casey_worker", f"{SENT}/{sent.pk}/")
    assert sent.reference in caseworkers
    assert SECRET not in caseworkers


@pytest.mark.parametrize("person", ["sam_parent", "casey_worker", "morgan_manager"])
def test_they_stand_on_no_copy_whoever_asks(
    person: str, sent: Submission, pages: Callable[[str, str], str]
) -> None:
    assert SECRET not in pages(person, f"/forms/sent/{sent.pk}/print/")
    assert SECRET not in pages(person, f"/forms/sent/{sent.pk}/")


def test_their_files_open_for_managers_alone(
    family: Family, sent: Submission, signed_in_client: SignIn
) -> None:
    file = sent.files.filter(role="upload").first()
    assert file is not None
    url = f"/forms/sent/{sent.pk}/files/{file.pk}/"
    answers = {
        person: signed_in_client(family.people[person]).get(url).status_code
        for person in ("morgan_manager", "casey_worker")
    }
    assert answers == {"morgan_manager": 200, "casey_worker": 404}


def test_a_circle_that_nobody_registered_lets_nobody_in(
    sent: Submission, pages: Callable[[str, str], str]
) -> None:
    for row in rows(sent.content.tree):
        row["readers"] = "gone" if row.get("readers") else ""
    sent.content.save()
    assert SECRET not in pages("morgan_manager", f"{SENT}/{sent.pk}/")
