"""Somebody of the tests' own with an account, at a browser: whatever becomes of the account, nobody else misses it."""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from tests.browser.portal import PASSWORD, Portal, Visitor

POSTCODE = "MB1 4QT"
BORN = ("27", "3", "1988")
# In the portal's own process.
MAKE = "from tests.browser.accounts import people; people.make({count})"


class Somebody(Visitor):
    """Kim, who looks at each page that she comes to with axe-core, where her browser runs scripts."""

    def __init__(
        self, visitor: Visitor, email: str, *, scripts: bool = True, portal: Portal | None = None
    ) -> None:
        super().__init__(visitor.page, portal or visitor.portal)
        self.email = email
        self.has_scripts = scripts

    def open(self, target: Locator) -> None:
        super().open(target)
        self.look()

    def look(self, *, but: Sequence[str] = ()) -> None:
        # axe-core is a script of the page.
        if self.has_scripts and self.page.url.startswith(self.portal.url):
            self.accessible(but=but)

    def signs_in(self, password: str = PASSWORD) -> None:
        """From the page that she is on, which is for signing in."""
        self.type("Email address", self.email)
        self.type("Password", password)
        self.gives_code("Continue")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def gives_code(self, button: str) -> None:
        """Press what sends a code, and give it."""
        before = set(self.codes(self.email))
        self.next(button)
        self.type("Security code", self.new_code(self.email, before))
        self.next()

    def types_at_work(self, label: str, text: str) -> None:
        """In the admin, where labels have a star at their end."""
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def is_told(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def is_refused(self, words: str) -> None:
        """The page says at its top what is wrong, and axe finds nothing wrong with how."""
        expect(self.page.get_by_role("alert").first).to_contain_text(words)
        assert self.page.title().startswith("Error: ")

    def link_in(self, subject: str, path: str) -> str:
        """The link to `path` in the newest letter of that subject."""
        found = re.search(rf"https?://\S*{path}\S+", self.letter(self.email, subject))
        assert found, f"No link to {path}"
        return found[0]
