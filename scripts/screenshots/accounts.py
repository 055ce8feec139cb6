"""Ways back in, a sign-in from outside, a service that opens from here, second steps, and whatever asks for a code."""

import base64
from dataclasses import replace

from scripts.screenshots.people import ADMIN
from scripts.screenshots.studio import Studio, give_password, press
from tests.accounts.app_codes import code_of
from tests.browser.accounts import demo_service, test_registration
from tests.browser.accounts.council_id import knows
from tests.browser.accounts.demo_service import DemoService
from tests.browser.accounts.somebody import BORN, MAKE, Somebody
from tests.browser.portal import PASSWORD

# A key that no browser has: enough to be asked for it. Browsers keep passkeys for names alone.
GIVE_PASSKEY = """
from accounts.models import Passkey, User
ash = User.objects.get(email_key="{email}")
Passkey.objects.create(user=ash, name="Work laptop", credential_id="AAAA", public_key=b"key")
"""
KIM, NUMBERS = "kim{}@example.org", iter(range(10))


def accounts(studio: Studio) -> None:
    studio.portal.manage("shell", "-v", "0", "-c", MAKE.format(count=10))
    ways_back_in(studio)
    lost_mailbox(studio)
    own_account(studio)
    outside(studio)
    with demo_service.running() as service:
        other_service(studio, service)
    second_steps(studio)


def somebody(studio: Studio) -> Somebody:
    kim = Somebody(studio.stranger(), KIM.format(next(NUMBERS)), scripts=False)
    kim.page.route("**cdn.jsdelivr.net/**", lambda route: route.abort())
    return kim


def signed_in(studio: Studio) -> Somebody:
    kim = somebody(studio)
    kim.sign_in(kim.email)
    return kim


def says_who_she_is(kim: Somebody) -> None:
    kim.type("Postcode", "MB1 4QT")
    for part, number in zip(("Day", "Month", "Year"), BORN, strict=True):
        kim.type(part, number)
    press(kim, "Continue")


def ways_back_in(studio: Studio) -> None:
    kim = somebody(studio)
    kim.go("/forgotten-email/")
    press(kim, "Continue")
    studio.shot(kim, "forgotten-email--empty")
    kim.type("An email address of yours", kim.email)
    says_who_she_is(kim)
    studio.shot(kim, "reminded")
    kim.go("/forgotten-password/")
    kim.type("Email address", kim.email)
    says_who_she_is(kim)
    press(kim, "Continue")
    studio.shot(kim, "one-time-password--empty")
    kim.page.goto(kim.link_in("Choose a new password", "/forgotten-password/choose/"))
    studio.shot(kim, "choose-password")
    kim.type("New password", "short")
    press(kim, "Continue")
    studio.shot(kim, "choose-password--error")
    studio.shot(kim, "one-time-password-gone", "/forgotten-password/choose/")


def lost_mailbox(studio: Studio) -> None:
    ash, kim = studio.person(ADMIN), somebody(studio)
    ash.go("/admin/help-back-in/")
    ash.page.get_by_label("Email address").fill(kim.email)
    press(ash, "Find")
    studio.shot(ash, "help-back-in--found")
    ash.page.get_by_role("link", name="Kim Reader").click()
    studio.shot(ash, "help-back-in-person")
    ash.page.get_by_role("link", name="Sign this person out everywhere").click()
    studio.shot(ash, "help-back-in-sign-out")
    ash.page.go_back()
    press(ash, "Compare, and send the email")
    studio.shot(ash, "help-back-in-person--error")
    kim.email = f"new.{kim.email}"
    for label, said in (
        ("First and last name", "Kim Reader"),
        ("Date of birth", "27 3 1988"),
        ("Postcode", "MB1 4QT"),
        ("New email address", kim.email),
        ("Why the old mailbox cannot be used", "She has left her job."),
    ):
        ash.page.get_by_label(label).fill(said)
    press(ash, "Compare, and send the email")
    studio.shot(kim, "new-mailbox-typed", "/new-email/")
    kim.page.goto(kim.link_in("Confirm your new email address", "/new-email/"))
    studio.shot(kim, "new-mailbox")
    press(kim, "Use this email address")
    studio.shot(kim, "new-mailbox-done")


