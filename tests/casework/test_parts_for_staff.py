"""What staff alone answer, where they fill in a form for somebody: asked of them, and read by staff."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Case
from core.dates import today
from forms_engine import held, start
from forms_engine.access import hidden_files
from forms_engine.definition import find_faults
from forms_engine.importing import import_form
from forms_engine.models import Assignment, Draft, FormDefinition, Submission, Upload
from forms_engine.spec import STAFF
from forms_engine.tree import from_json
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
    photo = {"id": "photo", "type": "file", "label": "A photo of the room", "audience": "staff"}
    steps[0]["questions"] += [called, photo]
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


def open_again(client: Client, sent: Submission) -> Browser:
    """The form that was sent, opened again and begun anew by its person."""
    asked = sent.assignment
    assert asked
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.REOPENED, reason="Which school?")
    asked.refresh_from_db()
    return Browser(client, start.start(asked, timezone.now()))


def test_they_are_kept_each_time_that_the_form_is_opened_again_and_sent_by_its_person(
    caseys: Browser, sams: Browser, sam_parent: User
) -> None:
    answer_their_part(caseys)
    caseys.post("check", {"q-true": "yes", "said-yes": YES})
    for said_now in ("She needs quiet, and time.", "She needs quiet, and a quiet friend."):
        again = open_again(sams.client, Submission.objects.latest("submitted_at"))
        again.post("you", {"q-story": said_now})
        again.post("check", {"q-true": "yes"})
        sent = Submission.objects.latest("submitted_at")

        theirs = staffs_page(caseys.client, sent)
        hers = families_pages(sams, sam_parent, sent)

        for words in (NOTE, CALLED, said_now, "report.pdf"):
            assert words in theirs
        for words in (NOTE, CALLED, LABEL, "report.pdf"):
            assert words not in hers
    assert Submission.objects.count() == 3


def test_what_nobody_of_the_staff_was_asked_is_not_said_to_be_missing(
    casey: Client, adas_case: Case, sam_parent: User, form: FormDefinition, signed_in_client: SignIn
) -> None:
    asked = Assignment.objects.create(form=form, addressee=sam_parent, about_name="Ada")
    alone = Browser(signed_in_client(sam_parent), start.start(asked, timezone.now()))
    alone.post("you", {"q-story": "She needs quiet."})
    alone.post("check", {"q-true": "yes"})

    tree = from_json(Submission.objects.get().content.tree)

    assert LABEL not in [row.asked for row in tree.rows()]


def test_a_file_of_staff_is_not_opened_or_removed_by_its_person(caseys: Browser, sams: Browser) -> None:
    caseys.post("you", {"q-story": "She needs quiet.", "q-photo": pdf_file("photo.pdf")})
    caseys.post("staff", {"q-noticed": NOTE, "q-notes": pdf_file()})
    files = {f"/forms/{sams.draft.pk}/files/{file.pk}/": file for file in Upload.objects.all()}
    assert [caseys.client.get(address).status_code for address in files] == [200, 200]

    for address, file in files.items():
        assert sams.client.get(address).status_code == 404
        sams.client.post(sams.url("you"), {"remove": str(file.pk), "sure": "yes"})

    assert {file.question for file in Upload.objects.all()} == {"notes", "photo"}


def test_who_may_read_them_is_asked_once_however_many_there_are(
    caseys: Browser, robin_worker: User, django_assert_max_num_queries: Any
) -> None:
    answer_their_part(caseys)
    fill_in(caseys)
    sent = Submission.objects.select_related("content", "assignment").get()
    tree = copy.deepcopy(sent.content.tree)
    rows = [row for section in tree["sections"] for row in section["rows"] if row.get("readers") == STAFF]
    files = [row for row in rows if row.get("files")]
    assert len(rows) > len(files) > 0
    for section in tree["sections"]:
        section["rows"] += copy.deepcopy(files) * 20
    sent.content.tree = tree
    robin_worker.get_all_permissions()

    with django_assert_max_num_queries(1):
        assert hidden_files(sent, robin_worker) == {files[0]["files"][0]["id"]}


def asked_of_staff_first(kind: str, **more: Any) -> dict[str, Any]:
    """A page with a number for staff alone, as `kind`, before a page that works something out from it."""
    data = copy.deepcopy(FORM)
    number = {"id": "noticed", "type": "number", "label": "How many?"}
    page = {"id": "staff", "kind": kind, "title": "Of the call", "questions": [number], **more}
    total = {"id": "total", "type": "calculated", "label": "In all", "config": {"formula": "[noticed] * 7"}}
    result = {"id": "sum", "kind": "questions", "title": "In all", "questions": [total]}
    data["sections"][0]["steps"][1:1] = [page, result]
    return data


def said_of(data: dict[str, Any]) -> str:
    return "\n".join(f"{fault.path}: {fault.message}" for fault in find_faults(data))


def test_a_repeating_group_is_never_for_staff_alone() -> None:
    data = asked_of_staff_first("group", audience="staff", group={"title_question": "noticed"})
    assert "$.sections[0].steps[1].audience: a repeating group is for everyone" in said_of(data)


def test_what_staff_answer_names_no_item() -> None:
    data = asked_of_staff_first("group", group={"title_question": "noticed"})
    assert "title_question" not in said_of(data)

    data["sections"][0]["steps"][1]["questions"][0]["audience"] = "staff"

    assert 'title_question: "noticed" names each item in lists, which all read' in said_of(data)


@pytest.mark.parametrize("place", ["page", "question"])
def test_nothing_is_worked_out_from_what_staff_answer(place: str) -> None:
    data = asked_of_staff_first("questions")
    assert said_of(data) == ""

    page = data["sections"][0]["steps"][1]
    (page if place == "page" else page["questions"][0])["audience"] = "staff"

    assert "no number and no day that an earlier step asks for" in said_of(data)
