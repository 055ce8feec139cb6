"""Somebody new makes an account by keyboard, and the form that she had begun before is hers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.portal import Visitor

Visit = Callable[..., Visitor]
EMAIL = "robyn.newcomer@example.org"
PASSWORD = "Seventeen green kettles 17"


def look(visitor: Visitor, *, scripts: bool) -> None:
    """axe-core on the page. It runs as a script of the page, so not where scripts are off."""
    if scripts:
        visitor.accessible()


def says_who_she_is(robyn: Visitor, *, scripts: bool) -> None:
    robyn.next("Start")
    look(robyn, scripts=scripts)
    robyn.type("First name", "Robyn")
    robyn.type("Last name", "Newcomer")
    for part, number in (("Day", "27"), ("Month", "3"), ("Year", "1990")):
        robyn.type(part, number)
    robyn.choose("No")
    robyn.next()
    look(robyn, scripts=scripts)
    robyn.type("House number or flat (optional)", "12a")
    robyn.type("Street", "Canal Street")
    robyn.type("Town or city", "Millbrook")
    robyn.type("Postcode", "mb1 4qt")
    robyn.press(robyn.page.get_by_role("checkbox"), "Space")
    robyn.next()


@pytest.mark.capability("B7", "B8", "B10", "A6")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_new_makes_an_account_and_is_at_home(visitor: Visit, *, scripts: bool) -> None:
    robyn = visitor(scripts=scripts, width=320)
    robyn.go("/")
    robyn.follow("Register for an account")
    look(robyn, scripts=scripts)
    says_who_she_is(robyn, scripts=scripts)
    look(robyn, scripts=scripts)

    robyn.type("Email address", EMAIL)
    robyn.type("Password", "short")
    robyn.type("Type the password again", "short")
    robyn.next()
    assert robyn.page.title().startswith("Error: ")
    look(robyn, scripts=scripts)
    robyn.type("Password", PASSWORD)
    if scripts:
        expect(robyn.page.locator("[data-rule=shortest]")).to_have_class("is-met")
    robyn.type("Type the password again", PASSWORD)
    robyn.next()
    look(robyn, scripts=scripts)
    robyn.type("Security code", robyn.new_code(EMAIL))
    robyn.next()

    expect(robyn.page.locator(".name-menu summary")).to_contain_text("Robyn Newcomer")
    look(robyn, scripts=scripts)


def test_what_she_began_before_is_hers_when_she_has_registered(visitor: Visit) -> None:
    robyn = visitor()
    robyn.go("/forms/begin/ehc-needs-assessment-request/")
    robyn.accessible()
    robyn.next("Begin without an account")
    draft = robyn.page.url.split("/forms/")[1].split("/")[0]
    robyn.go(f"/forms/{draft}/sign-in/")
    robyn.accessible()
    robyn.follow_button("Sign in or register")
    robyn.follow("Register for an account")
    says_who_she_is(robyn, scripts=False)
    robyn.type("Email address", EMAIL)
    robyn.type("Password", PASSWORD)
    robyn.type("Type the password again", PASSWORD)
    robyn.next()
    robyn.type("Security code", robyn.new_code(EMAIL))
    robyn.next()
    # Back at the page from which she would send it.
    expect(robyn.page).to_have_url(f"{robyn.portal.url}/forms/{draft}/ehc-check/")
    robyn.go("/forms/")
    expect(robyn.page.locator(f"a[href*='{draft}']").first).to_be_visible()
