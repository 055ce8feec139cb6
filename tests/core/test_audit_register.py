"""The audit in the admin: managers read about cases, administrators about the site, and nobody changes it."""

import ast
import datetime as dt
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from accounts import models as accounts_models
from accounts.models import ExternalIdentity, Service, User
from casework.models import Case
from core import audit
from core.models import AuditEntry, BankHoliday, LimitReached
from core.names import deeds, found_by_reference
from forms_engine.access import references_of_files
from schools.models import School
from tests.factories import ActionFactory, CaseFactory, ChildFactory, SchoolFactory
from tests.house.family import Family, build
from tests.queries import counted_queries

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
SignIn = Callable[[User], Client]
ROOT = Path(__file__).resolve().parents[2]
PARTS = ("site", "forms_engine", "casework", "guidance", "home")
REGISTER = "/admin/core/auditentry/"
# How the code calls what writes an entry.
WRITERS = ("audit.record", "audit.record_hourly", "write")


def rows(client: Client, query: str = "") -> str:
    page = client.get(REGISTER + query, follow=True).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.find("<tbody") :]).split()) if "<tbody" in page else ""


@pytest.fixture
def happened(casey_worker: User, sam_parent: User) -> None:
    """Casey looked at a case, something of a family's was asked for in vain, Sam signed in."""
    case = CaseFactory(requested=True, child=ChildFactory(first_name="Kim", last_name="Okapi"))
    audit.record("case.read", actor=casey_worker, obj=case, subject=case.child)
    AuditEntry.objects.create(verb="refused", actor_id=sam_parent.pk, object_type="forms_engine.submission")
    audit.record("signed in", actor=sam_parent)


def test_a_manager_reads_what_was_done_in_cases_by_whom(
    signed_in_client: SignIn, morgan_manager: User, happened: None
) -> None:
    said = rows(signed_in_client(morgan_manager))
    reference = Case.objects.get().reference
    assert f"Casey Worker Case opened {reference} case Kim Okapi child" in said
    assert "Sam Parent Refused: not theirs, or not there sent form" in said
    assert "Sam Parent signed in" not in said


def test_a_school_is_called_by_its_name(signed_in_client: SignIn, admin: User) -> None:
    audit.record("school.staff-read", actor=admin, obj=SchoolFactory(name="Oakfield Primary"))
    assert "Oakfield Primary school" in rows(signed_in_client(admin))


def test_what_was_done_is_found_by_the_words_that_stand_there(
    signed_in_client: SignIn, morgan_manager: User, happened: None
) -> None:
    client = signed_in_client(morgan_manager)
    assert "Case opened" in rows(client, "?q=case+opened")
    assert "Case opened" not in rows(client, "?q=refused")


def test_whatever_is_written_into_the_audit_has_words() -> None:
    """Each verb that is spelt out where it is written."""
    sources = [path for part in PARTS for path in (ROOT / part).rglob("*.py")]
    calls = [
        call.args[0].value
        for path in sources
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("audit.record", "audit.record_hourly", "write")
        and call.args
        if isinstance(call.args[0], ast.Constant)
    ]
    assert len(calls) > 20
    assert {verb for verb in calls if verb not in deeds} == set()


