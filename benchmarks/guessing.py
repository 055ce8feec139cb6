"""Somebody guesses at one account, 100 times a second, while its owner signs in: she comes in, and nothing grows.

Half the guesses are at its password, half begin to register with its address. Of each, half come from ever new
networks; of the others one network guesses at ever new addresses' passwords.
`python -m benchmarks.guessing rows` counts the rows of all tables; `... code` prints the owner's newest code; `...
forms` begins forms of registering.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from benchmarks.load import Connection
from benchmarks.place import Place
from benchmarks.seats import Seat
from benchmarks.servers import Server, serving

Done = TypeVar("Done")
A_SECOND = 100
# A guess that leaves later than this (seconds) says that the machine had no time for whoever guesses. With so many
# waiting for an answer none is sent: the machine had no time for the site or, where `share` is near 1, it is slow.
MOST_LATE, MOST_WAITING = 0.5, 500
OWNER, PASSWORD = "sam.parent@example.org", "Schoolbag-demo-2026"
SIGN_IN = "/sign-in/"
FORMS = 8
# Seconds of guessing before the owner first comes, while each guess is still looked at; before she comes again, when
# every limit is reached; and after, while the rows are counted twice.
FIRST, BEFORE, AFTER = 0.5, 10, 20
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Guessed:
    """`came_in`: whether the owner was let in; `first` and `longest`: the longest that one of her pages took when the
    guesses had just begun, and after that, in s.

    `rows`: how many rows `guesses` of them added to all tables; `megabytes`: to the server's memory; `share`: how much
    of one processor 100 of them a second take. `latest`: the most that a guess left after it was due, in s; `waiting`:
    the most that were not answered yet; `unsent`: how many found too many waiting.
    """

    came_in: bool
    first: float
    longest: float
    rows: int
    guesses: int
    median: float
    megabytes: float
    share: float
    latest: float
    waiting: int
    unsent: int

    @property
    def is_known(self) -> bool:
        """Whether the guesses left when they were due: else nothing is known of how long a page takes meanwhile."""
        return self.latest <= MOST_LATE and not self.unsent


class Browser(Connection):
    """One that fills in the page for signing in."""

    async def token(self, path: str = SIGN_IN) -> str:
        found = _TOKEN.search((await self.send("GET", path)).body)
        assert found, path
        return found[1]


class Guesser:
    """Sends a guess each hundredth of a second, whatever became of those before, until told to stop."""

    def __init__(self, port: int, forms: list[dict[str, Any]]) -> None:
        self.port, self.forms = port, forms
        # From the moment at which each was due.
        self.took = list[float]()
        self.latest, self.waiting, self.most_waiting, self.unsent = 0.0, 0, 0, 0
        self.is_over = False

    async def run(self) -> None:
        browser = Browser(self.port, Seat("none"))
        await browser.open()
        self.token = await browser.token()
        self.cookies = browser.cookies
        began = time.monotonic()
        async with asyncio.TaskGroup() as guesses:
            for number in count():
                due = began + number / A_SECOND
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                if self.is_over:
                    return
                self.latest = max(self.latest, time.monotonic() - due)
                if self.waiting < MOST_WAITING:
                    guesses.create_task(self._guess(number, due))
                else:
                    self.unsent += 1

    async def _guess(self, number: int, due: float) -> None:
        self.waiting += 1
        self.most_waiting = max(self.waiting, self.most_waiting)
        browser = Browser(self.port, Seat("none"))
        is_from_anywhere, at_registering = number % 2, number // 2 % 2
        if is_from_anywhere:
            browser.network = "10.{}.{}.1".format(*divmod(number % 65536, 256))
        else:
            browser.network = "192.0.2.1"
        path, said = self._registers(browser, number) if at_registering else self._signs_in(browser, number)
        await browser.open()
        answer = await browser.send("POST", path, said)
        browser.writer.close()
        assert answer.code in (200, 302, 429), (path, answer.code)
        self.took.append(time.monotonic() - due)
        self.waiting -= 1

    def _signs_in(self, browser: Browser, number: int) -> tuple[str, dict[str, str]]:
        browser.cookies = dict(self.cookies)
        email = OWNER if number % 2 else f"nobody{number}@example.org"
        return SIGN_IN, {
            "csrfmiddlewaretoken": self.token,
            "email": email,
            "password": f"guess number {number}",
        }

    def _registers(self, browser: Browser, number: int) -> tuple[str, dict[str, str]]:
        form = self.forms[number // 4 % len(self.forms)]
        browser.cookies = dict(form["cookies"])
        return form["path"], {**form["hidden"], "email": OWNER}


class Owner:
    """Signs in with the code that is emailed to her; how long each of her pages took is kept."""

    def __init__(self, place: Place, port: int) -> None:
        self.place, self.browser, self.took = place, Browser(port, Seat("none")), list[float]()

    def again(self) -> "Owner":
        """With the same browser, from the same place; what it took is counted anew."""
        owner = Owner(self.place, self.browser.port)
        owner.browser.network = self.browser.network
        owner.browser.cookies = {"known": self.browser.cookies["known"]}
        return owner

    async def signs_in(self) -> bool:
        await self.browser.open()
        token = await self._timed(self.browser.token())
        said = {"csrfmiddlewaretoken": token, "email": OWNER, "password": PASSWORD}
        answer = await self._timed(self.browser.send("POST", SIGN_IN, said))
        if answer.code != 302:
            return False
        token = await self._timed(self.browser.token("/sign-in/code/"))
        code = await asyncio.to_thread(self.place.ask, "benchmarks.guessing", "code")
        # The server closes a connection that nothing is heard of meanwhile.
        await self.browser.open()
        said = {"csrfmiddlewaretoken": token, "code": code}
        answer = await self._timed(self.browser.send("POST", "/sign-in/code/", said))
        return answer.code == 302 and answer.headers["location"] == "/start/"

    async def _timed(self, doing: Awaitable[Done]) -> Done:
        began = time.monotonic()
        answer = await doing
        self.took.append(time.monotonic() - began)
        return answer


def under_guesses(place: Place) -> Guessed:
    forms = place.ask("benchmarks.guessing", "forms")
    with serving(place, "config.wsgi:application", "/health/", TRUSTED_PROXIES="1") as server:
        return asyncio.run(_run(place, server, forms))


async def _run(place: Place, server: Server, forms: list[dict[str, Any]]) -> Guessed:
    known = Owner(place, server.port)
    known.browser.network = "203.0.113.7"
    # Her own browser, which has let her in before.
    assert await known.signs_in()
    guesser = Guesser(server.port, forms)
    attack = asyncio.create_task(guesser.run())
    await asyncio.sleep(FIRST)
    early, late = known.again(), known.again()
    came_in = await early.signs_in()
    await asyncio.sleep(BEFORE)
    came_in = await late.signs_in() and came_in
    memory, rows = server.memory(), await _rows(place)
    spent, guesses = server.processor(), len(guesser.took)
    await asyncio.sleep(AFTER)
    spent, guesses = server.processor() - spent, len(guesser.took) - guesses
    grown = await _rows(place) - rows
    guesser.is_over = True
    await attack
    return Guessed(
        came_in,
        max(early.took),
        max(late.took),
        grown,
        guesses,
        statistics.median(guesser.took[-guesses:]),
        server.memory() - memory,
        spent / guesses * A_SECOND,
        guesser.latest,
        guesser.most_waiting,
        guesser.unsent,
    )


async def _rows(place: Place) -> int:
    return int(await asyncio.to_thread(place.ask, "benchmarks.guessing", "rows"))


def rows() -> int:
    """Of all tables of the site."""
    from django.apps import apps

    return sum(model._base_manager.count() for model in apps.get_models() if not model._meta.proxy)


def code() -> str:
    """The newest that was emailed to the owner."""
    from core import outbox
    from core.models import SentMessage

    while outbox.sweep():
        pass
    message = SentMessage.objects.filter(to=OWNER, subject__contains="security code").first()
    assert message
    return message.codes[0]


def forms() -> list[dict[str, Any]]:
    """The page of registering that takes the address, in FORMS browsers: address, cookies, what it sends along."""
    from django.conf import settings
    from django.test import Client

    from benchmarks.typing_in import hidden_in
    from tests.accounts.test_registration import ADDRESS, DETAILS, YOU, Newcomer

    settings.ALLOWED_HOSTS = ["testserver"]
    begun = []
    for _ in range(FORMS):
        newcomer = Newcomer(Client())
        newcomer.starts()
        newcomer.says("you", YOU)
        newcomer.says("address", ADDRESS)
        path = f"{newcomer.draft}email-and-password/"
        hidden = hidden_in(newcomer.get(path).content.decode())
        cookies = {name: one.value for name, one in newcomer.client.cookies.items()}
        begun.append({"path": path, "cookies": cookies, "hidden": hidden | DETAILS})
    return begun


def main() -> None:
    import django

    django.setup()
    print(json.dumps({"rows": rows, "code": code, "forms": forms}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
