"""What staff alone answer, where they fill in a form for somebody: asked of them, and read by staff."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Case
from core.dates import today
from forms_engine import held
from forms_engine.definition import find_faults
from forms_engine.importing import import_form
from forms_engine.models import Draft, FormDefinition, Submission
from tests.casework.test_filling_in_for_somebody import FORM, YES, SignIn, begin, casey, fill_in, said
from tests.forms_engine.conftest import Browser, pdf_file

__all__ = ["casey"]
pytestmark = [pytest.mark.django_db, pytest.mark.capability("B32")]
NOTE, CALLED = "She rang from the hospital.", "Her neighbour was with her."
LABEL = "What did you notice?"


@pytest.fixture
def form(db: None) -> FormDefinition:
    """A page for staff alone, and a question for them on a page that is for everybody."""
    data = copy.deepcopy(FORM)
    steps = data["sections"][0]["steps"]
    called = {"id": "called", "type": "short_text", "label": "Who was there?", "audience": "staff"}
    steps[0]["questions"].append(called)
    page: dict[str, Any] = {
        "id": "staff",
        "kind": "questions",
        "title": "About the call",
        "audience": "staff",
    }
    noticed = {"id": "noticed", "type": "short_text", "label": LABEL, "level": "required"}
    steps.insert(1, page | {"questions": [noticed, {"id": "notes", "type": "file", "label": "Your notes"}]})
    import_form(data, publish=True)
    return FormDefinition.objects.get()


@pytest.fixture
def caseys(casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition) -> Browser:
    begin(casey, adas_case, sam_parent, form)
    return Browser(casey, Draft.objects.get())


@pytest.fixture
def sams(caseys: Browser, sam_parent: User, signed_in_client: SignIn) -> Browser:
    return Browser(signed_in_client(sam_parent), caseys.draft)


def answer_their_part(browser: Browser) -> None:
    browser.post("you", {"q-story": "She needs quiet.", "q-called": CALLED})
    browser.post("staff", {"q-noticed": NOTE, "q-notes": pdf_file()})


def families_pages(sams: Browser, sam: User, sent: Submission) -> str:
    """All that she is shown of the sent form."""
    names = ("forms:sent", "forms:sent_print")
    shown = [said(sams.client.get(reverse(name, args=[sent.pk]))) for name in names]
    return "".join([*shown, *map(str, held.export(sam, today()))])


def staffs_page(client: Client, sent: Submission) -> str:
    return said(client.get(f"/admin/forms_engine/submission/inspect/{sent.pk}/"))


def test_they_are_asked_of_staff_who_fill_it_in_and_say_so(caseys: Browser) -> None:
    page = said(caseys.get("staff"))
    assert LABEL in page
    assert "Families see neither the question nor your answer." in page
    assert page.count("For staff: answer it yourself.") == 2
    caseys.post("you", {"q-story": "She needs quiet."})

    refused = caseys.post("check", {"q-true": "yes", "said-yes": YES})

    assert "1 page still needs an answer" in said(refused)
    assert not Submission.objects.exists()


def test_she_meets_none_of_them_in_the_form_that_is_hers(caseys: Browser, sams: Browser) -> None:
    answer_their_part(caseys)

    assert sams.client.get(sams.url("staff")).status_code in (302, 404)
    for page in (sams.get("you"), sams.get("check"), sams.client.get(f"/forms/{sams.draft.pk}/print/")):
        for words in (NOTE, CALLED, LABEL, "Who was there?", "About the call"):
            assert words not in said(page)


def test_staff_read_the_answers_and_no_copy_has_them(
    caseys: Browser, sams: Browser, sam_parent: User
) -> None:
    answer_their_part(caseys)
    assert f"{LABEL} (for staff)" in said(caseys.get("check"))
    fill_in(caseys)
    sent = Submission.objects.get()

    theirs = staffs_page(caseys.client, sent)
    hers = families_pages(sams, sam_parent, sent)

    assert NOTE in theirs
    assert "report.pdf" in theirs.lower()
    assert "She needs quiet." in hers
    for words in (NOTE, CALLED, LABEL, "report.pdf"):
        assert words not in hers.lower() + hers


def test_who_may_not_read_the_form_reads_none_of_them(
    caseys: Browser, robin_worker: User, signed_in_client: SignIn
) -> None:
    answer_their_part(caseys)
    fill_in(caseys)
    sent = Submission.objects.get()
    file = sent.files.get(role="upload")

    assert caseys.client.get(f"/forms/sent/{sent.pk}/files/{file.pk}/").status_code == 200
    assert NOTE not in staffs_page(signed_in_client(robin_worker), sent)


def test_they_are_kept_for_staff_where_she_goes_on_alone_and_sends_it_herself(
    caseys: Browser, sams: Browser, sam_parent: User
) -> None:
    answer_their_part(caseys)
    sams.post("you", {"q-story": "She needs quiet, and time."})
    sams.post("check", {"q-true": "yes"})
    sent = Submission.objects.get()

    theirs = staffs_page(caseys.client, sent)
    hers = families_pages(sams, sam_parent, sent)

    for words in (NOTE, CALLED, "She needs quiet, and time."):
        assert words in theirs
    assert NOTE not in hers
    assert CALLED not in hers


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("group", {"group": {"title_question": "noticed"}}, "a repeating group is for everyone"),
        ("questions", {}, "no number and no day that an earlier step asks for"),
    ],
)
def test_nothing_that_stands_on_every_copy_may_rest_on_them(
    kind: str, more: dict[str, Any], words: str
) -> None:
    data = copy.deepcopy(FORM)
    steps = data["sections"][0]["steps"]
    for_staff = {"id": "noticed", "type": "number", "label": "How many?"}
    steps.insert(1, {"id": "staff", "kind": kind, "title": "Of the call", "audience": "staff", **more})
    steps[1]["questions"] = [for_staff]
    total = {"id": "total", "type": "calculated", "label": "In all", "config": {"formula": "[noticed] * 7"}}
    steps.insert(2, {"id": "sum", "kind": "questions", "title": "In all", "questions": [total]})
    assert any(words in fault.message for fault in find_faults(data))
