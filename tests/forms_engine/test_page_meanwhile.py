"""A page that another tab or device has changed the place of, since it was opened: what was typed on it is not lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine.models import Assignment, StepAnswers, Submission, Upload
from tests.conftest import sign_in_client
from tests.forms_engine import editing, sample
from tests.forms_engine.conftest import Browser, ask, pdf_file, publish

TEXT = "Two hours of writing about Ada."
KEPT = "We saved what you wrote."
AT_SCHOOL, AT_HOME = {"q-where": "at-school"}, {"q-where": "at-home", "q-why-home": ""}


def form() -> dict[str, Any]:
    """A page that stands on the path only where a school is wanted, and on the next a question that does."""
    data = editing.small()
    place, visits, send = data["sections"][0]["steps"]
    visits["questions"].append({"id": "day", "type": "long_text", "label": "How was it?"})
    only_at_school = {**visits["show_if"]}
    more = {
        "id": "more",
        "kind": "questions",
        "title": "More",
        "questions": [
            {"id": "any", "type": "long_text", "label": "Anything else?"},
            {"id": "story", "type": "long_text", "label": "How was school?", "show_if": only_at_school},
        ],
    }
    data["sections"][0]["steps"] = [place, visits, more, send]
    return data


@pytest.fixture
def browser(sams_browser: Callable[[Assignment], Browser], sam_parent: User) -> Browser:
    browser = sams_browser(ask(publish(form()), sam_parent))
    browser.post("place", AT_SCHOOL)
    return browser


def post(browser: Browser, page: HttpResponse, step: str, typed: dict[str, Any], item: str = "") -> Any:
    """Press Continue on a page that was opened a while ago."""
    return browser.client.post(browser.url(step, item), {**browser.hidden(page), **typed})


def saved(step: str) -> dict[str, Any]:
    answers: dict[str, Any] = StepAnswers.objects.get(step=step, item="").answers
    return answers


def text_of(browser: Browser, url: str) -> str:
    return " ".join(browser.client.get(url, follow=True).content.decode().split())


def test_a_page_that_is_not_asked_any_more_is_saved_all_the_same_and_that_is_said(browser: Browser) -> None:
    page = browser.get("visits")
    browser.post("place", AT_HOME)
    answer = post(browser, page, "visits", {"q-seen": "yes", "q-day": TEXT})
    assert KEPT in text_of(browser, answer.url)
    assert saved("visits") == {"seen": "yes", "day": TEXT}
    browser.post("send", {})
    assert "day" not in Submission.objects.get().content.values, "it counts as absent"


def test_asked_again_it_is_there_again(browser: Browser) -> None:
    page = browser.get("visits")
    browser.post("place", AT_HOME)
    post(browser, page, "visits", {"q-day": TEXT})
    browser.post("place", AT_SCHOOL)
    assert TEXT in browser.get("visits").content.decode()


def test_a_page_that_is_not_asked_any_more_and_was_left_empty_is_nothing_to_speak_of(
    browser: Browser,
) -> None:
    page = browser.get("visits")
    browser.post("place", AT_HOME)
    answer = post(browser, page, "visits", {})
    assert KEPT not in text_of(browser, answer.url)


def test_two_texts_of_a_page_that_is_not_asked_any_more_are_both_shown(browser: Browser) -> None:
    browser.post("visits", {"q-day": "Before"})
    page = browser.get("visits")
    browser.post("visits", {"q-day": "On the phone"})
    browser.post("place", AT_HOME)
    clash = post(browser, page, "visits", {"q-day": TEXT})
    assert "Which text do you want to keep?" in clash.content.decode()
    assert "On the phone" in clash.content.decode()
    post(browser, clash, "visits", {"keep-day": "both", "q-day": TEXT})
    assert saved("visits")["day"] == f"On the phone\n\n{TEXT}"


def test_a_file_on_a_page_that_is_not_asked_any_more_is_kept(
    sams_browser: Callable[[Assignment], Browser], sam_parent: User
) -> None:
    data = form()
    data["sections"][0]["steps"][1]["questions"].append({"id": "photo", "type": "file", "label": "A photo"})
    browser = sams_browser(ask(publish(data), sam_parent))
    browser.post("place", AT_SCHOOL)
    page = browser.get("visits")
    browser.post("place", AT_HOME)
    post(browser, page, "visits", {"q-day": TEXT, "q-photo": pdf_file()})
    assert Upload.objects.get().question == "photo"


def test_a_question_that_is_not_asked_any_more_is_saved_with_the_others(browser: Browser) -> None:
    page = browser.get("more")
    browser.post("place", AT_HOME)
    answer = post(browser, page, "more", {"q-any": "No", "q-story": TEXT})
    assert answer.url == browser.url("send")
    assert KEPT in text_of(browser, answer.url)
    assert saved("more") == {"any": "No", "story": TEXT}


def test_a_question_that_the_page_did_not_show_keeps_its_text(browser: Browser) -> None:
    browser.post("more", {"q-any": "", "q-story": TEXT})
    browser.post("place", AT_HOME)
    page = browser.get("more")
    browser.post("place", AT_SCHOOL)
    post(browser, page, "more", {"q-any": "Yes"})
    assert saved("more") == {"any": "Yes", "story": TEXT}


def test_two_texts_to_a_question_that_is_not_asked_any_more_are_both_shown(browser: Browser) -> None:
    page = browser.get("more")
    browser.post("more", {"q-any": "", "q-story": "On the phone"})
    browser.post("place", AT_HOME)
    clash = post(browser, page, "more", {"q-any": "", "q-story": TEXT})
    assert TEXT in clash.content.decode()
    post(browser, clash, "more", {"q-any": "", "q-story": TEXT, "keep-story": "mine"})
    assert saved("more")["story"] == TEXT


@pytest.mark.parametrize(
    "ids",
    ["nothing-of-ours", "any any any", "", "\0", "../story"],
    ids=["unknown", "twice", "none", "nul", "path"],
)
def test_whatever_a_browser_says_was_shown_only_questions_of_the_page_are_kept(
    browser: Browser, ids: str
) -> None:
    post(browser, browser.get("more"), "more", {"shown": ids, "q-any": "Yes", "q-nothing-of-ours": "x"})
    assert set(saved("more")) <= {"any"}


# A repeating group that got full.


@pytest.fixture
def full(sams: Browser) -> tuple[Browser, HttpResponse]:
    """Sam opened "Add another" in one tab, and added as many as there may be in the other."""
    sams.fill_in(until="choices")
    page = sams.get("choices", "bbbb0001")
    for number in range(3):
        sams.post("choices", sample.SCHOOL, f"aaaa000{number}")
    return sams, page


def test_one_item_too_many_is_shown_to_be_copied(full: tuple[Browser, HttpResponse]) -> None:
    browser, page = full
    answer = post(browser, page, "choices", {**sample.SCHOOL, "q-school-why": TEXT}, "bbbb0001")
    body = answer.content.decode()
    assert "This page was not saved" in body
    assert TEXT in body
    assert "You can add up to 3. To add another, remove one first." in body
    assert browser.url("choices") in body
    assert StepAnswers.objects.filter(step="choices").exclude(item="").count() == 3


def test_an_item_that_is_there_is_changed_in_a_full_group(full: tuple[Browser, HttpResponse]) -> None:
    browser, _page = full
    browser.post("choices", {**sample.SCHOOL, "q-school-why": TEXT}, "aaaa0001")
    assert StepAnswers.objects.get(item="aaaa0001").answers["school-why"] == TEXT


# Signed out in between.


def signed_out(browser: Browser, page: HttpResponse, step: str, typed: dict[str, str], item: str = "") -> str:
    """Press Continue after the sign-in has run out. Where signing in leads."""
    answer = Client().post(browser.url(step, item), {**browser.hidden(page), **typed})
    return parse_qs(urlsplit(answer.url).query)["next"][0]


@pytest.mark.parametrize("hours", [2, 13, 24 * 30])
def test_a_page_that_was_left_open_keeps_what_is_typed_as_long_as_its_form_is_there(
    browser: Browser, sam_parent: User, hours: int
) -> None:
    page = browser.get("visits")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        back = signed_out(browser, page, "visits", {"q-day": TEXT})
        assert TEXT in sign_in_client(Client(), sam_parent).get(back).content.decode()


def test_signed_out_a_page_that_is_not_asked_any_more_is_shown_to_be_copied(browser: Browser) -> None:
    page = browser.get("visits")
    browser.post("place", AT_HOME)
    back = signed_out(browser, page, "visits", {"q-day": TEXT})
    body = browser.client.get(back).content.decode()
    assert "This page is not asked any more" in body
    assert TEXT in body


def test_signed_out_a_question_that_is_not_asked_any_more_travels_along(browser: Browser) -> None:
    page = browser.get("more")
    browser.post("place", AT_HOME)
    restored = browser.client.get(signed_out(browser, page, "more", {"q-any": "No", "q-story": TEXT}))
    post(browser, restored, "more", {"q-any": "No"})
    assert saved("more") == {"any": "No", "story": TEXT}


def test_signed_out_one_item_too_many_is_shown_to_be_copied(full: tuple[Browser, HttpResponse]) -> None:
    browser, page = full
    back = signed_out(browser, page, "choices", {**sample.SCHOOL, "q-school-why": TEXT}, "bbbb0001")
    assert TEXT in browser.client.get(back).content.decode()


def test_signed_out_what_comes_after_the_sending_is_shown_to_be_copied(browser: Browser) -> None:
    page = browser.get("visits")
    browser.post("send", {})
    body = browser.client.get(signed_out(browser, page, "visits", {"q-day": TEXT})).content.decode()
    assert "This form has been sent already" in body
    assert TEXT in body
    assert reverse("forms:sent", args=[Submission.objects.get().pk]) in body
