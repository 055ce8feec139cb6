"""A form that somebody begins before she has an account, in her browser, and sends once she has one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from config.starter.pages import make_pages
from core.limits import limits
from core.models import LimitReached, OutboxItem
from forms_engine import expiry, guests, pace, page_limits, upload_limits
from forms_engine.models import Assignment, Draft, FormVersion, Party, StepAnswers, Submission, Upload
from forms_engine.pace import GUEST
from tests.conftest import sign_in_client
from tests.factories import TeamFactory
from tests.forms_engine import sample
from tests.forms_engine.at_once import at_once
from tests.forms_engine.conftest import Browser, pdf_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample_data(sample_data: dict[str, Any]) -> dict[str, Any]:
    return sample_data | {"handler": "accounts.team"}


@pytest.fixture
def public(version: FormVersion) -> FormVersion:
    """Open to families, even before they sign in; a team reads it."""
    version.form.offered_to = "everybody"
    version.form.live = True
    version.form.save()
    TeamFactory().forms.add(version.form)
    return version


def begin(client: Client, version: FormVersion) -> HttpResponse:
    return client.post(reverse("forms:begin", args=[version.form.slug]))


@pytest.fixture
def guest(client: Client, public: FormVersion) -> Browser:
    """Somebody who has begun the form in her browser and is signed in nowhere."""
    begin(client, public)
    return Browser(client, Draft.objects.get())


def page_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def sign_in(client: Client, person: User) -> None:
    """As the end of signing in does: the session is hers, and what was begun in the browser too."""
    request = RequestFactory().get("/")
    request.COOKIES["guest"] = client.cookies["guest"].value
    sign_in_client(client, person)
    guests.adopt(request, person, timezone.now())


def test_a_public_form_can_be_begun_without_an_account(client: Client, public: FormVersion) -> None:
    page = page_of(client.get(reverse("forms:begin", args=[public.form.slug])))
    assert "Begin without an account" in page
    assert "Sign in first" in page
    answer = begin(client, public)
    assert answer.status_code == 302
    cookie = answer.cookies["guest"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_other_forms_ask_to_sign_in_first(client: Client, version: FormVersion) -> None:
    answer = client.get(reverse("forms:begin", args=[version.form.slug]))
    assert answer["Location"].startswith(reverse("accounts:sign_in"))
    assert not Draft.objects.exists()


def test_what_a_guest_types_is_saved_and_waits_in_her_browser(guest: Browser) -> None:
    guest.post("you", sample.YOU)
    page = page_of(guest.get("you"))
    assert f'value="{sample.YOU["q-name"]}"' in page
    assert "signed out" not in page


def test_the_database_does_not_know_the_cookie(guest: Browser) -> None:
    cookie = guest.client.cookies["guest"].value
    assert Party.objects.get().browser not in ("", cookie)


@pytest.mark.parametrize("name", ["resume", "saved", "print", "pdf", "before_sending"])
def test_another_browser_does_not_open_it(guest: Browser, name: str) -> None:
    url = reverse(f"forms:{name}", args=[guest.draft.pk])
    other = Client()
    assert other.get(url)["Location"].startswith(reverse("accounts:sign_in"))
    other.cookies["guest"] = "a-cookie-of-her-own"
    assert other.get(url)["Location"].startswith(reverse("accounts:sign_in"))
    assert guest.client.get(url).status_code in (200, 302)


def test_whoever_is_signed_in_elsewhere_does_not_open_it(guest: Browser, noor_stranger: User) -> None:
    other = sign_in_client(Client(), noor_stranger)
    assert other.get(guest.url("you")).status_code == 404


def test_a_file_that_a_guest_added_opens_in_her_browser_alone(guest: Browser) -> None:
    guest.fill_in(until="files")
    guest.client.post(
        guest.url("files"), {**guest.hidden(guest.get("files")), **sample.FILES, "q-reports": pdf_file()}
    )
    url = reverse("forms:file", args=[guest.draft.pk, Upload.objects.get().pk])
    assert guest.client.get(url).status_code == 200
    assert Client().get(url)["Location"].startswith(reverse("accounts:sign_in"))


def test_a_guest_adds_no_more_than_a_guest_may(guest: Browser, settings: Settings) -> None:
    settings.UPLOAD_GUEST_MAX_BYTES = 1
    guest.fill_in(until="files")
    answer = guest.post("files", {**sample.FILES, "q-reports": pdf_file()})
    assert "was not added" in page_of(answer)
    assert not Upload.objects.exists()


def test_a_guest_is_asked_to_sign_in_before_she_sends_it(guest: Browser) -> None:
    guest.fill_in()
    assert "Then you come back here, and can send it." in page_of(guest.get("check"))
    answer = guest.submit()
    assert answer["Location"] == reverse("forms:before_sending", args=[guest.draft.pk])
    assert not Submission.objects.exists()
    page = page_of(guest.client.get(answer["Location"]))
    assert f"next={guest.url('check')}" in page


def test_whoever_signs_in_half_way_is_not_told_that_it_is_ready(guest: Browser) -> None:
    page = page_of(guest.client.get(reverse("forms:before_sending", args=[guest.draft.pk])))
    assert "Sign in to keep it" in page
    assert "ready" not in page
    assert f"next={reverse('forms:resume', args=[guest.draft.pk])}" in page


def test_what_she_began_is_hers_once_she_signs_in_and_can_be_sent(guest: Browser, sam_parent: User) -> None:
    guest.fill_in()
    sign_in(guest.client, sam_parent)
    party = Party.objects.get()
    assert (party.user, party.browser) == (sam_parent, "")
    assert guest.submit().status_code == 302
    assert Submission.objects.get().submitted_by == sam_parent
    assert OutboxItem.objects.filter(kind="email_person", payload__template="form-received").count() == 1


def test_it_then_stands_among_her_forms_and_lives_as_long_as_others(guest: Browser, sam_parent: User) -> None:
    sign_in(guest.client, sam_parent)
    draft = Draft.objects.get()
    assert draft.expires_at > timezone.now() + timedelta(days=80)
    assert str(draft.pk) in page_of(guest.client.get(reverse("forms:mine")))


def test_the_cookie_alone_does_not_open_it_any_more(guest: Browser, sam_parent: User) -> None:
    cookie = guest.client.cookies["guest"].value
    sign_in(guest.client, sam_parent)
    other = Client()
    other.cookies["guest"] = cookie
    assert other.get(guest.url("you"))["Location"].startswith(reverse("accounts:sign_in"))


def test_somebody_for_whom_it_is_not_does_not_get_it(guest: Browser, casey_worker: User) -> None:
    sign_in(guest.client, casey_worker)
    assert Party.objects.get().user is None
    assert not Assignment.objects.exists()


def test_what_a_guest_typed_when_she_had_signed_in_meanwhile_is_saved(
    guest: Browser, sam_parent: User
) -> None:
    hidden = guest.hidden(guest.get("you"))
    sign_in(guest.client, sam_parent)
    assert guest.client.post(guest.url("you"), {**hidden, **sample.YOU}).status_code == 302
    assert StepAnswers.objects.get().party.user == sam_parent


def test_what_she_has_begun_is_found_again_on_the_home_page_in_her_browser_alone(guest: Browser) -> None:
    make_pages()
    answer = guest.client.get("/")
    assert reverse("forms:resume", args=[guest.draft.pk]) in page_of(answer)
    assert f"Carry on with your form: {guest.draft.version.form.title}" in page_of(answer)
    # No proxy shows it to the next.
    assert answer["Cache-Control"] == "private, no-store"
    assert "Carry on with your form" not in page_of(Client().get("/"))


def test_for_whoever_has_begun_nothing_nothing_is_looked_up(client: Client, public: FormVersion) -> None:
    make_pages()
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    assert not [query for query in queries if "forms_engine_draft" in query["sql"]]


def test_two_clicks_begin_one_form(guest: Browser, public: FormVersion) -> None:
    begin(guest.client, public)
    assert Draft.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clicks_at_once_begin_one_form(public: FormVersion) -> None:
    """Which come with the cookie that the page before handed out."""
    page, url = Client(), reverse("forms:begin", args=[public.form.slug])
    page.get(url)

    def click() -> str:
        client = Client()
        client.cookies["guest"] = page.cookies["guest"].value
        return client.post(url)["Location"]

    assert len(set(at_once(2, click))) == 1
    assert Draft.objects.count() == 1


def test_a_guest_deletes_what_she_typed_and_leaves_nothing_in_the_browser(guest: Browser) -> None:
    guest.post("you", sample.YOU)
    url = reverse("forms:delete", args=[guest.draft.pk])
    assert f'href="{url}"' in page_of(guest.get("wish"))
    assert f'href="{url}"' in page_of(guest.client.get(reverse("forms:saved", args=[guest.draft.pk])))
    assert "Delete this form?" in page_of(guest.client.get(url))
    assert Draft.objects.exists()
    answer = guest.client.post(url)
    assert answer["Location"] == "/"
    assert not Draft.objects.exists()
    assert not StepAnswers.objects.exists()
    assert answer.cookies["guest"].value == ""
    assert guest.client.get(guest.url("you"))["Location"].startswith(reverse("accounts:sign_in"))


def test_another_browser_deletes_nothing(guest: Browser, noor_stranger: User) -> None:
    url = reverse("forms:delete", args=[guest.draft.pk])
    other = Client()
    other.cookies["guest"] = "a-cookie-of-her-own"
    assert other.post(url)["Location"].startswith(reverse("accounts:sign_in"))
    assert sign_in_client(Client(), noor_stranger).post(url).status_code == 404
    assert Draft.objects.get() == guest.draft


def test_the_next_person_at_the_computer_is_asked_before_she_meets_what_was_typed(
    guest: Browser, public: FormVersion
) -> None:
    guest.post("you", sample.YOU)
    url = reverse("forms:begin", args=[public.form.slug])
    page = page_of(guest.client.get(url))
    assert "This form has been begun in this browser." in page
    assert "Begin without an account" not in page
    guest.client.post(url, {"anew": ""})
    assert not Draft.objects.filter(pk=guest.draft.pk).exists()
    assert not StepAnswers.objects.exists()
    assert Draft.objects.count() == 1


def test_a_guest_s_form_goes_a_week_after_she_last_worked_on_it(guest: Browser) -> None:
    guest.post("you", sample.YOU)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        expiry.delete_expired()
        assert Draft.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        expiry.delete_expired()
    assert not Draft.objects.exists()
    assert not OutboxItem.objects.exists()


def test_nobody_begins_forms_without_end(client: Client, public: FormVersion) -> None:
    answers = []
    for _number in range(GUEST.most + 1):
        client.cookies.clear()
        answers.append(begin(client, public))
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert Draft.objects.count() == GUEST.most


def test_nobody_else_can_plant_the_cookie_of_a_site_on_https(
    client: Client, public: FormVersion, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = begin(client, public).cookies["__Host-guest"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def anew(public: FormVersion) -> Browser:
    """A guest who has thrown her cookie away, at the same network."""
    client = Client()
    begin(client, public)
    return Browser(client, Draft.objects.latest("begun_at"))


def adds_a_file(browser: Browser) -> str:
    return page_of(browser.post("files", {**sample.FILES, "q-reports": pdf_file(), "add": "reports"}))


def test_a_new_cookie_is_no_new_allowance_of_files(
    public: FormVersion, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(upload_limits, "MOST_OF_GUESTS_AN_HOUR", 2)
    for _guest in range(2):
        adds_a_file(anew(public))
    assert "You have added many files in a short time." in adds_a_file(anew(public))
    assert Upload.objects.count() == 2


def test_a_new_cookie_is_no_new_allowance_of_megabytes(public: FormVersion, settings: Settings) -> None:
    adds_a_file(anew(public))
    settings.UPLOAD_GUESTS_DAY_MAX_BYTES = Upload.objects.get().size
    assert "was not added. You can add up to" in adds_a_file(anew(public))
    assert Upload.objects.count() == 1


def test_a_new_cookie_is_no_new_allowance_of_pdfs(
    public: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = anew(public), anew(public)
    monkeypatch.setattr(pace, "GUEST_PDF", replace(pace.GUEST_PDF, most=1))
    assert first.client.get(reverse("forms:pdf", args=[first.draft.pk])).status_code == 200
    answer = second.client.get(reverse("forms:pdf", args=[second.draft.pk]))
    assert answer.status_code == 429
    assert "Many PDFs were made in a short time. What you typed is kept." in page_of(answer)


def save_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "GUEST_SAVE", replace(pace.GUEST_SAVE, most=0))


def asks_to_wait_to_save(answer: Any) -> bool:
    """Whether it is a page that says at its top that nothing is saved yet, and for how long."""
    _nowhere, sentence = answer.context["problems"][0]
    assert "Too much has come from your network" in sentence
    assert "Wait 60 minutes, then try again. What you typed is still on this page." in sentence
    assert sentence in page_of(answer)
    return answer.status_code == 429 and 3500 < int(answer["Retry-After"]) <= 3600


@pytest.mark.capability("A32")
def test_a_network_saves_only_so_many_pages_and_what_was_typed_stays_on_the_page(
    guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.post("you", sample.YOU)
    enough = pace.GUEST_SAVE
    save_no_more(monkeypatch)
    answer = guest.post("you", sample.YOU | {"q-story": "The hall is loud."})
    assert asks_to_wait_to_save(answer)
    assert "The hall is loud." in page_of(answer)
    assert StepAnswers.objects.get().answers["story"] == sample.YOU["q-story"]
    assert LimitReached.objects.get().scope == limits.get("forms.save-as-guest").scope

    monkeypatch.setattr(pace, "GUEST_SAVE", enough)
    again = {**guest.hidden(answer), **sample.YOU, "q-story": "The hall is loud."}
    assert guest.client.post(guest.url("you"), again)["Location"] == guest.url("wish")
    assert StepAnswers.objects.get().answers["story"] == "The hall is loud."


@pytest.mark.capability("A32")
def test_a_new_cookie_is_no_new_allowance_of_pages(
    public: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "GUEST_SAVE", replace(pace.GUEST_SAVE, most=2))
    for _guest in range(2):
        anew(public).post("you", sample.YOU)
    assert asks_to_wait_to_save(anew(public).post("you", sample.YOU))
    assert StepAnswers.objects.count() == 2


@pytest.mark.capability("A32")
def test_a_chosen_file_is_to_be_chosen_again_when_the_page_can_be_saved(
    guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.fill_in(until="files")
    save_no_more(monkeypatch)
    answer = guest.post("files", {"q-note": "The report", "q-reports": pdf_file(), "add": "reports"})
    assert asks_to_wait_to_save(answer)
    assert "If you had chosen a file, choose it again." in page_of(answer)
    assert "The report" in page_of(answer)
    assert not Upload.objects.exists()


@pytest.mark.capability("A32")
def test_both_texts_of_a_page_stay_there_while_neither_can_be_saved(
    guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.post("you", sample.YOU)
    opened_here = guest.hidden(guest.get("you"))
    guest.post("you", sample.YOU | {"q-story": "It is near her gran."})
    here = sample.YOU | {"q-story": "The hall is loud."}
    clash = guest.client.post(guest.url("you"), {**opened_here, **here})
    save_no_more(monkeypatch)
    chosen = guest.hidden(clash) | {"keep-story": "mine"}
    answer = guest.client.post(guest.url("you"), chosen)
    assert asks_to_wait_to_save(answer)
    assert "Which text do you want to keep?" in page_of(answer)
    assert "gran." in page_of(answer)
    assert "loud" in page_of(answer)
    assert StepAnswers.objects.get().answers["story"] == "It is near her gran."


@pytest.mark.capability("A32")
def test_a_page_that_is_not_asked_any_more_is_to_be_copied_while_it_cannot_be_saved(
    guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.fill_in(until="visit")
    hidden = guest.hidden(guest.get("visit"))
    guest.post("wish", sample.WISH_HOME)
    save_no_more(monkeypatch)
    answer = guest.client.post(guest.url("visit"), {**hidden, **sample.VISIT})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert "This page is not asked any more" in page_of(answer)
    assert not StepAnswers.objects.filter(step="visit").exists()


@pytest.mark.capability("A32")
def test_a_list_and_the_last_page_wait_too(guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    guest.fill_in()
    save_no_more(monkeypatch)
    removing = {"do": "remove", "item": "aaaa0001", "sure": "yes"}
    assert asks_to_wait_to_save(guest.client.post(guest.url("choices"), removing))
    assert StepAnswers.objects.filter(item="aaaa0001").exists()
    answer = guest.submit()
    assert asks_to_wait_to_save(answer)
    assert " checked" in page_of(answer).partition('name="q-true"')[0][-80:]
    assert not StepAnswers.objects.filter(step="check").exists()


def test_counting_what_a_guest_saves_costs_one_query(guest: Browser) -> None:
    guest.post("you", sample.YOU)
    hidden = guest.hidden(guest.get("you"))
    with CaptureQueriesContext(connection) as queries:
        guest.client.post(guest.url("you"), {**hidden, **sample.YOU, "q-name": "Another Name"})
    assert len([query for query in queries if "core_limitercount" in query["sql"]]) == 1


def test_all_answers_of_a_form_together_have_an_end(guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    guest.post("you", sample.YOU)
    monkeypatch.setattr(page_limits, "MOST_BYTES_IN_ALL", 400)
    page = page_of(guest.post("you", {**sample.YOU, "q-story": "x y " * 200}))
    assert "This is too long for us to keep, and it is not saved." in page
    assert StepAnswers.objects.get(step="you").answers["name"] == sample.YOU["q-name"]
    assert "x y x y" not in str(StepAnswers.objects.get(step="you").answers)