# What the deeds of each kind are done with, and whom that is about: a verb, or what stands before its dot.
DONE_WITH: dict[str, Callable[[Family], tuple[Model | None, Model | None]]] = {
    "account": lambda family: (family.people["sam_parent"], None),
    "account.session-ended": lambda family: (accounts_models.SignIn(), None),
    "account.outside-joined": lambda family: (ExternalIdentity(id=uuid.uuid4()), None),
    "identity": lambda family: (family.people["sam_parent"], None),
    "service": lambda family: (Service(id=uuid.uuid4()), None),
    "team": lambda family: (family.case.team, None),
    "team.member-added": lambda family: (family.case.team, family.people["casey_worker"]),
    "team.member-removed": lambda family: (family.case.team, family.people["casey_worker"]),
    "role": lambda family: (family.people["casey_worker"], None),
    "user": lambda family: (family.people["casey_worker"], None),
    "invitation": lambda family: (accounts_models.Invitation(), None),
    "school": lambda family: (School(id=uuid.uuid4()), None),
    "membership": lambda family: (School(id=uuid.uuid4()), family.people["casey_worker"]),
    "refused": lambda family: (family.papers[0].submission, None),
    "register": lambda family: (None, None),
    "limits": lambda family: (None, None),
    "limit": lambda family: (LimitReached(), None),
    "outbox": lambda family: (family.dead_letter, None),
    "bankholiday": lambda family: (BankHoliday(), None),
    "case": lambda family: (family.case, family.case.child),
    "action": lambda family: (family.papers[0].done, family.case.child),
    "draft": lambda family: (family.papers[0].draft, family.case.child),
    "lastcopy": lambda family: (family.papers[0].last_copy, None),
    "upload": lambda family: (family.papers[0].upload, family.case.child),
    "submission": lambda family: (family.papers[0].submission, family.case.child),
    "submission.file": lambda family: (family.papers[0].file, family.case.child),
    "delivery": lambda family: (family.papers[0].delivery, family.case.child),
    "form": lambda family: (family.papers[0].submission, None),
}


def test_whatever_is_written_can_be_read_by_a_manager_or_an_administrator() -> None:
    family = build()
    sam = family.people["sam_parent"]
    for verb in dict(deeds.items()):
        obj, subject = DONE_WITH.get(verb, DONE_WITH[verb.partition(".")[0]])(family)
        audit.record(verb, actor=sam, obj=obj, subject=subject, role="of this test")
    readers = (family.people["morgan_manager"], family.people["admin"])
    read = {
        verb
        for reader in readers
        for verb in AuditEntry.objects.visible_to(reader)
        .filter(role="of this test")
        .values_list("verb", flat=True)
    }
    assert set(dict(deeds.items())) - read == set()


def test_who_was_put_into_a_team_is_read_by_managers_and_administrators_by_name(
    signed_in_client: SignIn, morgan_manager: User, admin: User, casey_worker: User
) -> None:
    audit.record("team.member-added", actor=admin, obj=casey_worker.teams.get(), subject=casey_worker)
    for reader in (morgan_manager, admin):
        assert "Ash Admin Person added to a team North team Casey Worker" in rows(signed_in_client(reader))


def test_what_its_reader_may_not_know_by_name_has_its_number_alone(
    signed_in_client: SignIn, morgan_manager: User, casey_worker: User
) -> None:
    child = ChildFactory(first_name="Kim", last_name="Okapi")
    audit.record("child.read", actor=casey_worker, subject=child)
    said = rows(signed_in_client(morgan_manager))
    assert "Okapi" not in said
    assert f"child: read - {str(child.pk)[:8]} child" in said


def test_a_name_leads_to_all_that_was_done_with_it(
    signed_in_client: SignIn, morgan_manager: User, casey_worker: User, happened: None
) -> None:
    case, client = Case.objects.get(), signed_in_client(morgan_manager)
    audit.record("case.read", actor=casey_worker, obj=CaseFactory(requested=True))
    page = client.get(REGISTER).content.decode()
    (link,) = set(re.findall(rf'href="([^"]+)"[^>]*>{case.reference}<', page))
    found = rows(client, link.replace("&amp;", "&"))
    assert case.reference in found
    assert found.count("Case opened") == 1


def test_the_reference_of_a_case_finds_all_that_was_done_in_it_and_nothing_of_another(
    signed_in_client: SignIn, morgan_manager: User, sam_parent: User, happened: None
) -> None:
    case, other = Case.objects.get(), CaseFactory(requested=True)
    action = ActionFactory(case=case, assignment__addressee=sam_parent)
    audit.record("action.asked", obj=action, subject=case.child)
    audit.record("case.read", obj=other, subject=other.child)
    found = rows(signed_in_client(morgan_manager), f"?q=+{case.reference.lower()}")
    assert "Case opened" in found
    assert f"Form asked for {action.assignment.form.title}, {case.reference}" in found
    assert other.reference not in found


