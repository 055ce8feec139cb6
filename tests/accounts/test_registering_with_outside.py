"""Somebody new registers with an outside identity service: what it vouches for is not asked again (A2)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import ExternalIdentity, PendingRegistration, PersonalDetails, User, email_key
from accounts.outside.claims import Told, told
from accounts.outside.journey import Vouched
from accounts.outside.providers import OutsideProvider
from core.models import AuditEntry
from forms_engine.models import Party
from tests.accounts.conftest import Visitor
from tests.accounts.outside_provider import KEY, signs_in_there
from tests.accounts.test_registration import (
    ADDRESS,
    DETAILS,
    EMAIL,
    PASSWORD,
    YOU,
    Newcomer,
    code_in,
    letters,
)
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.capability("A2"),
    # The mock's own libraries are older than each other.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib"),
]
ROBYN = {
    "given_name": "Robyn",
    "family_name": "O’Neill-Zebrax",
    "birthdate": "1990-03-27",
    "email": EMAIL,
    "email_verified": True,
    "address": {"street_address": "12a Canal Street", "locality": "Millbrook", "postal_code": "MB1 4QT"},
}
SCOPE = "profile email address"


@pytest.fixture(autouse=True)
def _form(db: None) -> None:
    call_command("forms", "import", "fixtures/forms/register.json", publish=True, verbosity=0)


@pytest.fixture
def robyn() -> Newcomer:
    return Newcomer(Client())


@pytest.fixture
def council_id(provider: OutsideProvider, settings: Settings) -> OutsideProvider:
    """Asked for all that a form takes; its word for a mailbox is not enough."""
    settings.OUTSIDE_PROVIDERS = [replace(provider, register_scope=SCOPE)]
    return provider


@pytest.fixture
def believed(provider: OutsideProvider, settings: Settings) -> OutsideProvider:
    """The council takes its word for a mailbox."""
    settings.OUTSIDE_PROVIDERS = [replace(provider, register_scope=SCOPE, proves_email=True)]
    return provider


def comes_from(provider: OutsideProvider, robyn: Visitor, subject: str = "robyn", **claims: Any) -> Any:
    """Back here, after the provider was asked about her."""
    known = {"sub": subject, **ROBYN, **claims}
    requests.put(f"{provider.issuer}/users/{subject}", json=known, timeout=5).raise_for_status()
    return robyn.get(signs_in_there(robyn.get(f"/register/with/{KEY}/"), subject))


def comes_to_the_last_page(provider: OutsideProvider, robyn: Newcomer, **claims: Any) -> Any:
    comes_from(provider, robyn, **claims)
    return robyn.comes_to_the_code()


def last_page(robyn: Newcomer) -> str:
    page: str = robyn.get(f"{robyn.draft}code/").content.decode()
    return page


# What is filled in


def test_a_stranger_is_offered_to_register_with_what_is_known_of_her(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    away = robyn.get(f"/sign-in/with/{KEY}/", query_params={"next": "/forms/"})
    page = robyn.get(signs_in_there(away)).content.decode()
    assert f'href="/register/with/{KEY}/?next=%2Fforms%2F"' in page
    assert 'href="/register/?next=%2Fforms%2F"' in page
    assert f'href="/register/with/{KEY}/"' in robyn.get("/register/").content.decode()


def test_more_than_who_she_is_is_asked_for_only_when_she_registers(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    assert "scope=openid&" in robyn.get(f"/sign-in/with/{KEY}/")["Location"]
    assert "scope=openid+profile+email+address&" in robyn.get(f"/register/with/{KEY}/")["Location"]


def test_what_the_provider_says_stands_in_the_boxes(robyn: Newcomer, council_id: OutsideProvider) -> None:
    assert comes_from(council_id, robyn)["Location"] == "/register/"
    assert "Council ID has told us who you are" in robyn.get("/register/").content.decode()
    robyn.starts()
    you = robyn.get(f"{robyn.draft}you/").content.decode()
    for value in ("Robyn", "O’Neill-Zebrax", "27", "3", "1990"):
        assert f'value="{value}"' in you
    address = robyn.get(f"{robyn.draft}address/").content.decode()
    for value in ("12a", "Canal Street", "Millbrook", "MB1 4QT"):
        assert f'value="{value}"' in address
    assert f'value="{EMAIL}"' in robyn.get(f"{robyn.draft}email-and-password/").content.decode()


def test_what_she_types_herself_counts_and_not_what_the_provider_says(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn, given_name="Roberta", birthdate="1991-01-01")
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.get().first_name == YOU["q-first-name"]
    assert PersonalDetails.objects.get().date_of_birth == dt.date(1990, 3, 27)


def test_what_was_begun_before_is_filled_in_too_but_for_pages_that_she_saved(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    draft = robyn.starts()
    robyn.says("you", YOU | {"q-first-name": "Bobbie"})
    comes_from(council_id, robyn)
    assert robyn.starts() == draft
    assert 'value="Bobbie"' in robyn.get(f"{draft}you/").content.decode()
    assert 'value="Canal Street"' in robyn.get(f"{draft}address/").content.decode()


def test_she_may_start_without_what_the_provider_says(robyn: Newcomer, council_id: OutsideProvider) -> None:
    comes_from(council_id, robyn)
    robyn.starts()
    robyn.draft = robyn.post("/register/", {"alone": "yes"})["Location"]
    assert "Robyn" not in robyn.get(f"{robyn.draft}you/").content.decode()
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.exists()
    assert not ExternalIdentity.objects.exists()


def test_somebody_too_young_is_not_let_in_by_what_a_provider_says(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn, birthdate=f"{timezone.now().year - 11}-01-01")
    robyn.starts()
    # As it stands in the boxes.
    young = {"q-date-of-birth-day": "1", "q-date-of-birth-year": str(timezone.now().year - 11)}
    assert "errors=1" in robyn.says("you", YOU | young)["Location"]


def test_nothing_of_it_can_be_sent_by_a_browser(robyn: Newcomer, believed: OutsideProvider) -> None:
    """Neither who vouches nor for what: without the way there and back, it is an ordinary registration."""
    robyn.draft = robyn.post("/register/", {"vouched": KEY, "email_verified": "true", "subject": "robyn"})[
        "Location"
    ]
    robyn.says("you", YOU)
    robyn.says("address", ADDRESS)
    robyn.says("email-and-password", DETAILS | {"email_verified": "true"})
    assert "Security code" in last_page(robyn)
    robyn.post(f"{robyn.draft}code/", {"vouched": "yes"})
    assert not User.objects.exists()


# The two are joined


def test_the_new_account_is_joined_at_once_and_its_owner_hears_of_it(
    robyn: Newcomer, council_id: OutsideProvider, new_visitor: Callable[..., Visitor]
) -> None:
    comes_to_the_last_page(council_id, robyn)
    robyn.types(code_in(letters()[-1]))
    person = User.objects.get()
    identity = ExternalIdentity.objects.get()
    assert (identity.user, identity.issuer, identity.subject) == (person, council_id.issuer, "robyn")
    assert AuditEntry.objects.get(verb="account.outside-joined").actor_id == person.pk
    assert {"Your account is ready", "A new way to sign in to your account"} <= {
        letter.subject for letter in letters()
    }
    assert "You can now sign in with Council ID." in robyn.get(reverse("home:family")).content.decode()
    later = new_visitor()
    back = later.get(signs_in_there(later.get(f"/sign-in/with/{KEY}/"), "robyn"))
    assert back["Location"] == "/sign-in/code/"


def test_who_is_known_by_it_already_signs_in(robyn: Newcomer, council_id: OutsideProvider) -> None:
    sam = UserFactory(email="sam@example.org")
    ExternalIdentity.objects.create(user=sam, issuer=council_id.issuer, subject="robyn")
    assert comes_from(council_id, robyn)["Location"] == "/sign-in/code/"
    assert robyn.client.session["pending"]["user"] == str(sam.pk)


def test_a_sign_in_that_is_meanwhile_anothers_is_joined_to_nobody_else(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_to_the_last_page(council_id, robyn)
    sam = UserFactory(email="sam@example.org")
    ExternalIdentity.objects.create(user=sam, issuer=council_id.issuer, subject="robyn")
    robyn.types(code_in(letters()[-1]))
    assert robyn.is_signed_in
    assert ExternalIdentity.objects.get().user == sam


@pytest.mark.parametrize("gone", ["an hour", "the provider"])
def test_what_was_vouched_for_long_ago_or_by_whom_we_know_no_more_counts_for_nothing(
    robyn: Newcomer, believed: OutsideProvider, settings: Settings, gone: str
) -> None:
    assert comes_to_the_last_page(believed, robyn)["Location"] == f"{robyn.draft}code/"
    if gone == "the provider":
        settings.OUTSIDE_PROVIDERS = []
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61 if gone == "an hour" else 0)):
        answer = robyn.post(f"{robyn.draft}code/")
        assert answer["Location"] == f"{robyn.draft}email-and-password/"
        robyn.says("email-and-password", DETAILS)
        robyn.types(code_in(letters()[-1]))
    assert User.objects.exists()
    assert not ExternalIdentity.objects.exists()


def test_who_signs_in_in_this_browser_instead_leaves_nothing_behind(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    robyn.signs_in(UserFactory(email="sam@example.org"))
    robyn.post("/sign-out/")
    assert "has told us who you are" not in robyn.get("/register/").content.decode()


# The next person at the same computer


def test_every_page_that_uses_it_says_whom_it_means(robyn: Newcomer, council_id: OutsideProvider) -> None:
    comes_from(council_id, robyn)
    robyn.comes_to_the_code()
    for page in ("/register/", f"{robyn.draft}email-and-password/", f"{robyn.draft}code/"):
        said = " ".join(robyn.get(page).text.split())
        assert "You came as <strong>Robyn O’Neill-Zebrax</strong> of Council ID." in said, page
        assert "That is not me: forget it" in said, page


def test_whoever_is_somebody_else_forgets_it_with_what_stands_in_the_boxes(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    before = robyn.starts()
    assert robyn.post("/register/", {"not-me": "yes"})["Location"] == "/register/"
    assert "Robyn" not in robyn.get("/register/").text
    assert robyn.starts() != before
    assert "Robyn" not in robyn.get(f"{robyn.draft}you/").text
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.exists()
    assert not ExternalIdentity.objects.exists()


ASKED = "This form has been begun in this browser."


def test_the_next_person_who_comes_from_there_is_not_shown_what_the_first_one_typed(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    before = robyn.starts()
    robyn.says("you", YOU | {"q-first-name": "Zebraxa"})
    robyn.says("address", ADDRESS)

    lane = {"street_address": "1 Moss Lane", "locality": "Millbrook", "postal_code": "MB1 4QT"}
    comes_from(council_id, robyn, subject="mia", given_name="Mia", family_name="Moss", address=lane)

    page = robyn.get("/register/").text
    assert ASKED in page
    assert "Mia Moss" in page
    assert robyn.post("/register/")["Location"] == "/register/"
    robyn.draft = robyn.post("/register/", {"anew": "yes"})["Location"]
    assert robyn.draft != before
    assert robyn.get(before)["Location"].startswith("/sign-in/")
    you = robyn.get(f"{robyn.draft}you/").text
    assert 'value="Mia"' in you
    assert "Zebraxa" not in you
    address = robyn.get(f"{robyn.draft}address/").text
    assert "Moss Lane" in address
    assert "Canal Street" not in address


def test_the_next_person_who_registers_with_a_password_is_asked_first_too(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    robyn.starts()
    robyn.says("you", YOU)
    session = robyn.client.session
    session.flush()

    assert ASKED in robyn.get("/register/").text
    assert robyn.post("/register/")["Location"] == "/register/"
    assert robyn.post("/register/", {"carry-on": "yes"})["Location"] == robyn.draft


def test_who_comes_from_there_again_goes_on_with_her_form_unasked(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    before = robyn.starts()
    robyn.says("you", YOU)
    for _again in range(2):
        comes_from(council_id, robyn)
        assert ASKED not in robyn.get("/register/").text
        assert robyn.starts() == before


def test_nobody_is_asked_about_a_form_in_which_nothing_was_typed(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_from(council_id, robyn)
    before = robyn.starts()
    comes_from(council_id, robyn, subject="mia", given_name="Mia")

    assert robyn.starts() == before

    you = robyn.get(f"{robyn.draft}you/").text
    assert 'value="Mia"' in you
    assert "Robyn" not in you


def test_who_deletes_what_she_typed_and_leaves_takes_it_with_her(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    comes_from(believed, robyn)
    robyn.starts()
    robyn.post(f"{robyn.draft}delete/")
    assert "Robyn" not in robyn.get("/register/").text
    robyn.comes_to_the_code()
    assert "Robyn" not in last_page(robyn)
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()


def test_in_another_form_it_counts_for_nothing(robyn: Newcomer, believed: OutsideProvider) -> None:
    comes_from(believed, robyn)
    robyn.starts()
    Party.objects.all().delete()  # What the guest's cookie opens goes with the window; a session can outlive it.
    robyn.draft = robyn.post("/register/")["Location"]
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.exists()
    assert not ExternalIdentity.objects.exists()


# The mailbox


@pytest.mark.parametrize(
    ("proved", "typed"),
    [
        pytest.param("strasse@example.org", "stra\u00dfe@example.org", id="sharp s"),
        pytest.param("robyn@example.org", "robyn@\uff45xample.org", id="a wide letter"),
        pytest.param("kim@example.org", "\u212aim@example.org", id="a sign for kelvin"),
        pytest.param("sam@example.org", "\u017fam@example.org", id="a long s"),
    ],
)
def test_a_mailbox_that_only_looks_the_same_is_not_proved_by_the_other(
    believed: OutsideProvider, proved: str, typed: str
) -> None:
    vouched = Vouched.by(believed, {"sub": "robyn", "email": proved, "email_verified": True})
    assert email_key(proved) == email_key(typed), "accounts are looked up more kindly"
    assert not vouched.proves(typed)
    assert vouched.proves(f" {proved.upper()} ")


def test_a_mailbox_that_a_believed_provider_has_verified_is_not_proved_again(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    comes_to_the_last_page(believed, robyn)
    assert not letters()
    page = last_page(robyn)
    assert "Council ID has made sure" in page
    assert 'name="code"' not in page
    assert not User.objects.exists()
    assert robyn.post(f"{robyn.draft}code/")["Location"] == reverse("home:start")
    person = User.objects.get()
    assert (person.email, person.check_password(PASSWORD)) == (EMAIL, True)
    assert robyn.is_signed_in
    assert ExternalIdentity.objects.get().user == person
    assert not PendingRegistration.objects.exists()
    # The owner of the mailbox hears of it, whoever she is.
    assert "Your account is ready" in [letter.subject for letter in letters()]


@pytest.mark.parametrize("is_verified", [False, None, "true", 1, [True]])
def test_an_address_that_the_provider_has_not_verified_is_proved_as_ever(
    robyn: Newcomer, believed: OutsideProvider, is_verified: Any
) -> None:
    comes_to_the_last_page(believed, robyn, email_verified=is_verified)
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.get().email == EMAIL


def test_a_provider_that_the_council_does_not_believe_proves_no_mailbox(
    robyn: Newcomer, council_id: OutsideProvider
) -> None:
    comes_to_the_last_page(council_id, robyn)
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()
    assert code_in(letters()[-1])


def test_another_address_than_the_verified_one_is_proved_as_ever(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    comes_to_the_last_page(believed, robyn, email="robyns.other@example.org")
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()
    robyn.types(code_in(letters()[-1]))
    assert User.objects.get().email == EMAIL


def test_who_changes_her_mind_about_the_address_proves_the_other_one(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    comes_to_the_last_page(believed, robyn)
    robyn.says("email-and-password", DETAILS | {"email": "other@example.org"})
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()
    robyn.types(code_in(letters("other@example.org")[-1]))
    assert User.objects.get().email == "other@example.org"


def test_a_verified_address_that_has_an_account_opens_it_to_nobody(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    owner = UserFactory(email=EMAIL.lower())
    comes_to_the_last_page(believed, robyn)
    assert "Security code" in last_page(robyn)
    assert [letter.subject for letter in letters(owner.email)] == ["You already have an account"]
    robyn.post(f"{robyn.draft}code/")
    assert not robyn.is_signed_in
    assert not ExternalIdentity.objects.exists()


def test_an_address_that_gets_an_account_meanwhile_makes_no_second_one(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    comes_to_the_last_page(believed, robyn)
    UserFactory(email=EMAIL)
    robyn.post(f"{robyn.draft}code/")
    assert User.objects.count() == 1
    assert not robyn.is_signed_in


def test_a_second_click_makes_nothing_twice(robyn: Newcomer, believed: OutsideProvider) -> None:
    comes_to_the_last_page(believed, robyn)
    for _click in range(2):
        assert robyn.post(f"{robyn.draft}code/").status_code == 302
    assert User.objects.count() == 1


def test_no_account_is_made_of_a_form_that_is_not_filled_in(
    robyn: Newcomer, believed: OutsideProvider
) -> None:
    """What the provider says does not agree to keep the account personal (A34)."""
    comes_from(believed, robyn)
    robyn.starts()
    robyn.says("email-and-password", DETAILS)
    robyn.post(f"{robyn.draft}code/")
    assert not User.objects.exists()


# Whatever a provider may send


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=200),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = [*ROBYN, "phone_number"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON)))
def test_what_is_told_is_short_text_of_one_line_or_nothing(claims: dict[str, Any]) -> None:
    said = told(claims)
    assert said.is_verified is (claims.get("email_verified") is True)
    for text in vars(said).values():
        assert text in {True, False} or (len(text) <= 254 and (text.isprintable() or not text))


@pytest.mark.parametrize(
    ("street", "house", "named", "area"),
    [
        ("12a Canal Street", "12a", "Canal Street", ""),
        ("12, Canal Street\r\nOld Town", "12", "Canal Street", "Old Town"),
        ("Rose Cottage\nCanal Street", "", "Rose Cottage", "Canal Street"),
        ("1st Avenue", "", "1st Avenue", ""),
        (None, "", "", ""),
    ],
)
def test_a_street_is_told_in_the_parts_of_the_form(street: Any, house: str, named: str, area: str) -> None:
    said = told({"address": {"street_address": street}})
    assert said == Told(house=house, street=named, area=area)


@pytest.mark.parametrize("day", ["1990", "0000-03-27", "1990-02-30", "27/03/1990", 19900327, None])
def test_what_is_no_whole_day_is_no_date_of_birth(day: Any) -> None:
    assert told({"birthdate": day}) == Told()
