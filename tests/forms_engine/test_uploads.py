"""Files at a question: one at a time, refused in plain words, gone when nobody needs them."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from accounts.models import User
from core import dates
from core.private_files import FileRefused, private_storage
from forms_engine import upload_limits, uploads
from forms_engine.models import Assignment, StepAnswers, Upload
from forms_engine.page_limits import MOST_BYTES
from tests.core import files
from tests.forms_engine import editing, sample
from tests.forms_engine.conftest import TODAY, Browser, ask, filling_of, pdf_file, publish

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def at_files(sams: Browser) -> Browser:
    sams.fill_in(until="files")
    return sams


def add(browser: Browser, file: SimpleUploadedFile, **more: str) -> HttpResponse:
    return browser.post("files", {"q-note": "The report", "q-reports": file, "add": "reports", **more})


@pytest.mark.capability("B33")
def test_a_file_is_added_listed_and_opened_again(at_files: Browser) -> None:
    assert add(at_files, pdf_file()).url == f"{at_files.url('files')}#q-reports"
    page = at_files.get("files").content.decode()
    assert "report.pdf" in page
    upload = Upload.objects.get()
    opened = at_files.client.get(reverse("forms:file", args=[at_files.draft.pk, upload.pk]))
    assert opened.getvalue().startswith(b"%PDF")
    assert opened["Content-Disposition"].startswith("attachment")


def test_several_files_stand_at_one_question(at_files: Browser) -> None:
    for number in range(3):
        add(at_files, pdf_file(f"report {number}.pdf", text=str(number)))
    assert Upload.objects.count() == 3


def test_the_same_file_sent_twice_is_kept_once(at_files: Browser) -> None:
    file = pdf_file()
    for _time in range(2):
        file.seek(0)
        add(at_files, file)
    assert Upload.objects.count() == 1


def test_continuing_with_a_chosen_file_takes_it_in_too(at_files: Browser) -> None:
    response = at_files.post("files", {**sample.FILES, "q-reports": pdf_file()})
    assert response.url == at_files.url("check")
    assert Upload.objects.get().name == "report.pdf"


def test_save_for_later_takes_a_chosen_file_in_too(at_files: Browser) -> None:
    at_files.post("files", {"q-reports": pdf_file(), "later": "yes"})
    assert Upload.objects.exists()


def test_a_file_is_removed_and_its_bytes_go(
    at_files: Browser, django_capture_on_commit_callbacks: object
) -> None:
    add(at_files, pdf_file())
    upload = Upload.objects.get()
    asked = at_files.post("files", {"q-note": "No report", "remove": str(upload.pk)})
    page = at_files.client.get(asked.url).content.decode()
    assert "Do you want to remove “report.pdf”?" in page
    assert f'href="{at_files.url("files")}#q-reports">No, keep it' in page
    assert Upload.objects.exists()
    sure = {"remove": str(upload.pk), "sure": "yes"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        removed = at_files.client.post(at_files.url("files"), sure)
    assert removed.url == f"{at_files.url('files')}#q-reports"
    assert not Upload.objects.exists()
    assert not private_storage().exists(upload.stored.name)
    assert StepAnswers.objects.get(step="files").answers["note"] == "No report"


def test_a_file_that_was_removed_in_another_window_is_removed_no_more(at_files: Browser) -> None:
    add(at_files, pdf_file())
    gone = {"remove": str(Upload.objects.get().pk)}
    asked = at_files.post("files", {"q-note": "The report", **gone})
    Upload.objects.all().delete()
    assert "report.pdf" not in at_files.client.get(asked.url).content.decode()
    assert at_files.client.post(at_files.url("files"), gone | {"sure": "yes"}).url == at_files.url("files")
    assert StepAnswers.objects.get(step="files").answers["note"] == "The report"


def test_a_picture_is_shown_small_to_whoever_added_it_and_to_nobody_else(
    at_files: Browser, signed_in_client: Callable[[User], Client], noor_stranger: User
) -> None:
    add(at_files, SimpleUploadedFile("ada.png", files.picture("PNG", (900, 600))))
    small = f"{reverse('forms:file', args=[at_files.draft.pk, Upload.objects.get().pk])}?small=1"
    assert f'src="{small}" alt=""' in at_files.get("files").content.decode()

    shown = at_files.client.get(small)
    assert Image.open(io.BytesIO(shown.getvalue())).size == (320, 213)
    assert shown["Cache-Control"] == "private, no-store"
    assert signed_in_client(noor_stranger).get(small).status_code == 404


def test_several_files_that_were_chosen_together_are_all_taken_in(at_files: Browser) -> None:
    both = [
        pdf_file("one.pdf", text="1"),
        SimpleUploadedFile("empty.pdf", b""),
        pdf_file("two.pdf", text="2"),
    ]
    response = at_files.post("files", {"q-note": "", "q-reports": both})
    assert {upload.name for upload in Upload.objects.all()} == {"one.pdf", "two.pdf"}
    assert "“empty.pdf” is empty." in response.content.decode()


def test_a_script_that_sends_files_one_after_another_is_told_the_next_page(at_files: Browser) -> None:
    hidden = at_files.hidden(at_files.get("files"))
    for file in (pdf_file(), SimpleUploadedFile("one.pdf", b""), SimpleUploadedFile("two.pdf", b"MZ\0" * 99)):
        post = {**hidden, "q-note": "The report", "q-reports": file, "add": "reports"}
        answer = at_files.client.post(at_files.url("files"), post, headers={"X-Upload": "progress"})
        assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Next-Page"] == at_files.url("files")
    page = at_files.get("files").content.decode()
    assert all(name in page for name in ("report.pdf", "“one.pdf” is empty", "“two.pdf”"))
    assert "one.pdf" not in at_files.get("files").content.decode()


def zip_bomb() -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"\0" * (120 << 20))
    return SimpleUploadedFile("plan.docx", content.getvalue(), content_type=WORD)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        pytest.param(lambda: SimpleUploadedFile("empty.pdf", b""), "empty.pdf", id="empty"),
        pytest.param(
            lambda: SimpleUploadedFile("report.pdf", b"MZ\x90\0" * 99), "report.pdf", id="wrong kind"
        ),
        pytest.param(zip_bomb, "plan.docx", id="zip bomb"),
        pytest.param(
            lambda: SimpleUploadedFile("big.pdf", b"%PDF-1.7" + b"0" * 2_000_000), "big.pdf", id="too big"
        ),
    ],
)
@override_settings(UPLOAD_MAX_BYTES=1_000_000)
def test_what_we_cannot_take_is_refused_at_its_question_and_the_answers_stay(
    at_files: Browser, file: object, name: str
) -> None:
    response = add(at_files, file())  # type: ignore[operator]
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error:" in page
    assert name in page
    assert 'href="#q-reports"' in page
    assert 'value="The report"' in page
    assert not Upload.objects.exists()
    assert StepAnswers.objects.get(step="files").answers["note"] == "The report"


def test_the_answers_are_saved_even_where_a_file_cannot_be_kept(
    at_files: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_folder = tmp_path / "private"
    no_folder.touch()
    # The field's own: Django makes the registry's anew whenever a test changes a setting of storage.
    monkeypatch.setattr(Upload._meta.get_field("stored").storage, "location", str(no_folder))
    at_files.client.raise_request_exception = False
    assert add(at_files, pdf_file()).status_code == 500
    assert StepAnswers.objects.get(step="files").answers["note"] == "The report"


def test_nobody_is_told_of_viruses_that_nobody_looked_for_in_her_own_file(at_files: Browser) -> None:
    add(at_files, pdf_file())
    assert Upload.objects.get().scan == Upload.Scan.UNSCANNED
    assert "viruses" not in at_files.get("files").content.decode()


def test_a_path_in_the_name_is_dropped(at_files: Browser) -> None:
    add(at_files, pdf_file("..\\..\\secret\\report.pdf"))
    name = Upload.objects.get().name
    assert name.endswith("report.pdf")
    assert not set(name) & set("/\\")


@override_settings(UPLOAD_POST_MAX_BYTES=100_000)
def test_a_post_that_was_cut_off_keeps_what_it_does_not_name(at_files: Browser) -> None:
    at_files.post("files", {"q-note": "Saved before", "q-meeting": "yes", "later": "yes"})
    huge = SimpleUploadedFile("huge.pdf", b"%PDF-1.7" + b"0" * 300_000)
    response = at_files.post("files", {"q-reports": huge, "q-note": "Lost", "q-meeting": "no"})
    assert "too much to send at once" in response.content.decode()
    stored = StepAnswers.objects.get(step="files").answers
    assert stored["note"] == "Saved before"
    assert stored["meeting"] == "yes"


@override_settings(UPLOAD_POST_MAX_BYTES=100_000)
def test_a_post_that_was_cut_off_names_a_question_only_where_it_is_that_questions_own(
    sams_browser: Callable[[Assignment], Browser], sam_parent: User
) -> None:
    data = editing.small()
    data["sections"][0]["steps"][0]["questions"] = [
        {"id": "you-name", "type": "short_text", "label": "Name", "level": "optional"},
        {"id": "you-born", "type": "date", "label": "Born", "level": "optional"},
        {"id": "report", "type": "file", "label": "File", "level": "optional"},
        {"id": "you", "type": "long_text", "label": "About you", "level": "optional"},
    ]
    del data["sections"][0]["steps"][1]
    browser = sams_browser(ask(publish(data), sam_parent))
    browser.post("place", {"q-you-name": "Sam", "q-you": "Two pages of text"})
    born = {"q-you-born-day": "3", "q-you-born-month": "5", "q-you-born-year": "1990"}
    huge = SimpleUploadedFile("huge.pdf", b"%PDF-1.7" + b"0" * 300_000)
    browser.post("place", {"q-you-name": "Samira", **born, "q-report": huge, "q-you": "And a third"})
    stored = StepAnswers.objects.get(step="place").answers
    assert stored["you"] == "Two pages of text"
    assert stored["you-name"] == "Samira"
    assert stored["you-born"] == {"day": "3", "month": "5", "year": "1990"}


def test_adding_without_choosing_says_so(at_files: Browser) -> None:
    response = at_files.post("files", {"q-note": "", "add": "reports"})
    assert "Choose a file" in response.content.decode()


def test_a_question_takes_only_so_many(at_files: Browser) -> None:
    for number in range(20):
        add(at_files, pdf_file(text=str(number)))
    assert "20 files" in add(at_files, pdf_file(text="21")).content.decode()
    assert Upload.objects.count() == 20


def test_two_files_added_at_the_same_moment_are_not_more_than_the_question_takes(at_files: Browser) -> None:
    for number in range(19):
        add(at_files, pdf_file(text=str(number)))
    here, there = filling_of(at_files.draft), filling_of(at_files.draft)
    step = here.form.steps_by_id["files"]
    uploads.add(here, step, "", step.questions[0], pdf_file(text="here"))
    with pytest.raises(FileRefused, match="20 files"):
        uploads.add(there, step, "", step.questions[0], pdf_file(text="there"))
    assert Upload.objects.count() == 20


FITS_TWICE = len(pdf_file(text="1").read()) * 2


@override_settings(UPLOAD_DRAFT_MAX_BYTES=FITS_TWICE)
def test_a_form_takes_only_so_much_and_what_was_typed_is_kept(at_files: Browser) -> None:
    for number in range(2):
        add(at_files, pdf_file(f"{number}.pdf", text=str(number)))
    page = add(at_files, pdf_file("third.pdf", text="2"), **{"q-note": "One more"}).content.decode()
    assert "“third.pdf” was not added. All files of this form together can be up to" in page
    assert 'href="#q-reports"' in page
    assert {upload.name for upload in Upload.objects.all()} == {"0.pdf", "1.pdf"}
    assert StepAnswers.objects.get(step="files").answers["note"] == "One more"

    Upload.objects.get(name="0.pdf").delete()
    add(at_files, pdf_file("third.pdf", text="2"))
    assert Upload.objects.filter(name="third.pdf").exists()


@override_settings(UPLOAD_DAY_MAX_BYTES=FITS_TWICE)
def test_a_person_adds_only_so_much_on_one_day(at_files: Browser) -> None:
    for number in range(2):
        add(at_files, pdf_file(f"{number}.pdf", text=str(number)))
    Upload.objects.all().delete()
    page = add(at_files, pdf_file("third.pdf", text="2")).content.decode()
    assert "“third.pdf” was not added. You can add up to" in page
    assert "Add this one tomorrow" in page
    assert not Upload.objects.exists()

    tomorrow = replace(filling_of(at_files.draft), today=TODAY + dt.timedelta(days=1))
    step = tomorrow.form.steps_by_id["files"]
    uploads.add(tomorrow, step, "", step.questions_by_id["reports"], pdf_file("third.pdf", text="2"))
    assert Upload.objects.get().name == "third.pdf"


def sent_by_script(browser: Browser, file: SimpleUploadedFile) -> HttpResponse:
    post = {**browser.hidden(browser.get("files")), "q-note": "Kept", "q-reports": file, "add": "reports"}
    return browser.client.post(browser.url("files"), post, headers={"X-Upload": "progress"})


@pytest.mark.capability("A32")
def test_a_script_that_adds_many_files_is_asked_to_wait_and_told_where_that_is_said(
    at_files: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_limits, "MOST_AN_HOUR", 1)
    assert sent_by_script(at_files, pdf_file("0.pdf", text="0")).status_code == 204
    answer = sent_by_script(at_files, pdf_file("1.pdf", text="1"))
    assert (answer.status_code, answer["X-Next-Page"]) == (429, at_files.url("files"))
    assert 3500 < int(answer["Retry-After"]) <= 3600
    page = at_files.get("files")
    assert page.context["problems"] == [
        ("q-reports", "You have added many files in a short time. Try again in an hour.")
    ]
    assert StepAnswers.objects.get(step="files").answers["note"] == "Kept"


@pytest.mark.capability("A32")
@override_settings(UPLOAD_DAY_MAX_BYTES=FITS_TWICE)
def test_what_is_too_much_for_a_day_is_to_be_added_when_the_day_is_over(at_files: Browser) -> None:
    with time_machine.travel(dt.datetime(2026, 10, 24, 23, 0, tzinfo=dates.LONDON), tick=False):
        answer = sent_by_script(at_files, pdf_file("long.pdf", text="long" * FITS_TWICE))
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


@pytest.mark.capability("A32")
def test_a_file_that_no_wait_helps_is_refused_without_one(at_files: Browser) -> None:
    answer = sent_by_script(at_files, SimpleUploadedFile("empty.pdf", b""))
    assert (answer.status_code, "Retry-After" in answer.headers) == (204, False)


@pytest.mark.capability("A32")
def test_without_a_script_many_files_lead_to_the_page_that_says_so_and_answers_are_kept(
    at_files: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_limits, "MOST_AN_HOUR", 0)
    post = {
        **at_files.hidden(at_files.get("files")),
        "q-note": "Kept",
        "q-reports": pdf_file(),
        "add": "reports",
    }
    answer = at_files.client.post(at_files.url("files"), post)
    assert (answer.status_code, answer["Location"]) == (302, at_files.url("files"))
    assert StepAnswers.objects.get(step="files").answers["note"] == "Kept"


@pytest.mark.capability("A32")
def test_a_page_that_is_the_answer_itself_asks_to_wait_for_files(
    at_files: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_limits, "MOST_AN_HOUR", 0)
    answer = add(at_files, pdf_file(), **{"q-note": "x y " * MOST_BYTES})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert "You have added many files in a short time." in answer.content.decode()


@override_settings(UPLOAD_DAY_MAX_BYTES=FITS_TWICE)
def test_what_was_too_much_is_not_counted_nor_left_on_the_disk(at_files: Browser, disk: Path) -> None:
    add(at_files, pdf_file("0.pdf", text="0"))
    add(at_files, pdf_file("long.pdf", text="long" * FITS_TWICE))
    add(at_files, pdf_file("1.pdf", text="1"))
    assert sorted(upload.name for upload in Upload.objects.all()) == ["0.pdf", "1.pdf"]
    assert len([path for path in disk.rglob("*") if path.is_file()]) == 2


def test_a_file_is_on_the_disk_before_the_form_is_held(at_files: Browser, disk: Path) -> None:
    """So that a slow disk holds up neither what is typed in another window nor what is sent."""
    written: list[bool] = []

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SELECT") and '"forms_engine_draft"."submitted_at" IS NULL' in sql:
            written.append(any(path.is_file() for path in disk.rglob("*")))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        add(at_files, pdf_file())
    assert written[-1]


def test_removing_an_item_removes_its_files_alone(at_files: Browser) -> None:
    add(at_files, pdf_file())
    at_files.client.post(at_files.url("choices"), {"do": "remove", "item": "aaaa0001", "sure": "yes"})
    assert Upload.objects.count() == 1
