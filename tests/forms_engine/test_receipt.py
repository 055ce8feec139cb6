"""After sending: the receipt, the PDF, the copy to print. Before: the copies that say that nothing was sent."""

import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import start
from forms_engine.models import Assignment, Draft, Submission, SubmissionContent, SubmissionFile
from forms_engine.pages.receipt import margin_text
from forms_engine.ways_back import WayBack, ways_back
from tests.forms_engine.conftest import Browser, ask, publish


@pytest.fixture
def sent(sams: Browser) -> Submission:
    sams.fill_in()
    sams.submit()
    return Submission.objects.get()


def bytes_of(response: HttpResponse) -> bytes:
    content: bytes = response.getvalue()
    return content


def title_of(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(pdf.docinfo["/Title"])


@pytest.mark.capability("B14", "B15")
def test_the_receipt_has_the_reference_and_says_what_happens_next(sams: Browser, sent: Submission) -> None:
    page = sams.client.get(reverse("forms:sent", args=[sent.pk])).content.decode()
    assert sent.reference in page
    assert "We read your form and ask the schools." in page
    assert "You do not need to do anything." in page


@pytest.mark.capability("B32")
def test_a_name_is_never_markup_on_the_receipt(
    sample_data: dict[str, object], signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    sample_data["submitted"] = "<p>We write to you about {child} soon.</p>"
    asked = ask(publish(sample_data), sam_parent, about_name="<b>Ada</b> & co")
    browser = Browser(signed_in_client(sam_parent), start.start(asked, timezone.now()))
    browser.fill_in()
    page = browser.client.get(browser.submit().url).content.decode()
    assert "We write to you about &lt;b&gt;Ada&lt;/b&gt; &amp; co soon." in page


def test_the_pdf_is_made_once_and_is_the_same_ever_after(sams: Browser, sent: Submission) -> None:
    url = reverse("forms:sent_pdf", args=[sent.pk])
    first, second = bytes_of(sams.client.get(url)), bytes_of(sams.client.get(url))
    assert first == second
    assert title_of(first) == "Sample Form"
    assert SubmissionFile.objects.get(role="pdf").name == f"{sent.reference}.pdf"


def test_the_pdf_can_be_read_aloud(sams: Browser, sent: Submission) -> None:
    content = bytes_of(sams.client.get(reverse("forms:sent_pdf", args=[sent.pk])))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert "/StructTreeRoot" in pdf.Root


def test_the_pdf_of_a_draft_is_a_copy_that_is_kept_nowhere(sams: Browser) -> None:
    sams.fill_in(until="read")
    response = sams.client.get(reverse("forms:pdf", args=[sams.draft.pk]))
    assert title_of(bytes_of(response)) == "Sample Form"
    assert "not-sent" in response["Content-Disposition"]
    assert not SubmissionFile.objects.exists()


def test_the_printed_draft_says_that_it_was_not_sent(sams: Browser) -> None:
    sams.fill_in(until="read")
    page = sams.client.get(reverse("forms:print", args=[sams.draft.pk])).content.decode()
    assert "This form has not been sent." in page
    assert "She needs quiet." in page
    assert "Change" not in page


def test_what_was_sent_can_be_read_and_printed_in_the_words_it_was_asked_in(
    sams: Browser, sent: Submission
) -> None:
    page = sams.client.get(reverse("forms:sent_print", args=[sent.pk])).content.decode()
    for words in (sent.reference, "Where should Ada learn?", "At a school", "Northgate School"):
        assert words in page
    assert "not been sent" not in page


def test_once_the_content_is_deleted_the_receipt_still_stands(sams: Browser, sent: Submission) -> None:
    SubmissionContent.objects.all().delete()
    page = sams.client.get(reverse("forms:sent", args=[sent.pk])).content.decode()
    assert sent.reference in page
    assert "The answers have been deleted" in page
    for name in ("forms:sent_pdf", "forms:sent_print"):
        assert sams.client.get(reverse(name, args=[sent.pk])).status_code == 404


def test_the_first_page_then_leads_to_the_receipt(sams: Browser, sent: Submission, asked: Assignment) -> None:
    page = sams.client.get(reverse("forms:assignment", args=[asked.pk])).content.decode()
    assert sent.reference in page
    assert "Carry on" not in page


@pytest.mark.parametrize(
    ("sent_on", "text"),
    [
        (dt.date(2026, 10, 20), "That is 6 days before the last day."),
        (dt.date(2026, 10, 25), "That is 1 day before the last day."),
        (dt.date(2026, 10, 26), "That was on the last day."),
        (dt.date(2026, 10, 27), ""),
    ],
)
def test_how_long_before_the_last_day_it_was_sent(sent_on: dt.date, text: str) -> None:
    assert margin_text(dt.date(2026, 10, 26), sent_on) == text


def test_a_new_last_day_does_not_change_by_which_one_it_was_sent(
    sams: Browser, sent: Submission, asked: Assignment
) -> None:
    Assignment.objects.update(due=dt.date(2020, 1, 1))
    assert Submission.objects.get().due == asked.due


def test_closing_leads_to_the_page_of_whoever_asked(sams: Browser, draft: Draft) -> None:
    Assignment.objects.update(about_kind="test.case")
    ways_back.register("test.case", lambda assignment: WayBack("/cases/ada/", "Back to Ada’s dashboard"))
    try:
        page = sams.get("you").content.decode()
        saved = sams.client.get(reverse("forms:saved", args=[draft.pk])).content.decode()
    finally:
        ways_back._entries.pop("test.case")
    assert '<a class="govuk-link" href="/cases/ada/">Close the form</a>' in page
    assert "Back to Ada’s dashboard" in saved


def test_without_one_it_leads_home(sams: Browser) -> None:
    assert sams.get("you").context["side"].close == reverse("home:start")