def test_the_reference_of_a_sent_form_finds_its_files_too(signed_in_client: SignIn) -> None:
    family = build()
    papers, morgan = family.papers[0], family.people["morgan_manager"]
    audit.record("submission.read", obj=papers.submission)
    audit.record("file.read", obj=papers.file)
    audit.record("submission.read", obj=family.papers[1].submission)
    found = rows(signed_in_client(morgan), f"?q={papers.submission.reference}")
    assert "Sent form opened" in found
    assert "file: read" in found
    assert family.papers[1].submission.reference not in found


def test_a_manager_reads_nothing_of_who_sent_a_form_that_another_team_reads() -> None:
    family = build()
    team = next(papers for papers in family.others if papers.waiting is None)
    of_team = (team.submission, team.file, team.delivery, team.asked, team.draft, team.upload)
    of_case = (family.papers[0].submission, family.papers[0].file, family.papers[0].draft)
    for papers, objects in ((team, of_team), (family.papers[0], of_case)):
        for obj in objects:
            audit.record("form.came", actor=family.people[papers.owner], obj=obj, subject=papers.child)
    seen = AuditEntry.objects.visible_to(family.people["morgan_manager"]).filter(verb="form.came")
    assert set(seen.values_list("object_id", flat=True)) == {obj.pk for obj in of_case}


def test_the_file_of_a_sent_form_has_its_reference_for_those_alone_who_may_read_the_form() -> None:
    family = build()
    file, sent = family.papers[0].file, family.papers[0].submission
    team, others = family.people["casey_worker"], family.people["robin_worker"]
    assert references_of_files(team, [file.pk]) == {file.pk: sent.reference}
    assert references_of_files(others, [file.pk]) == {}


def test_a_reference_finds_nothing_for_whoever_may_not_see_what_it_names(
    signed_in_client: SignIn, admin: User, sam_parent: User, happened: None
) -> None:
    case = Case.objects.get()
    assert found_by_reference(admin, case.reference) == set()
    assert found_by_reference(sam_parent, case.reference) == set()
    assert (
        "Nothing matches." in signed_in_client(admin).get(f"{REGISTER}?q={case.reference}").content.decode()
    )


def test_an_administrator_reads_about_the_site_and_nothing_of_a_child(
    signed_in_client: SignIn, admin: User, happened: None
) -> None:
    said = rows(signed_in_client(admin))
    assert "Sam Parent signed in" in said
    for theirs in ("case", "child", "sent form", "Refused", "Okapi"):
        assert theirs not in said


@pytest.mark.parametrize("person", ["casey_worker", "erin_editor", "sam_parent"])
def test_nobody_else_reads_the_audit(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn, happened: None
) -> None:
    client = signed_in_client(request.getfixturevalue(person))
    assert client.get(REGISTER).status_code in {302, 404}
    assert REGISTER not in client.get("/admin/", follow=True).content.decode()


def test_an_entry_can_be_neither_made_nor_changed_nor_deleted(
    signed_in_client: SignIn, morgan_manager: User, happened: None
) -> None:
    client, entry = signed_in_client(morgan_manager), AuditEntry.objects.get(verb="case.read")
    before = AuditEntry.objects.filter(verb="case.read").values().get()
    for route in ("create/", f"edit/{entry.pk}/", f"delete/{entry.pk}/"):
        client.post(REGISTER + route, {"verb": "nothing"})
    assert AuditEntry.objects.filter(pk=entry.pk).values().get() == before


def test_the_list_shows_a_week_unless_asked_for_more(signed_in_client: SignIn, admin: User) -> None:
    AuditEntry.objects.create(verb="signed in", at=timezone.now() - dt.timedelta(days=20))
    client = signed_in_client(admin)
    assert "signed in" not in rows(client)
    assert "The portal itself signed in" in rows(client, "?days=30")
    assert "signed in" in rows(client, "?days=all")


def test_fifty_entries_cost_the_queries_of_one(
    signed_in_client: SignIn, morgan_manager: User, casey_worker: User
) -> None:
    case, client = CaseFactory(requested=True), signed_in_client(morgan_manager)

    def grow(count: int) -> int:
        for _number in range(count):
            audit.record("case.read", actor=casey_worker, obj=case, subject=case.child)
        with counted_queries() as queries:
            client.get(REGISTER)
        return len(queries)

    grow(1)
    assert grow(1) == grow(48)
