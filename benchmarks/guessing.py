"""Somebody guesses at one account, 100 times a second, while its owner signs in: she comes in, and nothing grows.

Half the guesses come from ever new networks, half are at ever new addresses from one network.
`python -m benchmarks.guessing rows` counts the rows of all tables; `... code` prints the owner's newest code.
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
from typing import TypeVar

from benchmarks.load import Connection
from benchmarks.place import Place
from benchmarks.seats import Seat
from benchmarks.servers import Server, serving

Done = TypeVar("Done")
A_SECOND = 100
CONNECTIONS = 20
OWNER, PASSWORD = "sam.parent@example.org", "Schoolbag-demo-2026"
SIGN_IN = "/sign-in/"
# Before she comes, so that every limit is reached; and after, while the rows are counted twice.
BEFORE, AFTER = 10, 20
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Guessed:
    """`came_in`: whether the owner was let in; `longest`: the longest that one of her pages took, in s.

    `rows`: how many rows `guesses` of them added to all tables; `megabytes`: to the server's memory.
    """

    came_in: bool
    longest: float
    rows: int
    guesses: int
    a_second: float
    median: float
    megabytes: float


class Browser(Connection):
    """One that fills in the page for signing in."""

    async def token(self, path: str = SIGN_IN) -> str:
        found = _TOKEN.search((await self.send("GET", path)).body)
        assert found, path
        return found[1]


class Guesser:
    """Goes on until told to stop."""

    def __init__(self, port: int) -> None:
        self.port, self.numbers, self.took = port, count(), list[float]()
        self.is_over = False

    async def run(self) -> None:
        await asyncio.gather(*(self._guess() for _ in range(CONNECTIONS)))

    async def _guess(self) -> None:
        browser = Browser(self.port, Seat("none"))
        await browser.open()
        token = await browser.token()
        due = time.monotonic()
        while not self.is_over:
            number = next(self.numbers)
            is_at_owner = number % 2
            browser.network = (
                "10.{}.{}.1".format(*divmod(number % 65536, 256)) if is_at_owner else "192.0.2.1"
            )
            email = OWNER if is_at_owner else f"nobody{number}@example.org"
            began = time.monotonic()
            said = {"csrfmiddlewaretoken": token, "email": email, "password": f"guess number {number}"}
            answer = await browser.send("POST", SIGN_IN, said)
            assert answer.code in (200, 429), answer.code
            self.took.append(time.monotonic() - began)
            due += CONNECTIONS / A_SECOND
            await asyncio.sleep(max(0.0, due - time.monotonic()))


class Owner:
    """Signs in with the code that is emailed to her; how long each of her pages took is kept."""

    def __init__(self, place: Place, port: int) -> None:
        self.place, self.browser, self.took = place, Browser(port, Seat("none")), list[float]()

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
    with serving(place, "config.wsgi:application", "/health/", TRUSTED_PROXIES="1") as server:
        return asyncio.run(_run(place, server))


async def _run(place: Place, server: Server) -> Guessed:
    known = Owner(place, server.port)
    known.browser.network = "203.0.113.7"
    # Her own browser, which has let her in before.
    assert await known.signs_in()
    owner = Owner(place, server.port)
    owner.browser.network, owner.browser.cookies = "203.0.113.7", {"known": known.browser.cookies["known"]}
    guesser = Guesser(server.port)
    attack = asyncio.create_task(guesser.run())
    await asyncio.sleep(BEFORE)
    came_in = await owner.signs_in()
    memory, rows, guesses = server.memory(), await _rows(place), len(guesser.took)
    began = time.monotonic()
    await asyncio.sleep(AFTER)
    grown, more, spent = await _rows(place) - rows, len(guesser.took) - guesses, time.monotonic() - began
    guesser.is_over = True
    await attack
    return Guessed(
        came_in,
        max(owner.took),
        grown,
        more,
        more / spent,
        statistics.median(guesser.took[guesses:]),
        server.memory() - memory,
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

    outbox.sweep()
    message = SentMessage.objects.filter(to=OWNER, subject__contains="security code").first()
    assert message
    return message.codes[0]


def main() -> None:
    import django

    django.setup()
    print(json.dumps({"rows": rows, "code": code}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
