"""Sending a form: whole or not at all, and once however often it is asked."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit, outbox
from core.models import OutboxItem
from forms_engine import delivery, start, submit
from forms_engine.models import (
    Assignment,
    Delivery,
    Draft,
    Party,
    StepAnswers,
    Submission,
    SubmissionFile,
    Upload,
)
from forms_engine.registries import handlers
from forms_engine.rules.opening import Opening
from forms_engine.tree import from_json
from forms_engine.views import check
from tests.forms_engine import sample
from tests.forms_engine.at_once import at_once
from tests.forms_engine.conftest import TODAY, Browser, ask, filling_of, pdf_file, publish


@pytest.fixture
def ready(sams: Browser) -> Browser:
    """Everything is filled in, with a file, up to "check your answers"."""
    sams.fill_in(until="files")
    sams.post("files", {**sample.FILES, "q-reports": pdf_file()})
    return sams


def party_of(draft: Draft) -> Party:
    return Party.objects.select_related("draft__assignment").get(draft=draft)


def test_a_submission_keeps_who_what_and_when(ready: Browser, asked: Assignment) -> None:
    ready.submit()
    submission = Submission.objects.get()
    assert re.fullmatch(r"SMP-\w{4}-\w{4}", submission.reference)
    assert submission.submitted_by == asked.addressee
    assert submission.assignment == asked
    assert submission.version == ready.draft.version
    assert submission.digest == submit.digest(submission.salt, submission.content)


def test_the_content_holds_values_for_handlers_and_the_words_of_each_question(ready: Browser) -> None:
    ready.submit()
    content = Submission.objects.get().content
    assert content.values["born"] == "2019-05-03"
    assert content.values["choices"] == [{"school-name": "Northgate School", "school-why": "A small class."}]
    rows = {row.asked: row.said for row in from_json(content.tree).rows()}
    assert rows["Where should Ada learn?"] == ("At a school",)
    assert rows["Add a report"] == ("report.pdf",)


def test_what_left_the_path_is_not_sent(ready: Browser) -> None:
    ready.post("wish", sample.WISH_HOME)
    ready.submit()
    content = Submission.objects.get().content
    assert "seen" not in content.values
    assert "visit" not in {page["step"] for page in content.typed}


def test_files_go_along_under_the_same_id_and_bytes(ready: Browser) -> None:
    upload = Upload.objects.get()
    ready.submit()
    file = SubmissionFile.objects.get()
    assert (file.pk, file.stored.name, file.sha256) == (upload.pk, upload.stored.name, upload.sha256)
    assert Submission.objects.get().content.values["reports"] == [str(file.pk)]
    assert file.stored.read().startswith(b"%PDF")


def test_the_answers_then_live_in_the_submission_alone(
    ready: Browser, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        ready.submit()
    assert not StepAnswers.objects.exists()
    assert not Upload.objects.exists()
    assert SubmissionFile.objects.get().stored.read().startswith(b"%PDF")


@pytest.mark.capability("B15")
def test_an_email_without_names_or_answers_is_on_its_way(ready: Browser, asked: Assignment) -> None:
    ready.submit()
    item = OutboxItem.objects.get(kind="email_person")
    submission = Submission.objects.get()
    assert item.payload["person"] == str(asked.addressee_id)
    assert item.payload["template"] == "form-received"
    assert item.payload["context"]["reference"] == submission.reference
    for private in ("Ada", "Northgate", "sam.parent"):
        assert private not in json.dumps(item.payload)


def test_a_double_click_gives_one_submission_and_two_receipts(ready: Browser) -> None:
    hidden = ready.hidden(ready.get("check"))
    answers = [ready.client.post(ready.url("check"), {**hidden, **sample.DECLARED}) for _time in range(2)]
    submission = Submission.objects.get()
    assert {answer.url for answer in answers} == {reverse("forms:sent", args=[submission.pk])}


def test_answers_that_changed_since_they_were_shown_are_looked_at_again_before_they_are_sent(
    ready: Browser,
) -> None:
    hidden = ready.hidden(ready.get("check"))
    ready.post("you", {**sample.YOU, "q-story": "Written on the phone."})
    answer = ready.client.post(ready.url("check"), {**hidden, **sample.DECLARED})
    again = ready.client.get(answer.url)
    page = again.content.decode()
    assert "Your answers have changed since you opened this page." in page
    assert "Written on the phone." in page
    assert not Submission.objects.exists()
    assert StepAnswers.objects.get(step="check").answers == {"true": "yes"}, "her tick is kept"
    ready.client.post(ready.url("check"), {**ready.hidden(again), **sample.DECLARED})
    assert Submission.objects.get().content.values["story"] == "Written on the phone."


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda ready: ready.post("you", sample.YOU), id="a page saved as it was"),
        pytest.param(lambda ready: ready.post("check", {"later": "yes"}), id="the declaration"),
        pytest.param(lambda ready: ready.get("wish"), id="a page only looked at"),
    ],
)
def test_what_changes_no_answer_stops_nobody(ready: Browser, change: Callable[[Browser], object]) -> None:
    hidden = ready.hidden(ready.get("check"))
    change(ready)
    ready.client.post(ready.url("check"), {**hidden, **sample.DECLARED})
    assert Submission.objects.exists()


@pytest.mark.parametrize("told", ["", "forged", "\0"])
def test_a_post_that_does_not_say_what_it_showed_sends_nothing(ready: Browser, told: str) -> None:
    hidden = ready.hidden(ready.get("check")) | {"answers": told}
    assert "changed=1" in ready.client.post(ready.url("check"), {**hidden, **sample.DECLARED}).url
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_posts_at_once_give_one_submission(ready: Browser) -> None:
    hidden = ready.hidden(ready.get("check"))
    cookies = {name: cookie.value for name, cookie in ready.client.cookies.items()}

    def press() -> str:
        client = Client()
        client.cookies.load(cookies)
        return str(client.post(ready.url("check"), {**hidden, **sample.DECLARED}).url)

    urls = at_once(8, press)
    assert urls == [reverse("forms:sent", args=[Submission.objects.get().pk])] * 8
    assert OutboxItem.objects.filter(kind="email_person").count() == 1
    assert SubmissionFile.objects.count() == 1


def test_two_windows_that_tick_differently_are_no_clash(ready: Browser) -> None:
    filling = filling_of(ready.draft)
    ready.post("check", {"later": "yes"})
    check.keep(filling, filling.form.steps_by_id["check"], {"true": "yes"})
    check.keep(filling, filling.form.steps_by_id["check"], {"true": ""})
    assert StepAnswers.objects.get(step="check").answers == {"true": ""}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_windows_that_tick_at_once_are_no_clash_either(ready: Browser) -> None:
    ticks = [{"true": "yes"}, {"true": ""}] * 4

    def keep() -> bool:
        filling = filling_of(ready.draft)
        check.keep(filling, filling.form.steps_by_id["check"], ticks.pop())
        return True

    assert at_once(8, keep) == [True] * 8


def test_pages_of_a_sent_form_lead_to_the_receipt(ready: Browser) -> None:
    ready.submit()
    receipt = reverse("forms:sent", args=[Submission.objects.get().pk])
    assert ready.get("you").url == receipt
    assert ready.client.post(ready.url("you"), sample.YOU).url == receipt
    assert ready.client.get(reverse("forms:resume", args=[ready.draft.pk])).url == receipt


def test_without_the_declaration_nothing_is_sent(ready: Browser) -> None:
    response = ready.post("check", {})
    page = response.content.decode()
    assert "<title>Error:" in page
    assert "Tick the box" in page
    assert 'href="#q-true"' in page
    assert not Submission.objects.exists()


def test_what_is_missing_is_listed_with_a_link_and_nothing_is_sent(sams: Browser) -> None:
    sams.fill_in(until="visit")
    response = sams.post("check", sample.DECLARED)
    page = response.content.decode()
    assert "pages still need an answer" in page
    assert "You can send the form as it is" not in page
    assert f"{sams.url('visit')}?check=1" in page
    assert not Submission.objects.exists()


def test_an_advised_answer_is_pointed_out_and_stops_nobody(ready: Browser) -> None:
    ready.post("files", {"q-note": "", "q-meeting": ""})
    page = ready.get("check").content.decode()
    assert "1 answer is empty" in page
    assert 'href="#a-meeting"' in page
    ready.submit()
    assert Submission.objects.exists()


def test_what_was_left_empty_and_may_be_is_folded_where_there_is_much_of_it(ready: Browser) -> None:
    ready.post("you", {"q-name": "Sam Parent"})
    about, *_rest = ready.get("check").context["cards"]
    assert [row.question for row in about.left_empty] == ["email", "born", "story"]
    assert [row.question for row in about.rows] == ["name", "where", "seen"]
    assert "3 questions that you left empty" in ready.get("check").content.decode()


def test_an_empty_question_for_files_says_no_file(sams: Browser) -> None:
    sams.fill_in()
    (papers,) = [card for card in sams.get("check").context["cards"] if card.title == "Supporting documents"]
    assert next(row.said for row in papers.rows if row.question == "reports") == ("No file",)


@pytest.mark.capability("B14")
def test_the_last_words_say_that_nothing_can_be_changed(ready: Browser) -> None:
    assert "You cannot change your answers here after you send them." in ready.get("check").content.decode()


def test_change_leads_back_to_the_answers(ready: Browser) -> None:
    assert f"{ready.url('you')}?check=1" in ready.get("check").content.decode()
    assert ready.post("you", sample.YOU, check="1").url == ready.url("check")
    assert ready.get("you", check="1").context["back"] == ready.url("check")


def fill_in_for_home(browser: Browser) -> None:
    """All pages as a parent fills them in whose child is to learn at home: she is not asked about a visit."""
    browser.fill_in(until="wish")
    browser.post("wish", sample.WISH_HOME)
    for step, answers in (("read", {}), ("files", sample.FILES)):
        browser.post(step, answers)
    browser.post("choices", sample.SCHOOL, "aaaa0001")
    browser.post("choices", {})


def test_change_leads_by_way_of_what_it_made_necessary(sams: Browser) -> None:
    fill_in_for_home(sams)
    assert sams.post("wish", sample.WISH_SCHOOL, check="1").url == f"{sams.url('visit')}?check=1"
    assert sams.post("visit", sample.VISIT, check="1").url == sams.url("check")


@pytest.fixture(params=[False, True], ids=["straight through", "a list of sections"])
def lenient(request: pytest.FixtureRequest, sample_data: dict[str, Any]) -> dict[str, Any]:
    """The sample form, of which the page that only some are asked needs no answer."""
    [seen] = sample_data["sections"][0]["steps"][2]["questions"]
    seen["level"] = "optional"
    return sample_data | {"task_list": request.param}


def test_change_leads_to_a_page_that_it_has_opened_and_may_stay_empty(
    sams_browser: Callable[[Assignment], Browser], lenient: dict[str, Any], sam_parent: User
) -> None:
    sams = sams_browser(ask(publish(lenient), sam_parent))
    fill_in_for_home(sams)

    assert sams.post("wish", sample.WISH_SCHOOL, check="1").url == f"{sams.url('visit')}?check=1"
    assert sams.post("visit", {}, check="1").url == sams.url("check")
    # Once she has been there, it is left empty at will.
    assert sams.post("wish", sample.WISH_SCHOOL, check="1").url == sams.url("check")


def test_change_leads_through_a_whole_section_that_it_has_opened(
    sams_browser: Callable[[Assignment], Browser], lenient: dict[str, Any], sam_parent: User
) -> None:
    _about, reading, schools, *_rest = lenient["sections"]
    schools["show_if"] = reading["show_if"] = {"question": "where", "op": "is", "value": "school"}
    schools["steps"][0]["group"]["least"] = 0
    sams = sams_browser(ask(publish(lenient), sam_parent))
    for step, answers in (("you", sample.YOU), ("wish", sample.WISH_HOME), ("files", sample.FILES)):
        sams.post(step, answers)

    sams.post("wish", sample.WISH_SCHOOL, check="1")
    met = [sams.post(step, {}, check="1").url for step in ("visit", "read", "choices")]
    assert met == [f"{sams.url('read')}?check=1", f"{sams.url('choices')}?check=1", sams.url("check")]


def test_what_everybody_is_asked_and_was_left_out_at_will_is_not_gone_through_after_a_change(
    sams_browser: Callable[[Assignment], Browser], lenient: dict[str, Any], sam_parent: User
) -> None:
    sams = sams_browser(ask(publish(lenient), sam_parent))
    sams.fill_in(until="files")

    assert sams.post("you", sample.YOU, check="1").url == sams.url("check")


def test_a_page_that_was_left_empty_is_not_gone_through_again_when_the_form_was_opened_again(
    sams_browser: Callable[[Assignment], Browser], lenient: dict[str, Any], sam_parent: User
) -> None:
    asked = ask(publish(lenient), sam_parent)
    first = sams_browser(asked)
    first.fill_in()
    first.post("visit", {"q-seen": ""})
    first.submit()
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.REOPENED, reason="Look again")
    asked.refresh_from_db()

    again = sams_browser(asked)
    assert again.post("wish", sample.WISH_SCHOOL, check="1").url == again.url("check")


def test_a_form_withdrawn_at_the_last_moment_is_not_sent(ready: Browser, asked: Assignment) -> None:
    drafts_party = party_of(ready.draft)
    ready.post("check", {**sample.DECLARED, "later": "yes"})
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.WITHDRAWN)
    with pytest.raises(submit.NotOpen):
        submit.submit(drafts_party, timezone.now(), TODAY, submit.shown_answers(filling_of(ready.draft)))
    assert not Submission.objects.exists()
    assert StepAnswers.objects.exists()


class Handler:
    """What a domain registers: remembers what it was given, and can refuse."""

    takes_unasked = False
    sent_from = ""
    letter = "form-received"

    def ready(self) -> Q:
        return Q()

    label = "A test remembers it"

    def __init__(self) -> None:
        self.submitted: list[str] = []
        self.delivered: list[str] = []
        self.refuses = False

    def on_submitted(self, submission: Submission) -> None:
        assert connection.in_atomic_block
        if self.refuses:
            raise RuntimeError
        self.submitted.append(submission.reference)

    def deliver(self, submission: Submission, key: object) -> None:
        if self.refuses:
            raise outbox.RetryLater
        self.delivered.append(str(key))


@pytest.fixture
def handler(sample_data: dict[str, object]) -> Iterator[Handler]:
    """The form's handler, registered before the form is published."""
    made = Handler()
    handlers.register("test.handler", made)
    sample_data["handler"] = "test.handler"
    yield made
    handlers._entries.pop("test.handler")


