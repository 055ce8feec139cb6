"""One window sends the form while another still works on it: nothing is kept in a sent form, and nothing is lost."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.private_files import private_storage
from forms_engine import drafts, submit, uploads
from forms_engine.drafts import Filling, Shut
from forms_engine.models import Draft, Party, StepAnswers, Submission, SubmissionFile, Upload
from forms_engine.spec import Step
from tests.forms_engine import sample
from tests.forms_engine.at_once import at_once
from tests.forms_engine.conftest import TODAY, Browser, filling_of, pdf_file


@pytest.fixture
def ready(sams: Browser) -> Browser:
    """Everything is filled in, with a file and the declaration, and not sent."""
    sams.fill_in(until="files")
    sams.post("files", {**sample.FILES, "q-reports": pdf_file()})
    sams.post("check", {**sample.DECLARED, "later": "yes"})
    return sams


def send(draft: Draft) -> Submission:
    party = Party.objects.select_related("draft__assignment", "draft__version").get(draft=draft)
    shown = submit.shown_answers(drafts.load(party, TODAY))
    try:
        return submit.submit(party, timezone.now(), TODAY, shown)
    except submit.Changed:
        return send(draft)  # she looks again


def step(filling: Filling, name: str) -> Step:
    return filling.form.steps_by_id[name]


def save_again(filling: Filling) -> None:
    row = filling.row("you")
    drafts.save(filling, ("you", ""), row.answers | {"story": "Another story."}, row.rev)


def save_anew(filling: Filling) -> None:
    drafts.save(filling, ("choices", "new00001"), {"school-name": "Oakfield"}, 0)


def add_file(filling: Filling) -> None:
    files = step(filling, "files")
    uploads.add(filling, files, "", files.questions[0], pdf_file("late.pdf", text="late"))


CHANGES: dict[str, Callable[[Filling], None]] = {
    "a page saved again": save_again,
    "a new item": save_anew,
    "an item removed": lambda filling: drafts.remove_item(filling, "choices", "aaaa0001"),
    "items arranged": lambda filling: drafts.arrange(filling, "choices", ["aaaa0001"]),
    "a file added": add_file,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_is_kept_in_a_form_that_was_sent_since_the_page_was_read(
    ready: Browser, change: Callable[[Filling], None]
) -> None:
    filling = filling_of(ready.draft)
    send(ready.draft)
    with pytest.raises(Shut):
        change(filling)
    assert not StepAnswers.objects.exists()
    assert not Upload.objects.exists()


def test_a_file_that_was_sent_meanwhile_stays(ready: Browser) -> None:
    filling, file = filling_of(ready.draft), str(Upload.objects.get().pk)
    submission = send(ready.draft)
    with pytest.raises(Shut):
        uploads.remove(filling, step(filling, "files"), "", file)
    sent = submission.files.get(role=SubmissionFile.Role.UPLOAD)
    assert private_storage().exists(sent.stored.name)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_sent_while_a_file_is_removed_has_the_file_or_not_at_all(ready: Browser) -> None:
    stored = Upload.objects.get().stored.name
    filling, file = filling_of(ready.draft), str(Upload.objects.get().pk)

    def remove() -> None:
        with suppress(Shut):
            uploads.remove(filling, step(filling, "files"), "", file)

    work: list[Callable[[], Any]] = [lambda: send(ready.draft), remove]
    at_once(2, lambda: work.pop()())
    has_file = SubmissionFile.objects.filter(role=SubmissionFile.Role.UPLOAD).exists()
    assert private_storage().exists(stored) == has_file
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_whoever_is_told_that_it_is_saved_finds_it_in_what_was_sent(ready: Browser) -> None:
    told: list[str] = []

    def told_after(name: str) -> Callable[[], None]:
        filling = filling_of(ready.draft)

        def run() -> None:
            try:
                CHANGES[name](filling)
            except Shut:
                return
            told.append(name)

        return run

    work: list[Callable[[], Any]] = [told_after(name) for name in ("a page saved again", "a new item")]
    work += [told_after("a file added"), lambda: send(ready.draft)]
    at_once(4, lambda: work.pop()())
    submission = Submission.objects.get()
    typed = {(page["step"], page["item"]): page["answers"] for page in submission.content.typed}
    assert (typed["you", ""]["story"] == "Another story.") == ("a page saved again" in told)
    assert (("choices", "new00001") in typed) == ("a new item" in told)
    names = set(submission.files.values_list("name", flat=True))
    assert ("late.pdf" in names) == ("a file added" in told)
    assert not StepAnswers.objects.exists()
    assert not Upload.objects.exists()


def delete_when(sql_begins: str, draft: Draft) -> Any:
    """Delete the draft, as another window would, when the first statement comes that begins so."""
    done: list[bool] = []

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(sql_begins) and not done:
            done.append(True)
            Draft.objects.filter(pk=draft.pk).delete()
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)


def test_what_was_typed_into_a_form_that_is_deleted_meanwhile_is_shown_to_be_copied(ready: Browser) -> None:
    hidden = ready.hidden(ready.get("you"))
    with delete_when('UPDATE "forms_engine_stepanswers"', ready.draft):
        answer = ready.client.post(ready.url("you"), {**hidden, **sample.YOU, "q-story": "Afraid of dogs."})
    page = answer.content.decode()
    assert "This form is not there any more" in page
    assert "Afraid of dogs." in page
    assert reverse("forms:mine") in page


def test_a_form_that_is_deleted_while_it_is_sent_is_not_there_any_more(ready: Browser) -> None:
    filling = filling_of(ready.draft)
    Draft.objects.all().delete()
    with pytest.raises(Shut):
        submit.submit(filling.party, timezone.now(), TODAY, submit.shown_answers(filling))


def late(browser: Browser, answers: dict[str, Any]) -> Any:
    """A page that was opened before the form was sent, and is posted after."""
    hidden = browser.hidden(browser.get("files" if "q-note" in answers else "you"))
    url = browser.url("files" if "q-note" in answers else "you")
    send(browser.draft)
    return browser.client.post(url, {**hidden, **answers})


def test_what_comes_after_the_sending_is_shown_to_be_copied(ready: Browser) -> None:
    page = late(ready, sample.YOU | {"q-story": "One more thing: she is afraid of dogs."}).content.decode()
    assert "This form has been sent already" in page
    assert "What should we know?" in page
    assert "One more thing: she is afraid of dogs." in page
    assert "Your name" not in page
    assert reverse("forms:sent", args=[Submission.objects.get().pk]) in page


def test_a_file_that_comes_after_the_sending_is_named(ready: Browser) -> None:
    file: SimpleUploadedFile = pdf_file("psychologist.pdf")
    page = late(ready, {**sample.FILES, "q-reports": file}).content.decode()
    assert "psychologist.pdf" in page
    assert not Upload.objects.exists()


def test_a_page_that_was_sent_as_it_is_leads_to_the_receipt(ready: Browser) -> None:
    assert late(ready, sample.YOU).url == reverse("forms:sent", args=[Submission.objects.get().pk])
