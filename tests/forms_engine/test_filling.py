"""Going through a form page by page."""

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.dates import weekday_day_text
from forms_engine.models import Assignment, Draft, StepAnswers, Submission
from forms_engine.pages.last_day import due_line
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser


@pytest.mark.capability("B32", "B14")
def test_a_parent_goes_through_the_whole_form_and_sends_it(sams: Browser, asked: Assignment) -> None:
    sams.fill_in()
    check = sams.get("check")
    assert "Northgate School" in check.content.decode()
    sent = sams.client.post(sams.url("check"), {**sams.hidden(check), **sample.DECLARED})
    submission = Submission.objects.get()
    assert sent.url == reverse("forms:sent", args=[submission.pk])
    receipt = sams.client.get(sent.url).content.decode()
    assert submission.reference in receipt
    asked.refresh_from_db()
    assert asked.state == Assignment.State.SUBMITTED


def test_the_form_says_who_asked_why_and_until_when(sams: Browser, asked: Assignment) -> None:
    page = sams.client.get(reverse("forms:assignment", args=[asked.pk])).content.decode()
    assert "We are writing the plan." in page
    assert "26 October" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Carry on" in page


def test_what_can_be_left_empty_and_when_one_is_signed_out_is_said_once_before_the_form(
    sams: Browser, asked: Assignment
) -> None:
    start = sams.client.get(reverse("forms:assignment", args=[asked.pk])).content.decode()
    assert "You can leave a question empty" in start
    assert "we sign you out" in start
    assert "we sign you out" not in sams.get("you").content.decode()


def test_a_page_says_where_it_stands_and_not_of_how_many(sams: Browser) -> None:
    assert sams.get("you").context["caption"] == "About Ada, page 1"


