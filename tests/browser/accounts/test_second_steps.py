"""An administrator sets up an app, a passkey and recovery codes, and signs in with each; axe looks at each page."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.accounts.app_codes import code_of
from tests.browser.accounts.somebody import Somebody
from tests.browser.portal import PASSWORD

pytestmark = pytest.mark.capability("B11")

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Administrator(Somebody):
    """Somebody at a browser who has a security key of Chromium's own making (WebAuthn's virtual authenticator)."""

    def __init__(self, ash: Somebody) -> None:
        # Browsers keep passkeys for names alone.
        portal = replace(ash.portal, url=ash.portal.url.replace("127.0.0.1", "localhost"))
        super().__init__(ash, ash.email, portal=portal)
        self.keys = ash.page.context.new_cdp_session(ash.page)
        self.keys.send("WebAuthn.enable")
        self.key = self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def finger(self, *, is_known: bool) -> None:
        """From now on the key knows the finger, or does not."""
        about = {"authenticatorId": self.key, "isUserVerified": is_known}
        self.keys.send("WebAuthn.setUserVerified", about)

    def gives_password(self) -> None:
        gives_password(self)

    def is_in(self) -> None:
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        self.page.context.clear_cookies()


def gives_password(person: Somebody) -> None:
    person.go("/sign-in/")
    person.type("Email address", person.email)
    person.type("Password", PASSWORD)
    person.next()


@pytest.fixture
def ari(somebody: Callable[..., Somebody]) -> Administrator:
    return Administrator(somebody("ash"))


def test_an_administrator_signs_in_with_app_passkey_and_paper(ari: Administrator) -> None:
    page = ari.page
    ari.sign_in(ari.email)
    ari.go("/account/")
    ari.follow("Change how you sign in")
    key = sets_up_the_app(ari)
    codes = makes_codes(ari)
    adds_a_passkey(ari)
    page.context.clear_cookies()

    ari.gives_password()
    ari.next("Use my passkey")
    ari.is_in()

    ari.gives_password()
    ari.finger(is_known=False)
    ari.press(page.get_by_role("button", name="Use my passkey"))
    expect(page.locator("#passkey-failed")).to_be_focused()
    ari.accessible()
    another_way(ari, "Use a recovery code")
    ari.type("Recovery code", codes[0].lower())
    ari.next()
    ari.is_in()

    ari.gives_password()
    another_way(ari, "Use a code from your app")
    # Whatever half minute it was set up in: each code works once.
    ari.type("Code from the app", code_of(key, ahead=1))
    ari.next()
    ari.is_in()


def sets_up_the_app(ari: Administrator) -> str:
    """The key that the page shows, in hex."""
    ari.follow("Set up an app")
    ari.press(ari.page.locator("summary", has_text="I cannot point the phone at it"))
    key = base64.b32decode(ari.page.locator("#key").inner_text().replace(" ", "")).hex()
    ari.accessible()
    ari.type("Code from the app", "12345")
    ari.next()
    expect(ari.page.get_by_role("alert").first).to_contain_text("6 numbers")
    ari.type("Code from the app", code_of(key))
    ari.next()
    return key


def makes_codes(ari: Administrator) -> list[str]:
    ari.next("Make 10 codes")
    codes = ari.page.locator("#codes code").all_inner_texts()
    assert len(codes) == 10
    assert all(re.fullmatch(r"\w{5}-\w{5}", code) for code in codes)
    ari.follow_button("I have them on paper")
    return codes


def adds_a_passkey(ari: Administrator) -> None:
    ari.follow("Add a passkey")
    ari.type("What do you call it?", "Work laptop")
    ari.next()
    expect(ari.page.get_by_text("Work laptop").first).to_be_visible()


def another_way(person: Somebody, link: str) -> None:
    person.press(person.page.locator("summary", has_text="Try another way"))
    person.look()
    person.follow(link)


def test_without_scripts_an_app_and_paper_sign_in(somebody: Callable[..., Somebody]) -> None:
    casey = somebody("casey", scripts=False)
    casey.sign_in(casey.email)
    casey.go("/account/security/recovery-codes/")
    casey.next("Make 10 codes")
    paper = casey.page.locator("#codes code").all_inner_texts()
    casey.go("/account/security/app/")
    key = base64.b32decode((casey.page.locator("#key").text_content() or "").replace(" ", "")).hex()
    casey.type("Code from the app", code_of(key))
    casey.next()
    casey.page.context.clear_cookies()

    gives_password(casey)
    casey.type("Code from the app", code_of(key, ahead=1))
    casey.next()
    casey.page.wait_for_url(lambda url: "/sign-in/" not in url)
    casey.page.context.clear_cookies()

    gives_password(casey)
    another_way(casey, "Use a recovery code")
    casey.type("Recovery code", "AAAAA-AAAAA")
    casey.next()
    casey.is_refused("not right")
    casey.type("Recovery code", paper[0])
    casey.next()
    casey.page.wait_for_url(lambda url: "/sign-in/" not in url)
