"""Where pictures are taken: a portal, a browser for each of the demo's people, and ways from page to page."""

import json
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from accounts.outside.providers import OutsideProvider
from scripts.screenshots.table import FIND, Row
from tests.browser.portal import Portal, Visitor

# Pixels. The admin is worked in at a desk.
NARROW, WIDE = 320, 1200
WIDTHS = dict.fromkeys(("staff", "registers", "editor", "pages", "admin"), 1440)
FORM = "Parental Preference Form"
LEFTOVER = re.compile(r"\{\w*\}|\{%|%\(\w+\)s|None None")
# The admin scrolls within its window, and that is made as tall as what it holds.
SCROLLS = "[document.documentElement, ...document.querySelectorAll('.content-wrapper, .content, .wrapper')]"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What the admin's window cuts off at its right edge. Its own overview of an editor's page stands there folded.
CUT = """
() => [...document.querySelectorAll('main *')].some(part => {
  const { left, right, width, height } = part.getBoundingClientRect();
  if (right <= innerWidth + 1 || left >= innerWidth || width < 2 || height < 2) return false;
  if (part.closest('.w-minimap, .w-minimap-container, [hidden]')) return false;
  for (let around = part.parentElement; !around.matches('main, .content-wrapper'); around = around.parentElement)
    if (getComputedStyle(around).overflowX !== 'visible') return false;
  return getComputedStyle(part).visibility === 'visible';
})
"""
TALL = f"Math.max(900, ...{SCROLLS}.map(part => part.scrollHeight + part.getBoundingClientRect().top))"
MOST = 6000


class Studio:
    """The portal, a browser for each person, and the folder that pictures go to."""

    def __init__(
        self, portal: Portal, browser: Browser, folder: Path, council_identity: OutsideProvider
    ) -> None:
        self.portal = portal
        self.council_identity = council_identity
        self.browser = browser
        self.folder = folder
        self.part = ""
        self.count = 0
        self.faults: list[str] = []
        self.people: dict[str, Visitor] = {}
        self.seen: set[str] = set()

    def stranger(self) -> Visitor:
        """Somebody new, not signed in."""
        context = self.browser.new_context(
            locale="en-GB",
            reduced_motion="reduce",
            # The service that opens from here has made its own certificate.
            ignore_https_errors=True,
        )
        return Visitor(context.new_page(), self.portal)

    def person(self, email: str) -> Visitor:
        """One of the demo's people, signed in once."""
        if email not in self.people:
            self.people[email] = self.stranger()
            self.people[email].sign_in(email)
        return self.people[email]

    @cached_property
    def found(self) -> dict[str, str | int]:
        found: dict[str, str | int] = json.loads(self.portal.manage("shell", "-v", "0", "-c", FIND))
        return found

    def shots(self, table: Iterable[Row]) -> None:
        """The pages of a table."""
        for email, name, path in table:
            self.shot(self.person(email), name, path.format(**self.found))

    def paper(self, visitor: Visitor, name: str) -> None:
        """The page as it is printed."""
        visitor.page.emulate_media(media="print")
        self.shot(visitor, name)
        visitor.page.emulate_media(media="screen")

    def shot(self, visitor: Visitor, name: str, path: str = "") -> None:
        """Both pictures of the page that the visitor is on, or goes to by `path`."""
        if path:
            visitor.go(path)
            if path.startswith("/admin/"):
                settled(visitor.page)
        for size, width in (("narrow", NARROW), ("wide", WIDTHS.get(self.part, WIDE))):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            if self.part in WIDTHS:
                height = min(int(visitor.page.evaluate(TALL)), MOST)
                visitor.page.set_viewport_size({"width": width, "height": height})
            visitor.page.evaluate("scrollTo(0, 0)")
            picture = self.folder / self.part / f"{name}--{size}.png"
            visitor.page.screenshot(path=picture, full_page=True, animations="disabled")
            if visitor.page.evaluate(SIDEWAYS) > 0:
                self.faults.append(f"{self.part}/{name} scrolls sideways at {width} px")
            elif visitor.page.evaluate(CUT):
                self.faults.append(f"{self.part}/{name} is cut off at {width} px")
        found = LEFTOVER.search(visitor.page.locator("body").inner_text())
        if found and self.part != "editor":  # Editors write placeholders.
            self.faults.append(f"{self.part}/{name} shows {found[0]}")
        self.seen.add(urlsplit(visitor.page.url).path)
        self.count += 1


def press(visitor: Visitor, button: str) -> None:
    visitor.page.get_by_role("button", name=button, exact=True).last.click()
    visitor.page.wait_for_load_state()


def submit(visitor: Visitor) -> None:
    """Send the form of a page in the admin, whatever its button says."""
    visitor.page.locator("main button[type=submit]").last.click()
    visitor.page.wait_for_load_state()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def give_password(visitor: Visitor, email: str, password: str) -> None:
    visitor.page.get_by_label("Email address", exact=True).fill(email)
    visitor.page.get_by_label("Password", exact=True).fill(password)
    press(visitor, "Continue")


def to_dashboard(visitor: Visitor, child: str) -> None:
    visitor.go("/family/")
    visitor.page.get_by_role("link", name=f"SEND dashboard for {child}").click()


def to_form(visitor: Visitor, button: str) -> None:
    to_dashboard(visitor, "Ada")
    visitor.page.locator(".tile").first.click()
    visitor.page.get_by_role("button", name=button).click()


def to_case(visitor: Visitor, child: str) -> None:
    visitor.go("/admin/casework/case/")
    visitor.page.locator("tr", has_text=child).locator(".case-link").click()


def step_of(page: Page) -> str:
    """The step that the page's address names: /forms/<draft>/<step>/."""
    return page.url.split("?")[0].rstrip("/").split("/")[5]


def go_to_step(visitor: Visitor, step: str) -> None:
    visitor.page.goto(f"{'/'.join(visitor.page.url.split('/')[:5])}/{step}/")
