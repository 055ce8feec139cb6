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

from accounts.limits import PAIR
from accounts.models import EmailCode, ExternalIdentity, User, bounces
from core.dates import today
from core.held import MOST, export
from core.models import AuditEntry
from core.personal_data import personal_data
from forms_engine.models import SubmissionContent
from forms_engine.tree import Answered, Row, Tree, TreeSection, to_json
from schools.models import DetailsAsked, Membership
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor
from tests.accounts.second_step import KEY, give_app, give_codes, give_passkey
from tests.accounts.test_closing import begun_by
from tests.factories import (
    PASSWORD,
    AssignmentFactory,
    CaseAccessFactory,
    ChildFactory,
    ChildLinkFactory,
    PersonalDetailsFactory,
    SchoolFactory,
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


def sections_of(visitor: Visitor) -> dict[str, dict[str, list[str]]]:
    held = json.loads(files_in(asks(visitor))["about-you.json"])["held"]
    return {
        section["title"]: {row["name"]: row["said"] for row in reversed(section["rows"])} for section in held
    }


def test_where_she_works_and_worked_is_in_it(sam: Visitor, sam_parent: User) -> None:
    oakfield, elm = SchoolFactory(name="Oakfield Primary"), SchoolFactory(name="Elm Bank")
    since, until = dt.date(2024, 9, 2), dt.date(2025, 7, 22)
    there = Membership.objects.create(person=sam_parent, school=oakfield, standing="supervisor", since=since)
    name = {"first_name": "Samira", "last_name": "Parent", "email": "samira@example.org"}
    DetailsAsked.objects.create(membership=there, **name, asked_at=timezone.now())
    Membership.objects.create(person=sam_parent, school=elm, since=since, until=until)
    held = sections_of(sam)
    asked = held["What a school thinks your name and email address are"]
    assert asked == {"Oakfield Primary": ["Samira Parent", "samira@example.org"]}
    schools = held["Schools that you work at, or did"]
    assert schools["Oakfield Primary"] == ["Supervisor", "Since 2 September 2024"]
    assert schools["Elm Bank"] == ["Standard user", "Since 2 September 2024", "Until 22 July 2025"]


def test_whose_case_she_opens_is_in_it_and_of_one_that_is_shut_no_name(
    sam: Visitor, sam_parent: User, alex_parent: User
) -> None:
    open_now = CaseAccessFactory(person=sam_parent, case__child__first_name="Ada", since=dt.date(2024, 9, 2))
    ended = {"since": dt.date(2020, 1, 1), "until": dt.date(2021, 1, 1)}
    CaseAccessFactory(person=sam_parent, case__child__first_name="Former", **ended)
    CaseAccessFactory(person=alex_parent, case__child__first_name="Zebedee")
    cases = sections_of(sam)["Cases that you can open, or could"]
    capacity = open_now.get_capacity_display()
    assert cases == {
        f"Ada, {open_now.case.reference}": [capacity, "Since 2 September 2024"],
        "A case that was open to you": [capacity, "Since 1 January 2020", "Until 1 January 2021"],
    }


def test_her_second_steps_are_in_it_without_a_key_or_a_code(
    casey_worker: User, signed_in_client: Callable[[User], Client]
) -> None:
    app, passkey = give_app(casey_worker), give_passkey(casey_worker, Authenticator())
    codes = give_codes(casey_worker)
    casey = Visitor(signed_in_client(casey_worker))
    steps = sections_of(casey)["How you sign in, besides your password"]
    assert set(steps) == {"Authenticator app", passkey.name, "Recovery codes"}
    assert all(said[0].startswith("Added on ") for said in steps.values())
    assert steps["Recovery codes"][-1] == "10 are left"
    content = files_in(asks(casey))["about-you.json"].decode()
    for secret in (app.key, KEY, passkey.credential_id, *codes):
        assert secret not in content


def test_what_was_done_with_her_account_is_in_it_by_whom_in_words_of_roles(
    sam: Visitor, sam_parent: User, alex_parent: User, admin: User, signed_in_client: Callable[[User], Client]
) -> None:
    ash = signed_in_client(admin)
    ash.get(f"/admin/help-back-in/{sam_parent.pk}/")
    ash.get(f"/admin/help-back-in/{alex_parent.pk}/")
    Visitor(Client()).types_password(sam_parent.email, "a guess")
    held = json.loads(files_in(asks(sam))["about-you.json"])["held"]
    (rows,) = [one["rows"] for one in held if one["title"].startswith("What was done with your account")]
    done = [row["said"] for row in rows]
    assert ["Account looked at, to help somebody back in", "By somebody in the role: Administrators"] in done
    assert ["Signed in", "By you"] in done
    assert [
        "Sign-in failed: wrong address or password",
        "By the portal, or by somebody who was not signed in",
    ] in done
    assert len([said for said, _by in done if said.startswith("Account looked at")]) == 1, "hers alone"
    assert not any(admin.full_name in line or str(admin.pk) in line for said in done for line in said)


def test_of_very_many_deeds_the_newest_are_in_it(sam: Visitor, sam_parent: User) -> None:
    old = [AuditEntry(actor_id=sam_parent.pk, verb="case.read") for _each in range(MOST + 5)]
    AuditEntry.objects.bulk_create(old)
    done = next(iter(export(sam_parent, today()))).rows
    assert (len(done), done[-1][0]) == (MOST + 1, "Older ones")


def test_how_her_mailbox_and_waits_stand_is_in_it(sam: Visitor, sam_parent: User) -> None:
    sam.post("/account/email/", {"email": "sam.new@example.org", "current": PASSWORD})
    bounces.note(sam_parent.email)
    PAIR.note("sam", person=sam_parent.pk)
    PAIR.note("somebody else")
    held = sections_of(sam)
    assert held["Your mailbox"]["New email address, not proved yet"] == ["sam.new@example.org"]
    assert "Our emails come back" in held["Your mailbox"]
    assert list(held["Waits after many tries at your account"].values()) == [[str(PAIR.why)]]


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
    assert {"accounts", "casework", "core", "families", "forms_engine", "schools"} == set(personal_data)