def test_the_handler_acts_in_the_same_transaction(handler: Handler, ready: Browser) -> None:
    ready.submit()
    assert handler.submitted == [Submission.objects.get().reference]


def test_where_the_handler_fails_nothing_is_sent_and_nothing_lost(
    handler: Handler, ready: Browser, asked: Assignment
) -> None:
    handler.refuses = True
    ready.client.raise_request_exception = False
    assert ready.submit().status_code == 500
    assert not Submission.objects.exists()
    asked.refresh_from_db()
    assert asked.state == Assignment.State.STARTED
    assert StepAnswers.objects.filter(step="you").exists()


def test_a_form_whose_handler_is_gone_is_kept_and_can_be_begun_by_nobody(
    handler: Handler, ready: Browser, asked: Assignment
) -> None:
    handlers._entries.pop("test.handler")
    answer = ready.submit()
    assert "Nobody could read it if you sent it now. What you typed is kept." in answer.content.decode()
    assert not Submission.objects.exists()
    assert StepAnswers.objects.exists()
    assert asked.form.opening(timezone.now()) is Opening.NOBODY
    handlers.register("test.handler", handler)
    assert ready.submit().status_code == 302


def test_delivery_is_tried_until_it_is_done(handler: Handler, ready: Browser) -> None:
    ready.submit()
    item = Delivery.objects.get().item
    handler.refuses = True
    with pytest.raises(outbox.RetryLater):
        delivery.deliver(item)
    handler.refuses = False
    delivery.deliver(item)
    assert handler.delivered == [str(item.pk)]


