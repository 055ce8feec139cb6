"""Somebody looks after her own account: where she is signed in, her address, what we hold, and how it ends."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accounts.somebody import BORN, POSTCODE, Somebody
from tests.browser.portal import PASSWORD

NEW_PASSWORD = "Seventeen green kettles 17"


@pytest.fixture
def tablet(kim: Somebody, somebody: Callable[..., Somebody]) -> Somebody:
    """Another browser in which Kim's name is typed, from another network."""
    other = somebody(scripts=kim.has_scripts)
    other.email = kim.email
    return other


def comes_in(kim: Somebody) -> None:
    kim.go("/sign-in/")
    kim.signs_in()
    kim.go("/account/")
    kim.look()


def is_out(kim: Somebody) -> None:
    kim.go("/account/")
    assert kim.page.title().startswith("Sign in")


@pytest.mark.capability("B17")
def test_she_signs_out_one_browser_and_then_everywhere(kim: Somebody, tablet: Somebody) -> None:
    comes_in(kim)
    comes_in(tablet)
    kim.go("/account/")
    kim.follow("See where")
    expect(kim.page.locator(".govuk-summary-card")).to_have_count(2)
    kim.open(kim.page.get_by_role("button", name="Sign out there"))
    kim.is_told("You are signed out there")
    is_out(tablet)
    tablet.is_told("we signed you out")
    tablet.look()
    tablet.signs_in()
    kim.go("/account/sessions/")
    kim.next("Sign out everywhere")
    kim.is_told("You are signed out")
    is_out(kim)
    is_out(tablet)


@pytest.mark.capability("B17", "A33")
def test_this_was_not_me_locks_the_account_until_there_is_a_new_password(
    kim: Somebody, tablet: Somebody
) -> None:
    comes_in(kim)
    comes_in(tablet)
    kim.page.goto(kim.link_in("Was it you?", "/not-me/"))
    kim.look()
    kim.next("It was not me: lock my account")
    kim.is_told("Your account is locked")
    is_out(tablet)
    tablet.type("Email address", kim.email)
    tablet.type("Password", PASSWORD)
    tablet.next()
    tablet.is_refused("The email address or password is not right")

    kim.follow_button("Choose a new password")
    kim.type("Email address", kim.email)
    kim.type("Postcode", POSTCODE)
    for part, number in zip(("Day", "Month", "Year"), BORN, strict=True):
        kim.type(part, number)
    kim.next()
    kim.page.goto(kim.link_in("Choose a new password", "/forgotten-password/choose/"))
    kim.type("New password", NEW_PASSWORD)
    kim.type("Type the new password again", NEW_PASSWORD)
    kim.gives_code("Continue")
    kim.page.wait_for_url("**/family/")


@pytest.mark.capability("C5")
def test_a_new_address_counts_once_its_code_was_typed(kim: Somebody) -> None:
    old, new = kim.email, f"new.{kim.email}"
    comes_in(kim)
    kim.follow("Change your email address")
    kim.next("Send the code")
    kim.is_refused("Enter your new email address")
    kim.type("New email address", new)
    kim.type("Your password", PASSWORD)
    kim.email = new
    kim.next("Send the code")
    code = kim.new_code(new)
    kim.type("Security code", f"{(int(code) + 1) % 10**6:06d}")
    kim.next()
    kim.is_refused("code")
    # O for 0, and a space where nobody needs one.
    kim.type("Security code", f"{code[:3]} {code[3:]}".replace("0", "O"))
    kim.next()
    kim.is_told("Your email address is changed")
    for address in (old, new):
        assert "is now" in kim.letter(address, "Your email address was changed")
    kim.sign_out()
    kim.go("/sign-in/")
    kim.signs_in()


@pytest.mark.capability("C5", "C6")
def test_each_page_of_her_own_details_opens_is_in_order_and_saves(kim: Somebody) -> None:
    comes_in(kim)
    for what in ("your name", "your phone number", "your address", "your language", "which emails you get"):
        kim.follow(f"Change {what}")
        if what in ("your phone number", "your address"):
            kim.type("Your password", PASSWORD)
        kim.next("Save")
        expect(kim.page).to_have_url(f"{kim.portal.url}/account/")
    kim.follow("Change your password")
    kim.type("New password", "short")
    kim.next("Change my password")
    kim.is_refused("password")


def test_she_downloads_what_is_held_and_then_closes_her_account(kim: Somebody) -> None:
    comes_in(kim)
    kim.follow("Close my account")
    kim.follow("Download what we hold about you")
    kim.next("Download")
    kim.is_refused("Enter your password")
    kim.type("Your password", PASSWORD)
    with kim.page.expect_download() as coming:
        kim.press(kim.page.get_by_role("button", name="Download", exact=True))
    holds(kim.email, coming.value.path())

    kim.go("/account/close/")
    kim.type("Your password", "not my password")
    kim.next("Close my account")
    kim.is_refused("This is not your password")
    kim.type("Your password", PASSWORD)
    kim.next("Close my account")
    kim.is_told("nobody can sign in any more")
    kim.go("/sign-in/")
    kim.type("Email address", kim.email)
    kim.type("Password", PASSWORD)
    kim.next()
    kim.is_refused("The email address or password is not right")


def holds(email: str, path: Path) -> None:
    """A PDF to read, and the same for machines."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        names = {name.rpartition(".")[2]: name for name in packed.namelist()}
        assert set(names) == {"json", "pdf"}
        assert email in json.dumps(json.loads(packed.read(names["json"])))
        assert packed.read(names["pdf"]).startswith(b"%PDF-")
