"""Downloading all that is held about oneself."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import EmailCode, ExternalIdentity, User
from core.models import AuditEntry
from core.personal_data import personal_data
from forms_engine.models import SubmissionContent
from forms_engine.tree import Answered, Row, Tree, TreeSection, to_json
from tests.accounts.conftest import Visitor
from tests.accounts.test_closing import begun_by
from tests.factories import (
    PASSWORD,
    AssignmentFactory,
    ChildFactory,
    ChildLinkFactory,
    PersonalDetailsFactory,
    SubmissionFactory,
)
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
URL = "/account/download/"


@pytest.fixture
def sam(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam, signed in."""
    PersonalDetailsFactory(user=sam_parent)
    visitor.signs_in(sam_parent)
    return visitor


def asks(visitor: Visitor, current: str = PASSWORD) -> Any:
    return visitor.post(URL, {"current": current})


def files_in(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_she_gets_a_pdf_and_the_same_for_machines(sam: Visitor, sam_parent: User) -> None:
    answer = asks(sam)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="about-you.zip"'
    assert "no-store" in answer["Cache-Control"]
    files = files_in(answer)
    assert set(files) == {"about-you.json", "about-you.pdf"}
    held = json.loads(files["about-you.json"])
    assert held["person"] == "Sam Parent"
    said = {row["name"]: row["said"] for section in held["held"] for row in section["rows"]}
    assert said["Email address"] == [sam_parent.email]
    assert said["Address"] == ["7 Mill Lane", "Milton Cross", "MB1 4QT"]
    assert said["Date of birth"] == ["27 March 1988"]
    with pikepdf.open(io.BytesIO(files["about-you.pdf"])) as document:
        paper = text_of(document)
    assert "Whatweholdaboutyou" in paper.replace(" ", "")
    assert "MB14QT" in paper.replace(" ", "")
    assert AuditEntry.objects.get(verb="account.downloaded").object_id == sam_parent.pk


def test_what_she_signs_in_with_from_outside_is_in_it(sam: Visitor, sam_parent: User) -> None:
    ExternalIdentity.objects.create(user=sam_parent, issuer="https://id.example.org", subject="sam")
    assert "https://id.example.org" in files_in(asks(sam))["about-you.json"].decode()


def test_no_secret_of_the_account_is_in_it(sam: Visitor, sam_parent: User) -> None:
    # A code that waits: of one that was used nothing is left to be found.
    EmailCode.objects.get(user=sam_parent).issue("a browser")
    sam_parent = User.objects.get(pk=sam_parent.pk)
    assert sam_parent.email_code.digest
    content = files_in(asks(sam))["about-you.json"].decode()
    assert sam_parent.password not in content
    assert sam_parent.email_code.digest not in content


def test_her_children_and_forms_are_in_it_and_nobody_elses(
    sam: Visitor, sam_parent: User, alex_parent: User
) -> None:
    ChildLinkFactory(person=sam_parent, child=ChildFactory(first_name="Ada"))
    ChildLinkFactory(person=alex_parent, child=ChildFactory(first_name="Zebedee"))
    ended = {"since": dt.date(2020, 1, 1), "until": dt.date(2021, 1, 1)}
    ChildLinkFactory(person=sam_parent, child=ChildFactory(first_name="Former"), **ended)
    begun_by(alex_parent)
    content = files_in(asks(sam))["about-you.json"].decode()
    assert "Ada" in content
    assert "Zebedee" not in content
    assert "Former" not in content
    assert "Form that you began" not in content
    assert alex_parent.email not in content


def test_what_she_sent_and_began_is_in_it_without_what_staff_alone_may_read(
    sam: Visitor, sam_parent: User
) -> None:
    rows = (
        Row("likes", "you", "", "What does Ada like?", ("Kites",), Answered.GIVEN),
        Row("note", "you", "", "A note", ("For managers alone",), Answered.GIVEN, readers="managers"),
    )
    tree = Tree("Wishes", (TreeSection("s", "you", "About Ada", rows),))
    sent = SubmissionFactory(assignment=AssignmentFactory(addressee=sam_parent, about_kind="", about_id=None))
    SubmissionContent.objects.create(submission=sent, values={}, tree=to_json(tree))
    begun_by(sam_parent)
    content = files_in(asks(sam))["about-you.json"].decode()
    assert f"Sent form {sent.reference}: Wishes" in content
    assert "Kites" in content
    assert "For managers alone" not in content
    assert "Form that you began" in content


@pytest.mark.parametrize(
    ("current", "said"), [("", "Enter your password"), ("a guess", "This is not your password")]
)
def test_without_her_password_there_is_nothing(sam: Visitor, current: str, said: str) -> None:
    page = asks(sam, current)
    assert page["Content-Type"].startswith("text/html")
    assert said in page.text
    assert not AuditEntry.objects.filter(verb="account.downloaded").exists()


def test_three_times_a_day_are_enough(sam: Visitor, signed_in_client: Callable[[User], Client]) -> None:
    for _number in range(3):
        assert asks(sam).status_code == 200
    refused = asks(sam)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert "You have downloaded it 3 times" in refused.text
    person = User.objects.get(email="sam.parent@example.org")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert asks(Visitor(signed_in_client(person)))["Content-Type"] == "application/zip"


def test_each_app_that_holds_something_of_people_says_what() -> None:
    assert {"accounts", "families", "forms_engine"} <= set(personal_data)
