"""An administrator sets up an app, a passkey and recovery codes, and signs in with each; axe looks at each page."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.accounts.second_step import code_of
from tests.browser.portal import PASSWORD, Visitor

pytestmark = pytest.mark.capability("B11")

ADMIN = "admin@example.org"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Administrator(Visitor):
    """Somebody at a browser who has a security key of Chromium's own making (WebAuthn's virtual authenticator)."""

    def __init__(self, visitor: Visitor) -> None:
        # Browsers keep passkeys for names alone.
        portal = replace(visitor.portal, url=visitor.portal.url.replace("127.0.0.1", "localhost"))
        super().__init__(visitor.page, portal)
        self.keys = visitor.page.context.new_cdp_session(visitor.page)
        self.keys.send("WebAuthn.enable")
        self.key = self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def open(self, target: Any) -> None:
        super().open(target)
        # Wagtail's pages are looked at where they are worked with.
        if "/admin/" not in self.page.url:
            self.accessible()

    def finger(self, *, is_known: bool) -> None:
        """From now on the key knows the finger, or does not."""
        about = {"authenticatorId": self.key, "isUserVerified": is_known}
        self.keys.send("WebAuthn.setUserVerified", about)

    def gives_password(self) -> None:
        self.go("/sign-in/")
        self.type("Email address", ADMIN)
        self.type("Password", PASSWORD)
        self.next()

    def is_in(self) -> None:
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        self.page.context.clear_cookies()


@pytest.fixture
def ari(visitor: Callable[..., Visitor]) -> Administrator:
    return Administrator(visitor())


def test_an_administrator_signs_in_with_app_passkey_and_paper(ari: Administrator) -> None:
    page = ari.page
    ari.sign_in(ADMIN)
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


def another_way(ari: Administrator, link: str) -> None:
    ari.press(ari.page.locator("summary", has_text="Try another way"))
    ari.accessible()
    ari.follow(link)


def test_without_scripts_an_app_signs_in(visitor: Callable[..., Visitor]) -> None:
    casey = visitor(scripts=False, width=320)
    casey.sign_in("casey.worker@example.org")
    casey.go("/account/security/app/")
    key = base64.b32decode((casey.page.locator("#key").text_content() or "").replace(" ", "")).hex()
    casey.type("Code from the app", code_of(key))
    casey.next()
    casey.page.context.clear_cookies()

    casey.go("/sign-in/")
    casey.type("Email address", "casey.worker@example.org")
    casey.type("Password", PASSWORD)
    casey.next()
    casey.type("Code from the app", code_of(key, ahead=1))
    casey.next()
    casey.page.wait_for_url(lambda url: "/sign-in/" not in url)
