"""People come in with an outside identity service: whoever has an account joins the two, whoever is new registers."""

import pytest
from playwright.sync_api import expect

from accounts.outside.providers import OutsideProvider
from tests.browser.accounts import test_registration
from tests.browser.accounts.council_id import knows
from tests.browser.accounts.somebody import Somebody
from tests.browser.portal import PASSWORD

pytestmark = pytest.mark.capability("A2")


def says_there(kim: Somebody, council_identity: OutsideProvider) -> None:
    """At the other service, where she is known by her address."""
    kim.page.wait_for_url(f"{council_identity.authorize}**")
    kim.page.locator("input[name=sub]").fill(kim.email)
    kim.page.get_by_role("button", name="Authorize").click()
    kim.page.wait_for_url(f"{kim.portal.url}/**")
    kim.look()


def joins_the_two(kim: Somebody, council_identity: OutsideProvider) -> None:
    kim.look()
    kim.press(kim.page.get_by_role("button", name="Add Council ID"))
    says_there(kim, council_identity)
    kim.is_told("Sign in here with Council ID?")
    kim.type("Your password", PASSWORD)
    kim.next("Yes, join the two")
    kim.is_told("You can now sign in with Council ID.")


def comes_in_with_it(kim: Somebody, council_identity: OutsideProvider) -> None:
    """From the sign-in page; the emailed code is asked for all the same."""
    before = set(kim.codes(kim.email))
    kim.go("/sign-in/")
    kim.press(kim.page.get_by_role("button", name="Sign in with Council ID"))
    says_there(kim, council_identity)
    kim.type("Security code", kim.new_code(kim.email, before))
    kim.next()
    kim.page.wait_for_url("**/family/")


def test_who_has_an_account_joins_the_two_and_takes_it_away_again(
    kim: Somebody, council_identity: OutsideProvider
) -> None:
    kim.go("/sign-in/")
    kim.press(kim.page.get_by_role("button", name="Sign in with Council ID"))
    says_there(kim, council_identity)
    kim.is_told("We do not know you yet")
    kim.follow_button("Sign in and join the two")
    kim.signs_in()
    joins_the_two(kim, council_identity)
    assert "Council ID" in kim.letter(kim.email, "A new way to sign in to your account")
    kim.sign_out()
    comes_in_with_it(kim, council_identity)
    kim.go("/account/outside/")
    kim.next("Stop signing in with Council ID")
    kim.is_told("You can no longer sign in with Council ID.")


def test_who_is_new_registers_with_what_is_known_of_her_there_and_then_comes_in_with_it(
    kim: Somebody, council_identity: OutsideProvider
) -> None:
    kim.email = f"new.{kim.email}"
    knows(
        council_identity,
        kim.email,
        given_name="Kim",
        family_name="Newcomer",
        birthdate="1988-03-27",
        email=kim.email,
        email_verified=True,
        address={"street_address": "12a Canal Street", "locality": "Millbrook", "postal_code": "MB1 4QT"},
    )
    kim.go("/sign-in/")
    kim.press(kim.page.get_by_role("button", name="Sign in with Council ID"))
    says_there(kim, council_identity)
    kim.is_told("We do not know you yet")
    kim.press(kim.page.get_by_role("button", name="Register with Council ID"))
    says_there(kim, council_identity)
    kim.is_told("Council ID has told us who you are")
    kim.next("Start")
    expect(kim.page.get_by_label("Last name")).to_have_value("Newcomer")
    expect(kim.page.get_by_label("Year")).to_have_value("1988")
    kim.choose("No")
    kim.next()
    expect(kim.page.get_by_label("Postcode")).to_have_value("MB1 4QT")
    kim.press(kim.page.get_by_role("checkbox"), "Space")
    kim.next()
    expect(kim.page.get_by_label("Email address")).to_have_value(kim.email)
    kim.type("Password", test_registration.PASSWORD)
    kim.type("Type the password again", test_registration.PASSWORD)
    kim.next()
    kim.is_told("Council ID has made sure")
    kim.next("Make my account")
    kim.is_told("You can now sign in with Council ID.")
    kim.sign_out()
    comes_in_with_it(kim, council_identity)


def test_who_turns_back_there_is_told_that_nothing_has_changed(
    kim: Somebody, council_identity: OutsideProvider
) -> None:
    kim.go("/sign-in/")
    kim.press(kim.page.get_by_role("button", name="Sign in with Council ID"))
    kim.page.wait_for_url(f"{council_identity.authorize}**")
    kim.page.get_by_role("button", name="Deny").click()
    kim.is_told("That did not work")
    kim.look()
    kim.follow_button("Sign in")
    kim.signs_in()
