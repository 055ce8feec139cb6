"""A running portal (site, worker, demo data) and somebody at a browser in front of it: for tests and screenshots."""

import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Schoolbag-demo-2026"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium looks up its maker's hosts at each start unless told not to.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
START_SECONDS = 180
WAIT_MS = 20_000
expect.set_options(timeout=WAIT_MS)


def chromium() -> str | None:
    """The path of the system's Chromium or Chrome, or of the one that CHROMIUM names; None where there is none."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Portal:
    """`manage.py serve` in a process of its own, with a database and files of its own."""

    url: str
    process: subprocess.Popen[str]
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a management command prints, run against this portal's database."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def messages(self, to: str) -> list[dict[str, Any]]:
        """The messages sent to an address, newest first, as `manage.py outbox --json` prints them."""
        found: list[dict[str, Any]] = json.loads(self.manage("outbox", "--to", to, "--json"))
        return found


@contextmanager
def running(folder: Path, database_url: str = "", **settings: str) -> Iterator[Portal]:
    """A portal on a free port, its files in `folder`. Stopped at the end, as Ctrl-C does.

    `settings`: what its environment says besides.
    """
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "SCHOOLBAG_VAR": str(folder),
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'db.sqlite3'}",
        "PORT": str(port),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        **settings,
    }
    log = (folder / "serve.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log, text=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process, folder / "serve.log")
        yield Portal(f"http://127.0.0.1:{port}", process, environment)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait_for(url: str, process: subprocess.Popen[str], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if f"Ready: {url}" in log.read_text("utf-8"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"The portal did not start:\n{log.read_text('utf-8')[-3000:]}")


class Prepared:
    """A portal's files and its database: a file, or (where DATABASE_URL is PostgreSQL's) one on that server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ.get("DATABASE_URL", "")
        self.name = f"browser_{os.getpid()}"
        self.url = self._make(folder, self.name)

    @contextmanager
    def copied(self, folder: Path) -> Iterator[str]:
        """The address of a copy of the database, beside which `folder` gets the files."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        name = f"{self.name}_copy"
        yield self._make(folder, name, template=self.name)
        self._drop(name)

    def remove(self) -> None:
        self._drop(self.name)

    def _make(self, folder: Path, name: str, template: str = "template0") -> str:
        if not self.server.startswith("postgres"):
            return f"sqlite:///{folder / 'db.sqlite3'}"
        self._drop(name)
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"{self.server.rpartition('/')[0]}/{name}"

    def _drop(self, name: str) -> None:
        if self.server.startswith("postgres"):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


# What an element looks like: cheap to ask of the one that has the focus, where a locator looks through the whole page.
LOOKS = """element => [
  element.tagName, element.type, element.title, element.ariaLabel, element.labels?.[0]?.textContent,
  element.tagName === "SELECT" ? "" : element.textContent,
].join("|")"""

# A message of the admin's comes in gently, and is pale until it is there.
STILL = """() => Promise.all(
  document.getAnimations().filter((one) => one.effect.getTiming().iterations < Infinity).map((one) => one.finished)
)"""


def tab_to(page: Page, target: Locator, limit: int = 150, *, key: str = "Tab") -> Locator:
    """Press Tab until the focus is on `target`, or on one of several that it names: that one is given back.

    `key`: "Shift+Tab" goes back. Raises AssertionError where `limit` times do not lead there.
    """
    # A page that is still on its way has no such thing, and is no page to press keys on.
    target.first.wait_for(state="attached")
    found = target.and_(page.locator(":focus"))
    wanted: list[str] = []
    for _ in range(limit):
        wanted = wanted or target.evaluate_all(f"found => found.map({LOOKS})")
        if page.evaluate(f"({LOOKS})(document.activeElement)") in wanted and found.count():
            return found
        page.keyboard.press(key)
    raise AssertionError(f"Not reached by {key}: {target}")


class Visitor:
    """Somebody at a browser, who reads their own emails at the demo's page of messages."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.page = page
        self.portal = portal
        page.set_default_timeout(WAIT_MS)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.portal.url}{path}")

    def sign_in(self, email: str, *, next_path: str = "/sign-in/") -> None:
        """All of signing in: email address, password, the emailed code."""
        before = set(self.codes(email))
        self.go(next_path)
        self.type("Email address", email)
        self.type("Password", PASSWORD)
        self.next()
        self.type("Security code", self.new_code(email, before))
        self.next()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def reach(self, target: Locator) -> Locator:
        """Go to `target` by the Tab key alone. Raises AssertionError where it cannot be reached so."""
        tab_to(self.page, target)
        return target

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.reach(target)
        self.page.keyboard.press(key)

    def type(self, label: str, text: str) -> None:
        """Replace what stands in the box with this label."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str) -> None:
        """Choose one of a group of answers: Tab to the group, then the arrow keys."""
        wanted = self.page.get_by_label(label, exact=True)
        group = self.page.locator(f'input[name="{wanted.get_attribute("name")}"]')
        checked = group.and_(self.page.locator(":checked"))
        self.reach(checked.first if checked.count() else group.first)
        for _ in range(group.count()):
            if wanted.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")

    def next(self, button: str = "Continue") -> None:
        self.open(self.page.get_by_role("button", name=button, exact=True))

    def follow(self, link: str) -> None:
        """Go where a link leads, by keyboard."""
        self.open(self.page.get_by_role("link", name=link))

    def follow_button(self, link: str) -> None:
        """The same for a link that looks, and is announced, as a button."""
        self.open(self.page.get_by_role("button", name=link))

    def open(self, target: Locator) -> None:
        """Press what leads to another page, and wait for that."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def eventually(self, happened: Callable[[], bool], seconds: float = 20) -> None:
        """Waits until `happened`. Raises AssertionError where it does not within `seconds`."""
        until = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < until, "It did not happen in time"

    def accessible(self, *, but: Sequence[str] = ()) -> None:
        """Fails with what axe-core finds against WCAG 2.2 A and AA and best practice. `but`: selectors left out."""
        expect(self.page.locator("[data-controller=w-init]:not(.ready)")).to_have_count(0)
        self.page.evaluate(STILL)
        found = Axe().run(self.page, context={"exclude": [[selector] for selector in but]} if but else None)
        faults = [
            (row["id"], [node["target"] for node in row["nodes"]]) for row in found.response["violations"]
        ]
        assert not faults, f"{self.page.url}: {faults}"

    def sign_out(self) -> None:
        self.press(self.page.locator(".name-menu summary"))
        self.press(self.page.get_by_role("button", name="Sign out"))
        self.page.wait_for_url("**/signed-out/")

    def codes(self, email: str) -> dict[str, str]:
        """Message id -> security code, of the messages to `email` that the demo's page shows, newest first."""
        found = {message: re.findall(r">(\d{6})</p>", card) for message, card in self._cards(email).items()}
        return {message: codes[0] for message, codes in found.items() if codes}

    def letter(self, email: str, subject: str) -> str:
        """What the newest message to `email` of this subject says, when it has come."""
        found: list[str] = []

        def has_come() -> bool:
            found[:] = [card for card in self._cards(email).values() if subject in html.unescape(card)]
            return bool(found)

        self.eventually(has_come)
        return html.unescape(re.sub("<[^>]+>", "", found[0].partition(">")[2]))

    def _cards(self, email: str) -> dict[str, str]:
        """Message id -> how the demo's page shows it, of the messages to `email`, newest first."""
        # Not from the browser: one that says what network it is in is shown no messages.
        answer = requests.get(f"{self.portal.url}/dev/outbox/", timeout=20).text
        cards = re.split(r'(?=id="message-)', answer)[1:]
        return {card[12:48]: card for card in cards if f"<strong>{email}</strong>" in html.unescape(card)}

    def new_code(self, email: str, before: Collection[str] = ()) -> str:
        """The newest code to `email`, that is none of `before`, when it has come."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            fresh = [code for message, code in self.codes(email).items() if message not in before]
            if fresh:
                return fresh[0]
            time.sleep(0.1)
        raise AssertionError(f"No security code came for {email}")