def test_what_became_of_a_delivery_stays_known_when_the_outbox_is_tidied(
    handler: Handler, ready: Browser
) -> None:
    ready.submit()
    long_ago = timezone.now() - dt.timedelta(days=90)
    OutboxItem.objects.update(state=OutboxItem.State.DONE, done_at=long_ago)
    outbox.tidy()
    assert OutboxItem.objects.get() == Delivery.objects.get().item


def test_submissions_are_sealed_with_the_audit(ready: Browser) -> None:
    ready.submit()
    Submission.objects.update(submitted_at=timezone.now() - dt.timedelta(hours=1))
    audit.seal()
    assert audit.verify() == []
    Submission.objects.update(reference="SMP-ANOTHER")
    assert audit.verify() == [f"submissions: row {Submission.objects.get().pk} was changed"]


def test_answers_that_were_changed_after_the_sending_show(ready: Browser) -> None:
    ready.submit()
    submission = Submission.objects.get()
    assert audit.verify(files=True) == []
    content = submission.content
    content.values |= {"story": "She needs nothing."}
    content.save()
    assert audit.verify() == [f"submissions: the answers of row {submission.pk} were changed"]
    content.delete()
    assert audit.verify() == []


def test_a_file_that_was_changed_after_the_sending_shows_where_files_are_read(ready: Browser) -> None:
    ready.submit()
    file = SubmissionFile.objects.get()
    with file.stored.open("r+b") as stored:
        stored.write(b"%PDX")
    assert audit.verify() == []
    fault = f"submissions: file {file.pk} of row {file.submission_id} was changed, or is missing"
    assert audit.verify(files=True) == [fault]


def test_a_form_opened_again_begins_with_what_was_sent(ready: Browser, asked: Assignment) -> None:
    ready.submit()
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.REOPENED)
    asked.refresh_from_db()
    again = start.start(asked, timezone.now())
    assert again != ready.draft
    filling = filling_of(again)
    assert filling.row("you").answers["story"] == "She needs quiet."
    assert filling.journey.values["choices"][0]["school-name"] == "Northgate School"
    assert [file.name for file in filling.files_at("files", "", "reports")] == ["report.pdf"]


def test_a_form_sent_again_makes_a_second_submission(ready: Browser, asked: Assignment) -> None:
    ready.submit()
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.REOPENED)
    asked.refresh_from_db()
    Browser(ready.client, start.start(asked, timezone.now())).submit()
    assert asked.submissions.count() == 2
    assert SubmissionFile.objects.count() == 2
