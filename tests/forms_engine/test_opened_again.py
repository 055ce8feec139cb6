"""A form that was sent and is opened again: what is wanted, where it begins, and in which words."""

import copy
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.dates import day_text
from forms_engine import start
from forms_engine.models import Assignment, Submission, SubmissionContent
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, pdf_file, publish

REASON = "Which of the two schools is first?"


@pytest.fixture
def sent(sams: Browser, asked: Assignment) -> Browser:
    sams.fill_in()
    sams.post("files", {**sample.FILES, "q-reports": pdf_file(), "add": "reports"})
    sams.submit()
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.REOPENED, reason=REASON)
    asked.refresh_from_db()
    return sams


def first_page(browser: Browser, asked: Assignment) -> str:
    return str(browser.client.get(reverse("forms:assignment", args=[asked.pk])).content.decode())


def test_the_first_page_says_what_is_wanted_now_and_nothing_of_the_first_time(
    sent: Browser, asked: Assignment
) -> None:
    page = first_page(sent, asked)
    assert REASON in page
    assert "Change your answers</button>" in page
    assert sample.SAMPLE["intro"] not in page
    assert asked.why not in page


def test_it_opens_at_the_answers_that_were_sent_and_says_on_each_page_what_is_wanted(
    sent: Browser, asked: Assignment
) -> None:
    opened = sent.client.post(reverse("forms:assignment", args=[asked.pk]), follow=True)
    again = Browser(sent.client, start.start(asked, timezone.now()))
    assert opened.redirect_chain[-1][0] == again.url("check")
    for step in ("check", "you", "choices"):
        assert REASON in again.get(step).content.decode()


def test_whoever_has_begun_goes_straight_to_her_page(sams: Browser, asked: Assignment) -> None:
    carry_on = reverse("forms:carry_on", args=[asked.pk])
    sams.post("you", sample.YOU)
    assert sams.client.get(carry_on, follow=True).redirect_chain[-1][0] == sams.url("wish")
    sams.draft.delete()
    assert sams.client.get(carry_on)["Location"] == reverse("forms:assignment", args=[asked.pk])


def rewording(data: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    changed["sections"][0]["steps"][0]["questions"].pop()
    return changed


def test_it_keeps_the_questions_that_its_answers_belong_to(
    sent: Browser, asked: Assignment, sample_data: dict[str, Any]
) -> None:
    publish(rewording(sample_data), number=2)
    assert start.start(asked, timezone.now()).version.number == 1


def test_where_the_answers_were_deleted_it_begins_with_the_newest_questions(
    sent: Browser, asked: Assignment, sample_data: dict[str, Any]
) -> None:
    publish(rewording(sample_data), number=2)
    SubmissionContent.objects.all().delete()
    assert start.start(asked, timezone.now()).version.number == 2


def test_an_earlier_sending_says_what_counts_now_and_that_its_answers_are_kept(
    sent: Browser, asked: Assignment
) -> None:
    first = Submission.objects.get()
    receipt = reverse("forms:sent", args=[first.pk])
    assert "sent this form again" not in sent.client.get(receipt).content.decode()
    again = Browser(sent.client, start.start(asked, timezone.now()))
    again.submit()

    later = Submission.objects.exclude(pk=first.pk).get()
    page = " ".join(sent.client.get(receipt).content.decode().split())

    assert f"You sent this form again on {day_text(later.submitted_at)}." in page
    assert f'href="{reverse("forms:sent", args=[later.pk])}">{later.reference}</a>' in page
    assert "We still keep the answers that were sent here." in page
    # What happens next is said where it is true: on the page of the one that counts.
    assert "What happens next" not in page
    assert "What happens next" in sent.client.get(reverse("forms:sent", args=[later.pk])).content.decode()


def test_what_was_deleted_is_not_said_to_be_kept(sent: Browser, asked: Assignment) -> None:
    Browser(sent.client, start.start(asked, timezone.now())).submit()
    first = Submission.objects.earliest("submitted_at")
    first.content.delete()

    page = sent.client.get(reverse("forms:sent", args=[first.pk])).content.decode()

    assert "sent this form again" in page
    assert "We still keep" not in page
