"""Staff fill in a form for somebody, by phone or from paper: recorded as such, and hers to read and put right."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from core import outbox
from core.dates import day_text, today
from core.models import AuditEntry
from forms_engine.copies import whose
from forms_engine.importing import import_form
from forms_engine.models import Assignment, Draft, FormDefinition, Submission, SubmissionFile, Upload
from tests.factories import ActionFactory, ChildLinkFactory, TeamFactory
from tests.forms_engine.conftest import Browser, pdf_file

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B32")]
SignIn = Callable[[User], Client]
YES = "Yes, that is how she is."

FORM: dict[str, Any] = {
    "slug": "parental-preference-form",
    "title": "What you think",
    "reference_prefix": "PPF",
    "handler": "casework.action",
    "lifetime_days": 90,
    "sections": [
        {
            "id": "all",
            "title": "What you think about {child}",
            "steps": [
                {
                    "id": "you",
                    "kind": "questions",
                    "title": "About you",
                    "questions": [
                        {
                            "id": "story",
                            "type": "long_text",
                            "label": "What should we know?",
                            "level": "required",
                        },
                        {"id": "reports", "type": "file", "label": "Add a report"},
                    ],
                },
                {
                    "id": "check",
                    "kind": "check",
                    "title": "Check your answers",
                    "questions": [
                        {
                            "id": "true",
                            "type": "declaration",
                            "label": "What I said is true",
                            "level": "required",
                        }
                    ],
                },
            ],
        }
    ],
}


@pytest.fixture
def form(db: None) -> FormDefinition:
    import_form(FORM, publish=True)
    return FormDefinition.objects.get(slug=FORM["slug"])


@pytest.fixture
def casey(signed_in_client: SignIn, casey_worker: User) -> Client:
    return signed_in_client(casey_worker)


def begin(client: Client, case: Case, person: User, form: FormDefinition, **more: Any) -> HttpResponse:
    answers = {"person": person.pk, "form": form.pk, "how": "phone", "on": today(), **more}
    return client.post(reverse("case_fill_in", args=[case.pk]), answers)


def said(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def caseys(casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition) -> Browser:
    """Casey's browser, with Sam's form begun by phone."""
    assert begin(casey, adas_case, sam_parent, form).status_code == 302
    return Browser(casey, Draft.objects.get())


def fill_in(browser: Browser, **more: str) -> HttpResponse:
    assert browser.post("you", {"q-story": "She needs quiet."}).status_code == 302
    return browser.post("check", {"q-true": "yes", "said-yes": YES, **more})


def test_she_gets_the_copy_with_who_typed_it_how_and_when(
    caseys: Browser,
    sam_parent: User,
    casey_worker: User,
    signed_in_client: SignIn,
    mailoutbox: list[EmailMessage],
) -> None:
    sent = caseys.client.get(fill_in(caseys).url)
    submission = Submission.objects.get()
    assert (submission.submitted_by, submission.assisted_by) == (sam_parent, casey_worker)
    how = f"By phone, {day_text(today())}"
    by = f"Casey Worker of the council filled it in for Sam Parent ({how})."
    assert by in said(sent)

    sam = signed_in_client(sam_parent)
    assert submission.reference in said(sam.get(reverse("forms:mine")))
    receipt = said(sam.get(reverse("forms:sent", args=[submission.pk])))
    assert by in receipt
    assert "did you not ask us to do this? Call us" in receipt
    printed = said(sam.get(reverse("forms:sent_print", args=[submission.pk])))
    for words in ("Filled in for Sam Parent", "Casey Worker", how, YES):
        assert words in printed
    outbox.sweep()
    [letter] = [message for message in mailoutbox if message.to == [sam_parent.email]]
    assert letter.subject == "We have filled in and sent a form for you"
    assert "while we spoke on the phone" in letter.body
    assert "did you not ask us to do this? Call us" in letter.body
    assert "Ada" not in letter.body


def test_the_pdf_says_who_filled_it_in(caseys: Browser) -> None:
    fill_in(caseys)
    sent = Submission.objects.get()
    assert caseys.client.get(reverse("forms:sent_pdf", args=[sent.pk])).status_code == 200
    assert "Casey Worker of the council" in whose(sent)


def test_the_audit_tells_that_staff_began_and_sent_it(
    caseys: Browser, casey_worker: User, adas_case: Case
) -> None:
    fill_in(caseys)
    acts = AuditEntry.objects.filter(actor_id=casey_worker.pk, subject_id=adas_case.child_id)
    told = {entry.verb: entry.reason for entry in acts}
    assert told["draft.assisted"] == told["submission.assisted"] == "phone"
    assert "action.done" in told


@pytest.mark.capability("A32")
@pytest.mark.parametrize("page", ["step", "check", "print", "pdf", "file"])
def test_each_look_of_a_helper_at_an_unsent_form_is_written_down(
    caseys: Browser, casey_worker: User, adas_case: Case, page: str
) -> None:
    draft = caseys.draft.pk
    caseys.post("you", {"q-story": "She needs quiet.", "q-reports": pdf_file(), "add": "reports"})
    urls = {
        "step": caseys.url("you"),
        "check": caseys.url("check"),
        "print": reverse("forms:print", args=[draft]),
        "pdf": reverse("forms:pdf", args=[draft]),
        "file": reverse("forms:file", args=[draft, Upload.objects.get().pk]),
    }
    looks = AuditEntry.objects.filter(actor_id=casey_worker.pk, subject_id=adas_case.child_id)
    looks = looks.filter(verb__in=["draft.read", "upload.read"])
    before = looks.count()

    assert caseys.client.get(urls[page]).status_code == 200

    assert looks.count() == before + 1


def test_nobody_signs_for_her_and_her_yes_is_written_down_in_words(caseys: Browser) -> None:
    page = said(caseys.get("check"))
    assert "Sam Parent said yes to this: “What I said is true”" in page
    assert "You do not sign for anybody" in page
    refused = fill_in(caseys, **{"said-yes": " "})
    assert "Write down what Sam Parent said" in said(refused)
    assert not Submission.objects.exists()
    assert fill_in(caseys).status_code == 302
    assert Submission.objects.exists()


def test_a_form_on_paper_needs_its_scan_which_is_sent_with_it(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition
) -> None:
    days_ago = today() - dt.timedelta(days=3)
    assert "Add a scan of the paper" in said(begin(casey, adas_case, sam_parent, form, how="paper"))
    wrong = begin(casey, adas_case, sam_parent, form, how="paper", scan=pdf_file("scan.exe"))
    assert "scan.exe" in said(wrong)
    assert not Draft.objects.exists()

    begin(casey, adas_case, sam_parent, form, how="paper", on=days_ago, scan=pdf_file("scan.pdf"))
    browser = Browser(casey, Draft.objects.get())
    assert "scan.pdf" in said(browser.get("check"))
    fill_in(browser)
    scan = SubmissionFile.objects.get(role=SubmissionFile.Role.UPLOAD)
    assert (scan.name, scan.question) == ("scan.pdf", Upload.SCAN)
    # The law counts from the day on which the paper came.
    comments = CaseEvent.objects.get(case=adas_case, event=Event.COMMENTS_RECEIVED)
    assert (comments.day, comments.recorded_by) == (days_ago, sam_parent)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ("UPLOAD_DRAFT_MAX_BYTES", "All files of this form together can be up to"),
        ("UPLOAD_DAY_MAX_BYTES", "You can add up to"),
    ],
)
def test_a_scan_that_is_too_much_is_refused_at_its_question_and_nothing_begins(
    casey: Client,
    adas_case: Case,
    sam_parent: User,
    form: FormDefinition,
    settings: Settings,
    disk: Path,
    limit: str,
    reason: str,
) -> None:
    setattr(settings, limit, 100)
    page = said(begin(casey, adas_case, sam_parent, form, how="paper", scan=pdf_file("scan.pdf")))
    assert f"“scan.pdf” was not added. {reason}" in page
    assert re.search(r'value="paper"[^>]*checked', page)
    assert not Draft.objects.exists()
    assert not [path for path in disk.rglob("*") if path.is_file()]


def test_each_page_says_for_whom_it_is_and_to_her_who_helps(
    caseys: Browser, sam_parent: User, signed_in_client: SignIn
) -> None:
    assert "You are filling this in for Sam Parent." in said(caseys.get("you"))
    sams = Browser(signed_in_client(sam_parent), caseys.draft)
    assert "Casey Worker of the council is helping you with this form" in said(sams.get("you"))


def test_she_may_finish_it_herself_and_then_signs_herself(
    caseys: Browser, sam_parent: User, signed_in_client: SignIn
) -> None:
    caseys.post("you", {"q-story": "She needs quiet."})
    sams = Browser(signed_in_client(sam_parent), caseys.draft)
    assert "said-yes" not in said(sams.get("check"))
    sams.post("check", {"q-true": "yes"})
    submission = Submission.objects.select_related("content").get()
    assert submission.assisted_by is None
    assert "Who typed the answers" in str(submission.content.tree)
    assert "Sam Parent went on with it alone, and has sent it." in said(caseys.get("you"))


def test_nobody_else_gets_in(
    caseys: Browser,
    adas_case: Case,
    signed_in_client: SignIn,
    robin_worker: User,
    morgan_manager: User,
    alex_parent: User,
    sam_parent: User,
    form: FormDefinition,
) -> None:
    for person in (robin_worker, morgan_manager, alex_parent):
        assert Browser(signed_in_client(person), caseys.draft).get("you").status_code == 404
    robin = signed_in_client(robin_worker)
    assert begin(robin, adas_case, sam_parent, form).status_code == 404
    # A manager of all teams takes it over: that is written down, and Casey is out.
    assert begin(signed_in_client(morgan_manager), adas_case, sam_parent, form).status_code == 302
    assert Browser(signed_in_client(morgan_manager), caseys.draft).get("you").status_code == 200
    assert caseys.get("you").status_code == 404


@pytest.mark.parametrize("what", ["team", "case", "access"])
def test_it_ends_with_the_team_the_case_and_her_access(
    caseys: Browser, adas_case: Case, casey_worker: User, what: str
) -> None:
    if what == "team":
        casey_worker.teams.clear()
    elif what == "case":
        Case.objects.filter(pk=adas_case.pk).update(closed_on=today())
    else:
        adas_case.access.all().delete()
    assert caseys.get("you").status_code == 404


def test_what_she_typed_herself_stays_hers(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition, signed_in_client: SignIn
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__form=form)
    sam = signed_in_client(sam_parent)
    sam.post(reverse("forms:assignment", args=[action.assignment_id]))
    Browser(sam, Draft.objects.get()).post("you", {"q-story": "Hers alone."})
    refused = said(begin(casey, adas_case, sam_parent, form))
    assert "Sam Parent has begun this form." in refused
    assert Browser(casey, Draft.objects.get()).get("you").status_code == 404


def test_a_form_that_she_was_asked_for_is_the_one_that_is_filled_in(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition, mailoutbox: list[EmailMessage]
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__form=form)
    page = said(casey.get(f"/admin/casework/case/inspect/{adas_case.pk}/"))
    assert f"?person={sam_parent.pk}&amp;form={form.pk}" in page
    begin(casey, adas_case, sam_parent, form)
    assert Action.objects.get() == action
    fill_in(Browser(casey, Draft.objects.get()))
    assert Assignment.objects.get().state == Assignment.State.SUBMITTED


def test_a_form_that_families_begin_by_themselves_is_filled_in_for_her_and_leads_back_to_the_case(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    unasked = FORM | {"slug": "own", "handler": "accounts.team", "offered_to": "families"}
    import_form(unasked, publish=True)
    own = FormDefinition.objects.get(slug="own")
    TeamFactory(name="Admissions").forms.add(own)
    assert "is not linked to this child" in said(begin(casey, adas_case, sam_parent, own))
    ChildLinkFactory(person=sam_parent, child=adas_case.child)
    begin(casey, adas_case, sam_parent, own)
    answer = fill_in(Browser(casey, Draft.objects.get()))
    assert answer.url == f"/admin/casework/case/inspect/{adas_case.pk}/"
    submission = Submission.objects.get()
    assert (submission.submitted_by, submission.assisted_how) == (sam_parent, "phone")


def test_a_day_to_come_is_refused(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition
) -> None:
    later = today() + dt.timedelta(days=1)
    assert "cannot be in the future" in said(begin(casey, adas_case, sam_parent, form, on=later))


def test_a_scan_is_not_sent_again_when_she_changes_the_form_herself(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition, signed_in_client: SignIn
) -> None:
    begin(casey, adas_case, sam_parent, form, how="paper", scan=pdf_file("scan.pdf"))
    fill_in(Browser(casey, Draft.objects.get()))
    Assignment.objects.update(state=Assignment.State.REOPENED)
    sam = signed_in_client(sam_parent)
    sam.post(reverse("forms:assignment", args=[Assignment.objects.get().pk]))
    again = Draft.objects.get(submitted_at=None)
    assert not Upload.objects.filter(party__draft=again).exists()
    assert not again.is_assisted
