"""Somebody new makes an account by keyboard, and the form that she had begun before is hers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accounts.somebody import Somebody

PASSWORD = "Seventeen green kettles 17"


def says_who_she_is(robyn: Somebody) -> None:
    robyn.next("Start")
    robyn.type("First name", "Robyn")
    robyn.type("Last name", "Newcomer")
    for part, number in (("Day", "27"), ("Month", "3"), ("Year", "1990")):
        robyn.type(part, number)
    robyn.choose("No")
    robyn.next()
    robyn.type("House number or flat (optional)", "12a")
    robyn.type("Street", "Canal Street")
    robyn.type("Town or city", "Millbrook")
    robyn.type("Postcode", "mb1 4qt")
    robyn.press(robyn.page.get_by_role("checkbox"), "Space")
    robyn.next()


def gives_address_and_password(robyn: Somebody) -> None:
    robyn.type("Email address", robyn.email)
    robyn.type("Password", PASSWORD)
    robyn.type("Type the password again", PASSWORD)
    robyn.gives_code("Continue")


def makes_an_account(robyn: Somebody) -> None:
    """All of it, from the page before."""
    says_who_she_is(robyn)
    gives_address_and_password(robyn)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def robyn(request: pytest.FixtureRequest, somebody: Callable[..., Somebody]) -> Somebody:
    """Somebody new, on a phone."""
    return somebody("robyn", scripts=request.param, width=320)


@pytest.mark.capability("B7", "B8", "B10", "A6")
def test_somebody_new_makes_an_account_and_is_at_home(robyn: Somebody) -> None:
    robyn.go("/")
    robyn.follow("Register for an account")
    says_who_she_is(robyn)

    robyn.type("Email address", robyn.email)
    robyn.type("Password", "short")
    robyn.type("Type the password again", "short")
    robyn.next()
    robyn.is_refused("15")
    robyn.type("Password", PASSWORD)
    if robyn.has_scripts:
        expect(robyn.page.locator("[data-rule=shortest]")).to_have_class("is-met")
    gives_address_and_password(robyn)
    expect(robyn.page.locator(".name-menu summary")).to_contain_text("Robyn Newcomer")


def test_what_she_began_before_is_hers_when_she_has_registered(somebody: Callable[..., Somebody]) -> None:
    robyn = somebody("robyn")
    robyn.go("/forms/begin/ehc-needs-assessment-request/")
    robyn.look()
    robyn.next("Begin without an account")
    draft = robyn.page.url.split("/forms/")[1].split("/")[0]
    robyn.go(f"/forms/{draft}/sign-in/")
    robyn.look()
    robyn.follow_button("Sign in or register")
    robyn.follow("Register for an account")
    makes_an_account(robyn)
    # Back where she stopped: nothing is answered, so the list of sections.
    expect(robyn.page).to_have_url(f"{robyn.portal.url}/forms/{draft}/")
    robyn.go("/forms/")
    expect(robyn.page.locator(f"a[href*='{draft}']").first).to_be_visible()
