"""People come in with an outside identity service: whoever has an account joins the two, whoever is new registers."""

import pytest

from accounts.outside.providers import OutsideProvider
from tests.browser.accounts import test_registration
from tests.browser.accounts.somebody import Somebody
from tests.browser.accounts.test_registration import makes_an_account
from tests.browser.portal import PASSWORD

pytestmark = pytest.mark.capability("A2")


def says_there(kim: Somebody, council_identity: OutsideProvider) -> None:
    """At the other service, where she is known by her address."""
    kim.page.wait_for_url(f"{council_identity.authorize}**")
    kim.page.locator("input[name=sub]").fill(kim.email)
    kim.page.get_by_role("button", name="Authorize").click()
    kim.page.wait_for_url(f"{kim.portal.url}/**")
    kim.look()


def joins_the_two(kim: Somebody, council_identity: OutsideProvider, password: str = PASSWORD) -> None:
    kim.look()
    kim.press(kim.page.get_by_role("button", name="Add Council ID"))
    says_there(kim, council_identity)
    kim.is_told("Sign in here with Council ID?")
    kim.type("Your password", password)
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


def test_who_is_new_registers_and_then_comes_in_with_it(
    kim: Somebody, council_identity: OutsideProvider
) -> None:
    kim.email = f"new.{kim.email}"
    kim.go("/sign-in/")
    kim.press(kim.page.get_by_role("button", name="Sign in with Council ID"))
    says_there(kim, council_identity)
    kim.follow("Register for an account")
    makes_an_account(kim)
    joins_the_two(kim, council_identity, test_registration.PASSWORD)
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