def own_account(studio: Studio) -> None:
    kim, tablet = signed_in(studio), studio.stranger()
    tablet.sign_in(kim.email)
    studio.shot(kim, "sessions--two", "/account/sessions/")
    kim.go("/account/email/")
    kim.type("New email address", f"new.{kim.email}")
    kim.type("Your password", PASSWORD)
    press(kim, "Send the code")
    studio.shot(kim, "new-email-code")
    kim.type("Security code", "000000")
    press(kim, "Continue")
    studio.shot(kim, "new-email-code--error")
    kim.page.goto(kim.link_in("Was it you?", "/not-me/"))
    studio.shot(kim, "not-me")
    press(kim, "It was not me: lock my account")
    studio.shot(kim, "not-me--locked")
    studio.shot(kim, "account-closed", "/account/closed/")


def outside(studio: Studio) -> None:
    kim = somebody(studio)
    kim.go("/sign-in/with/council/")
    press(kim, "Deny")
    studio.shot(kim, "outside-failed")
    proves_outside(kim, "/sign-in/with/council/")
    studio.shot(kim, "outside-stranger")
    registers_with_outside(studio)
    kim.sign_in(kim.email)
    studio.shot(kim, "outside", "/account/outside/")
    proves_outside(kim, "/account/outside/council/leave/")
    studio.shot(kim, "outside-join")
    press(kim, "Yes, join the two")
    studio.shot(kim, "outside-joined")


def registers_with_outside(studio: Studio) -> None:
    robyn = somebody(studio)
    robyn.email = f"robyn.{robyn.email}"
    knows(studio.council_identity, robyn.email, given_name="Robyn", email=robyn.email, email_verified=True)
    proves_outside(robyn, "/register/with/council/")
    studio.shot(robyn, "register-with-outside")
    test_registration.says_who_she_is(robyn)
    studio.shot(robyn, "register-with-outside-details")
    robyn.type("Password", test_registration.PASSWORD)
    robyn.type("Type the password again", test_registration.PASSWORD)
    press(robyn, "Continue")
    studio.shot(robyn, "register-with-outside-vouched")


def proves_outside(kim: Somebody, path: str) -> None:
    kim.go(path)
    kim.page.locator("input[name=sub]").first.fill(kim.email)
    press(kim, "Authorize")


def other_service(studio: Studio, service: DemoService) -> None:
    service.is_registered_with(studio.portal)
    kim = signed_in(studio)
    studio.shot(kim, "services--none-used", "/account/services/")
    kim.page.goto(f"{service.url}/")
    studio.shot(kim, "service-consent")
    press(kim, "Yes, go on")
    kim.page.wait_for_url(f"{service.url}/")
    studio.shot(kim, "services", "/account/services/")
    kim.page.goto(f"{service.url}/sign-in?prompt=login")
    studio.shot(kim, "service-sign-in-again")
    kim.page.goto(f"{service.url}/")
    kim.page.get_by_role("link", name="Leave").click()
    studio.shot(kim, "service-sign-out")
    studio.shot(kim, "service-refused", "/openid/authorize/?client_id=nobody")


def second_steps(studio: Studio) -> None:
    """The pages of signing in with an app, a passkey, a code on paper; and those on which these are set up."""
    ash = Somebody(studio.stranger(), "ash0@example.org", scripts=False)
    ash.sign_in(ash.email)
    ash.go("/account/security/app/")
    key = base64.b32decode((ash.page.locator("#key").text_content() or "").replace(" ", "")).hex()
    ash.type("Code from the app", code_of(key))
    press(ash, "Continue")
    ash.go("/account/security/recovery-codes/")
    press(ash, "Make 10 codes")
    studio.shot(ash, "recovery-codes--made")
    studio.portal.manage("shell", "-v", "0", "-c", GIVE_PASSKEY.format(email=ash.email))
    studio.shot(ash, "security--set-up", "/account/security/")
    ash.page.get_by_role("link", name="Rename").click()
    studio.shot(ash, "rename-passkey")
    # She signs in with the app first.
    ash.go("/account/security/")
    press(ash, "Remove Work laptop")
    ash.page.context.clear_cookies()
    ash.go("/sign-in/")
    give_password(ash, ash.email, PASSWORD)
    studio.shot(ash, "second-step-app")
    ash.type("Code from the app", "000000")
    press(ash, "Continue")
    studio.shot(ash, "second-step-app--error")
    studio.shot(ash, "second-step-recovery-code", "/sign-in/recovery-code/")
    studio.portal.manage("shell", "-v", "0", "-c", GIVE_PASSKEY.format(email=ash.email))
    ash.portal = replace(ash.portal, url=ash.portal.url.replace("127.0.0.1", "localhost"))
    ash.go("/sign-in/")
    give_password(ash, ash.email, PASSWORD)
    studio.shot(ash, "second-step-passkey")
