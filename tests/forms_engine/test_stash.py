"""A post that comes after the sign-in has run out: kept for its own person, and shown again."""

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import periodic
from core.models import AuditEntry
from forms_engine import stash
from forms_engine.models import StashedPost, StepAnswers, Submission
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser

TYPED = sample.YOU | {"q-story": "Three pages about Ada."}


def late_post(browser: Browser, typed: dict[str, str] = TYPED) -> HttpResponse:
    """Sam opens a page, her session ends, she presses Continue."""
    hidden = browser.hidden(browser.get("you"))
    return Client().post(browser.url("you"), {**hidden, **typed})


def way_back(response: HttpResponse) -> str:
    """Where signing in leads."""
    return parse_qs(urlsplit(response.url).query)["next"][0]


def test_she_signs_in_and_is_back_with_what_she_typed(sams: Browser) -> None:
    response = late_post(sams)
    assert response.url.startswith("/sign-in/")
    page = sams.client.get(way_back(response))
    assert "What you typed is still here." in page.content.decode()
    assert "Three pages about Ada." in page.content.decode()
    assert not StepAnswers.objects.exists()
    sams.client.post(sams.url("you"), {**sams.hidden(page), **TYPED})
    assert StepAnswers.objects.get().answers["story"] == "Three pages about Ada."
    assert not StashedPost.objects.exists()


def test_files_have_to_be_chosen_again_and_the_page_says_so(sams: Browser) -> None:
    hidden = sams.hidden(sams.get("files"))
    response = Client().post(sams.url("files"), {**hidden, "q-note": "With a report"})
    page = sams.client.get(way_back(response)).content.decode()
    assert "choose it again" in page
    assert "With a report" in page


def test_nobody_else_gets_it(
    sams: Browser, signed_in_client: Callable[[User], Client], alex_parent: User
) -> None:
    response = late_post(sams)
    assert signed_in_client(alex_parent).get(way_back(response)).status_code == 404


def test_what_is_kept_cannot_be_read_in_the_database(sams: Browser) -> None:
    late_post(sams)
    assert b"Ada" not in bytes(StashedPost.objects.get().sealed)


