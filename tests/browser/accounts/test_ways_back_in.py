"""Somebody who cannot sign in any more finds the way back: by keyboard, with and without JavaScript."""

from collections.abc import Callable

import pytest

from tests.browser.accounts.somebody import BORN, POSTCODE, Somebody

NEW_PASSWORD = "Seventeen green kettles 17"


def says_who_she_is(kim: Somebody, postcode: str = POSTCODE) -> None:
    kim.type("Postcode", postcode)
    for part, number in zip(("Day", "Month", "Year"), BORN, strict=True):
        kim.type(part, number)
    kim.next()


def chooses_a_password(kim: Somebody) -> None:
    kim.type("New password", "short")
    kim.type("Type the new password again", "short")
    kim.next()
    kim.is_refused("15")
    kim.type("New password", NEW_PASSWORD)
    kim.type("Type the new password again", NEW_PASSWORD)
    kim.gives_code("Continue")
    kim.page.wait_for_url("**/family/")


@pytest.mark.capability("A9")
def test_who_forgot_which_address_it_was_is_told_in_her_mailbox(kim: Somebody) -> None:
    kim.go("/sign-in/")
    kim.follow("Which email address did I use?")
    kim.next()
    kim.is_refused("Enter an email address of yours")
    kim.type("An email address of yours", "kim.from.long.ago@example.org")
    kim.reach(kim.page.get_by_label("A third one"))
    kim.page.keyboard.insert_text(kim.email.upper())
    says_who_she_is(kim)
    kim.is_told("If you have an account with one of these addresses")
    assert "It is this one" in kim.letter(kim.email, "The email address that you sign in with")
    kim.follow("Sign in")
    kim.signs_in()


@pytest.mark.capability("A10", "A7")
def test_who_forgot_the_password_chooses_another_with_what_comes_by_email(kim: Somebody) -> None:
    kim.go("/sign-in/")
    kim.follow("Forgotten your password?")
    kim.next()
    kim.is_refused("Enter your email address")
    kim.type("Email address", kim.email)
    says_who_she_is(kim)
    one_time = kim.letter(kim.email, "Choose a new password").partition("one-time password:")[2].split()[0]
    for typed in (f"{one_time[:-1]}{'3' if one_time[-1] == '4' else '4'}", one_time.lower()):
        kim.type("Email address", kim.email)
        kim.type("One-time password", typed)
        kim.next()
    chooses_a_password(kim)
    kim.sign_out()
    kim.go("/sign-in/")
    kim.signs_in(NEW_PASSWORD)


@pytest.mark.capability("A10")
def test_the_link_in_the_letter_chooses_one_and_then_works_no_more(kim: Somebody) -> None:
    kim.go("/forgotten-password/")
    kim.type("Email address", kim.email)
    says_who_she_is(kim, "mb14qt")
    link = kim.link_in("Choose a new password", "/forgotten-password/choose/")
    kim.page.goto(link)
    kim.look()
    chooses_a_password(kim)
    kim.page.goto(link)
    kim.is_told("This no longer works")
    kim.look()


@pytest.mark.capability("A10")
def test_who_lost_her_mailbox_is_helped_by_phone_and_confirms_the_new_one(
    kim: Somebody, somebody: Callable[..., Somebody]
) -> None:
    ash = somebody("ash")
    ash.go("/admin/help-back-in/")
    ash.signs_in()
    new = f"new.{kim.email}"
    staff_ask(ash, kim.email, new)
    kim.email = new
    kim.page.goto(kim.link_in("Confirm your new email address", "/new-email/"))
    kim.look()
    kim.next("Use this email address")
    kim.is_told("Your new email address works")
    kim.follow_button("Sign in")
    kim.signs_in()


def staff_ask(ash: Somebody, email: str, new: str) -> None:
    """With the caller on the phone, in the admin."""
    ash.types_at_work("Email address", email)
    ash.page.keyboard.press("Enter")
    ash.follow("Kim Reader")
    for label, said in (
        ("First and last name", "Kim Reader"),
        ("Date of birth", "28 3 1988"),
        ("Postcode", POSTCODE),
        ("New email address", new),
        ("Why the old mailbox cannot be used", "She has left her job."),
    ):
        ash.types_at_work(label, said)
    ash.next("Compare, and send the email")
    ash.is_told("This is not as we have it")
    ash.types_at_work("Date of birth", "27 March 1988")
    ash.next("Compare, and send the email")
    ash.is_told("An email is on its way")
