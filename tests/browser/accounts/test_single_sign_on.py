"""A parent opens another service from here and types nothing: her consent is asked once, and she signs out of both."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.accounts import demo_service
from tests.browser.accounts.demo_service import NAME, DemoService
from tests.browser.accounts.somebody import Somebody
from tests.browser.portal import PASSWORD, Portal

pytestmark = pytest.mark.capability("A3")


@pytest.fixture(scope="module")
def payments(portal: Portal) -> Iterator[DemoService]:
    with demo_service.running() as service:
        service.is_registered_with(portal)
        yield service


def number_of(kim: Somebody, payments: DemoService) -> str:
    """By what the service knows her, once she has come there."""
    kim.page.wait_for_url(f"{payments.url}/")
    heading = kim.page.get_by_role("heading", name="Payments of")
    return heading.inner_text().removeprefix("Payments of ")


def test_a_parent_opens_it_says_yes_once_and_signs_out_of_both(kim: Somebody, payments: DemoService) -> None:
    kim.go("/sign-in/")
    kim.signs_in()
    kim.go("/account/services/")
    kim.look()
    kim.follow(NAME)
    kim.is_told(f"{NAME} wants to know who you are")
    kim.press(kim.page.get_by_role("button", name="Yes, go on"))
    known = number_of(kim, payments)
    assert "kim" not in known

    # It asks again, and she sees no page of ours.
    kim.page.goto(f"{payments.url}/forget")
    kim.page.goto(f"{payments.url}/")
    assert number_of(kim, payments) == known

    kim.follow("Leave")
    kim.is_told(f"You are leaving {NAME}")
    kim.press(kim.page.get_by_role("button", name="Sign out", exact=True).last)
    expect(kim.page.get_by_role("heading", name=f"Goodbye from {NAME}")).to_be_visible()
    kim.go("/account/")
    assert kim.page.title().startswith("Sign in")


def test_who_comes_from_there_signs_in_on_the_way_and_stops_it_again(
    kim: Somebody, payments: DemoService
) -> None:
    kim.page.goto(f"{payments.url}/")
    kim.look()
    kim.signs_in()
    kim.is_told("It does not get")
    kim.look()
    kim.press(kim.page.get_by_role("button", name="Yes, go on"))
    known = number_of(kim, payments)

    kim.go("/account/services/")
    kim.next(f"Stop telling {NAME} who I am")
    kim.is_told(f"{NAME} can no longer ask us who you are")
    kim.page.goto(f"{payments.url}/forget")
    kim.page.goto(f"{payments.url}/")
    kim.press(kim.page.get_by_role("button", name="Yes, go on"))
    assert number_of(kim, payments) == known


def test_a_service_that_wants_a_new_sign_in_leaves_her_in_until_she_has_typed_her_password(
    kim: Somebody, payments: DemoService
) -> None:
    kim.go("/sign-in/")
    kim.signs_in()
    kim.page.goto(f"{payments.url}/sign-in?prompt=login")
    kim.is_told(f"{NAME} wants to be sure that it is still you")
    kim.look()
    asked = kim.page.url
    kim.go("/account/")
    assert kim.page.title().startswith("Your account")
    kim.page.goto(asked)
    kim.type("Your password", PASSWORD)
    kim.gives_code("Continue")
    kim.press(kim.page.get_by_role("button", name="Yes, go on"))
    assert number_of(kim, payments)