def test_what_was_saved_is_there_after_signing_in_again(
    sams: Browser, signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    sams.post("you", sample.YOU)
    page = Browser(signed_in_client(sam_parent), sams.draft).get("you").content.decode()
    for word in ("Sam Parent", "sam.parent@example.org", 'value="2019"', "She needs quiet."):
        assert word in page


def test_a_text_comes_back_exactly_as_it_was_typed(sams: Browser) -> None:
    typed = "  First line,\n\n    <b>second</b> & “third”\n"
    sams.post("you", sample.YOU | {"q-story": typed.replace("\n", "\r\n")})
    sams.post("you", {**sample.YOU, "q-story": typed_in_browser(sams)})
    assert answers(sams.draft, "you")["story"] == typed


def test_what_nobody_can_type_is_dropped_and_the_rest_is_saved(sams: Browser) -> None:
    sent = sams.post("you", sample.YOU | {"q-story": "She\0 needs\x07 quiet.", "q-born-day": "3\0"})
    assert sent.url == sams.url("wish")
    saved = answers(sams.draft, "you")
    assert (saved["story"], saved["born"]["day"]) == ("She needs quiet.", "3")


def typed_in_browser(browser: Browser) -> str:
    """What a browser holds in the box when the page is opened: HTML drops one line break after the tag."""
    page = browser.get("you").content.decode()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]  # type: ignore[index]
    return html.unescape(text.removeprefix("\n")).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("typed", "message", "field"),
    [
        pytest.param({"q-name": ""}, "Enter your name", "q-name", id="required answer missing"),
        pytest.param({"q-email": "sam.parent"}, "email address", "q-email", id="email without @"),
        pytest.param({"q-born-day": "31", "q-born-month": "2"}, "real date", "q-born-day", id="31 February"),
        pytest.param({"q-story": "x" * 5001}, "5,000 characters", "q-story", id="5,001 characters"),
    ],
)
def test_what_cannot_stand_is_shown_again_with_a_link_to_it(
    sams: Browser, typed: dict[str, str], message: str, field: str
) -> None:
    response = sams.post("you", sample.YOU | typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert message in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    for kept in (sample.YOU | typed).values():
        assert kept in page


def test_what_cannot_stand_is_kept_all_the_same(sams: Browser) -> None:
    sams.post("you", sample.YOU | {"q-email": "sam.parent"})
    assert answers(sams.draft, "you")["email"] == "sam.parent"
    assert "sam.parent" in sams.get("you").content.decode()


@pytest.mark.parametrize(
    ("step", "typed"),
    [("you", {"q-name": ""}), ("choices", {}), ("check", {}), ("files", {"q-note": "", "add": "reports"})],
)
def test_a_failed_post_leads_to_an_address_that_can_be_opened_again(
    sams: Browser, step: str, typed: dict[str, str]
) -> None:
    sams.fill_in(until="choices")
    hidden = sams.hidden(sams.get(step))
    answer = sams.client.post(sams.url(step), {**hidden, **typed})
    assert answer.status_code == 302
    assert answer["Location"].startswith(sams.url(step))
    assert "<title>Error:" in sams.client.get(answer["Location"]).content.decode()


def test_what_was_put_right_is_not_called_wrong_at_the_same_address(sams: Browser) -> None:
    sams.post("you", {**sample.YOU, "q-name": ""})
    sams.post("you", sample.YOU)
    assert "Error:" not in sams.get("you", errors="1").content.decode()


@pytest.mark.capability("B32")
def test_save_for_later_keeps_everything_and_says_that_it_is_not_sent(sams: Browser) -> None:
    response = sams.post(
        "you", {"q-name": "", "q-email": "half@", "q-story": "To be continued", "later": "yes"}
    )
    assert response.url == reverse("forms:saved", args=[sams.draft.pk])
    assert answers(sams.draft, "you")["email"] == "half@"
    assert "You have not sent it to us yet." in sams.client.get(response.url).content.decode()


def test_carrying_on_leads_to_the_first_page_that_is_not_done(sams: Browser) -> None:
    sams.fill_in(until="visit")
    response = sams.client.get(reverse("forms:resume", args=[sams.draft.pk]))
    assert response.url == sams.url("visit")


def test_a_page_that_does_not_apply_is_passed_over(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    assert sams.post("wish", sample.WISH_SCHOOL).url == sams.url("visit")
    assert sams.post("wish", sample.WISH_HOME).url == sams.url("read")
    assert sams.get("visit").url == reverse("forms:resume", args=[sams.draft.pk])


def test_answers_of_a_page_that_left_the_path_wait_for_its_return(sams: Browser) -> None:
    sams.fill_in(until="read")
    sams.post("wish", sample.WISH_HOME)
    sams.post("wish", sample.WISH_SCHOOL)
    assert answers(sams.draft, "visit") == {"seen": "yes"}


def test_the_side_list_says_how_far_each_section_is(sams: Browser) -> None:
    sams.fill_in(until="read")
    lines = sams.get("read").context["side"].sections.split("</li>")[:-1]
    names = [re.findall(r'class="sections__(?:name|state)">([^<]*)<', line) for line in lines]
    assert [tuple(said) for said in names] == [
        ("About Ada", "Done"),
        ("What you can ask for", "You are here"),
        ("The schools", "Not started"),
        ("Supporting documents", "Not started"),
        ("Check and submit", "Not started"),
    ]


@pytest.mark.parametrize(
    ("today", "line"),
    [
        pytest.param(dt.date(2026, 10, 20), "Last day: Monday 26 October, 6 days left", id="days before"),
        pytest.param(dt.date(2026, 10, 25), "Last day: Monday 26 October, 1 day left", id="the day before"),
        pytest.param(dt.date(2026, 10, 26), "The last day is today, Monday 26 October", id="the day itself"),
        pytest.param(
            dt.date(2026, 10, 28), "The last day was Monday 26 October. You can still send it.", id="after"
        ),
    ],
)
def test_the_last_day_stands_above_the_page(asked: Assignment, today: dt.date, line: str) -> None:
    due = due_line(asked, today)
    assert due is not None
    assert f"{due.before} {weekday_day_text(due.day)}{due.after}" == line


def test_back_leads_to_the_page_before(sams: Browser) -> None:
    sams.fill_in(until="read")
    assert sams.get("read").context["back"] == sams.url("visit")
    assert sams.get("wish").context["back"] == sams.url("you")


def test_a_step_that_the_form_has_not_is_not_found(sams: Browser) -> None:
    assert sams.client.get(sams.url("nonsense")).status_code == 404
    assert sams.client.get(sams.url("you", "aaaa0001")).status_code == 404


def test_a_withdrawn_form_says_that_nothing_is_to_be_done(sams: Browser, asked: Assignment) -> None:
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.WITHDRAWN)
    assert "do not have to do anything" in sams.get("you").content.decode()
    response = sams.client.post(sams.url("you"), sample.YOU)
    assert "do not have to do anything" in response.content.decode()
    assert not StepAnswers.objects.exists()


def answers(draft: Draft, step: str, item: str = "") -> dict[str, Any]:
    stored: dict[str, Any] = StepAnswers.objects.get(party__draft=draft, step=step, item=item).answers
    return stored