def test_after_an_hour_it_has_gone_and_the_page_says_so(
    sams: Browser, signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    back = way_back(late_post(sams))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        page = signed_in_client(sam_parent).get(back).content.decode()
    assert "We could not keep what you typed" in page
    assert "Three pages about Ada." not in page


def test_what_nobody_came_back_for_is_deleted_by_the_worker(sams: Browser) -> None:
    late_post(sams)
    StashedPost.objects.update(kept_at=timezone.now() - dt.timedelta(minutes=61))
    late_post(sams)
    assert "tidy-stash" in periodic.run_due()
    assert StashedPost.objects.count() == 1


def test_a_text_beyond_measure_is_not_kept(sams: Browser) -> None:
    response = late_post(sams, {"q-story": "x" * (stash.MOST_BYTES + 1)})
    assert way_back(response).endswith("restored=lost")
    assert not StashedPost.objects.exists()


def test_no_more_than_so_many_are_kept_in_an_hour(sams: Browser) -> None:
    hidden = sams.hidden(sams.get("you"))
    for _time in range(stash.MOST_POSTS + 5):
        Client().post(sams.url("you"), {**hidden, **TYPED})
    assert StashedPost.objects.count() == stash.MOST_POSTS


@pytest.mark.parametrize("ticket", ["", "forged", "WyJ4Il0:1abc:def"])
def test_without_a_ticket_of_ours_nothing_is_kept(sams: Browser, ticket: str) -> None:
    response = Client().post(sams.url("you"), {**TYPED, stash.TICKET: ticket})
    assert response.url.startswith("/sign-in/")
    assert not StashedPost.objects.exists()


def test_signing_in_again_in_another_window_loses_nothing(
    sams: Browser, signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    hidden = sams.hidden(sams.get("you"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in_client(sam_parent).cookies
    response = strict.post(sams.url("you"), {**hidden, **TYPED})
    assert response.status_code == 302
    assert "Three pages about Ada." in sams.client.get(response.url).content.decode()
    assert not StepAnswers.objects.exists()


def test_what_was_saved_elsewhere_meanwhile_still_clashes(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    response = late_post(sams)
    sams.post("you", sample.YOU | {"q-story": "Saved on the phone."})
    page = sams.client.get(way_back(response))
    again = sams.client.post(sams.url("you"), {**sams.hidden(page), **TYPED})
    assert "Which text do you want to keep?" in again.content.decode()


def test_signed_out_while_choosing_between_two_texts_she_is_asked_again(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    here = sams.hidden(sams.get("you"))
    sams.post("you", sample.YOU | {"q-story": "Saved on the phone."})
    clash = sams.client.post(sams.url("you"), {**here, **TYPED})
    assert "Which text do you want to keep?" in clash.content.decode()
    response = Client().post(sams.url("you"), {**sams.hidden(clash), "keep-story": "mine"})
    page = sams.client.get(way_back(response))
    again = sams.client.post(sams.url("you"), {**sams.hidden(page), **TYPED})
    assert "Which text do you want to keep?" in again.content.decode()
    assert StepAnswers.objects.get().answers["story"] == "Saved on the phone."


def test_signed_out_at_the_end_she_finds_her_tick_and_sends_the_form(sams: Browser) -> None:
    sams.fill_in()
    hidden = sams.hidden(sams.get("check"))
    response = Client().post(sams.url("check"), {**hidden, **sample.DECLARED})
    page = sams.client.get(way_back(response))
    assert "What you ticked is still here." in page.content.decode()
    [tick] = re.findall(r"<input[^>]*q-true[^>]*>", page.content.decode())
    assert "checked" in tick
    sams.client.post(sams.url("check"), {**sams.hidden(page), **sample.DECLARED})
    assert Submission.objects.exists()
    assert not StashedPost.objects.exists()


@pytest.fixture
def alex(signed_in_client: Callable[[User], Client], alex_parent: User) -> Client:
    return signed_in_client(alex_parent)


def test_somebody_else_who_signed_in_meanwhile_is_told_so_and_saves_nothing(
    sams: Browser, alex: Client, sam_parent: User
) -> None:
    hidden = sams.hidden(sams.get("you"))
    response = alex.post(sams.url("you"), {**hidden, **TYPED})
    page = response.content.decode()
    assert response.status_code == 403
    assert "You are signed in as somebody else" in page
    assert "Nothing was saved or sent." in page
    assert "Three pages about Ada." not in page
    assert "Sam" not in page
    assert not StepAnswers.objects.exists()
    assert AuditEntry.objects.filter(verb="refused", object_id=sams.draft.pk).exists()


def test_signing_out_from_there_leads_its_own_person_back_to_what_she_typed(
    sams: Browser, alex: Client
) -> None:
    page = alex.post(sams.url("you"), {**sams.hidden(sams.get("you")), **TYPED}).content.decode()
    (back,) = re.findall(r'name="next" value="([^"]+)"', page)
    response = alex.post("/sign-out/", {"next": back})
    assert way_back(response) == back
    assert "Three pages about Ada." in sams.client.get(back).content.decode()


def test_an_old_page_of_hers_sent_while_somebody_else_is_signed_in_is_told_the_same(
    sams: Browser, alex: Client
) -> None:
    hidden = sams.hidden(sams.get("you"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = alex.cookies
    response = strict.post(sams.url("you"), {**hidden, **TYPED})
    assert response.status_code == 403
    assert "You are signed in as somebody else" in response.content.decode()


def test_a_stranger_without_her_page_still_finds_nothing(sams: Browser, alex: Client) -> None:
    assert alex.post(sams.url("you"), TYPED).status_code == 404


def test_nothing_is_kept_of_a_form_that_is_not_its_typists_or_has_gone(
    sams: Browser, noor_stranger: User, sam_parent: User
) -> None:
    post = QueryDict("q-name=Somebody")
    assert stash.keep(stash.Place(sams.draft.pk, "you", "", noor_stranger.pk), post) is None
    assert stash.keep(stash.Place(uuid4(), "you", "", sam_parent.pk), post) is None
    assert not StashedPost.objects.exists()


def test_what_was_kept_for_her_is_not_given_to_staff_who_help_with_the_same_form(
    sams: Browser, sam_parent: User, casey_worker: User
) -> None:
    kept = stash.keep(stash.Place(sams.draft.pk, "you", "", sam_parent.pk), QueryDict("q-name=Sam"))
    party = sams.draft.parties.get()
    assert stash.give_back(party, "you", "", str(kept)) is not None
    party.helper = casey_worker
    assert stash.give_back(party, "you", "", str(kept)) is None
