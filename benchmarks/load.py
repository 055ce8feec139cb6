"""Requests a second, product and floor in turn (ABAB). A client of our own: usual ones cost more than the server."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks import seats
from benchmarks.compared import Compared
from benchmarks.place import Place
from benchmarks.scenarios.bare import POSTED
from benchmarks.seats import Seat
from benchmarks.servers import Server, serving
from benchmarks.typing_in import EXPECTED, TypingIn, page_path

ROUNDS = 6
WARM_SECONDS = 0.5
SECONDS = 2.0

# What somebody posts next; the address that each post must be answered with (one that ends so).
Script = tuple[Callable[[], dict[str, str]], str]


@dataclass
class Answer:
    code: int
    headers: dict[str, str]
    body: str


class Connection:
    """One browser: a connection that stays open, and its cookies."""

    def __init__(self, port: int, seat: Seat) -> None:
        self.port, self.cookies = port, dict(seat.cookies)
        self.network = "127.0.0.1"

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def send(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        body = urlencode(data or {}).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
            f"X-Forwarded-For: {self.network}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        return await self._answer()

    async def _answer(self) -> Answer:
        status, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict[str, str]()
        for line in filter(None, lines):
            name, _colon, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _equals, rest = value.partition("=")
                self.cookies[cookie.strip()] = rest.partition(";")[0]
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(status.split()[1]), headers, body.decode())

    async def read(self, path: str, expected: str) -> str:
        answer = await self.send("GET", path)
        assert answer.code == 200, (path, answer.code)
        assert expected in answer.body, (path, answer.body[:500])
        return answer.body

    async def post_until(self, moment: float, path: str, script: Script) -> int:
        """How many posts were taken before `moment` (of the monotonic clock)."""
        count, (next_post, leads_to) = 0, script
        while time.monotonic() < moment:
            answer = await self.send("POST", path, next_post())
            assert answer.code == 302, (path, answer.code, answer.body[:500])
            assert answer.headers["location"].endswith(leads_to), answer.headers
            count += 1
        return count


class Floor:
    """The bare form post, by people who are signed in."""

    def __init__(self, place: Place, server: Server) -> None:
        self.seats = seats.taken("floors", str(place.folder))
        self.port = server.port

    async def enter(self, seat: Seat) -> tuple[Connection, str, Script]:
        browser = Connection(self.port, seat)
        await browser.open()
        return browser, "/post/", (lambda: POSTED, "/authed/")

    def per_second(self) -> float:
        return asyncio.run(self._run())

    async def _run(self) -> float:
        entered = [await self.enter(seat) for seat in self.seats]
        await self._rush(entered, WARM_SECONDS)
        rate = await self._rush(entered, SECONDS)
        for browser, _path, _script in entered:
            browser.writer.close()
        return rate

    async def _rush(self, entered: list[tuple[Connection, str, Script]], seconds: float) -> float:
        began = time.monotonic()
        posts = (browser.post_until(began + seconds, path, script) for browser, path, script in entered)
        count = sum(await asyncio.gather(*posts))
        return count / (time.monotonic() - began)


class Product(Floor):
    """A step saved: each person opens her page once, then saves it again and again with other words."""

    def __init__(self, place: Place, server: Server) -> None:
        super().__init__(place, server)
        self.seats = seats.taken("portal", str(place.folder))

    async def enter(self, seat: Seat) -> tuple[Connection, str, Script]:
        browser, path = Connection(self.port, seat), page_path(seat.draft)
        await browser.open()
        typing = TypingIn(await browser.read(path, EXPECTED))
        return browser, path, (typing.next_post, "/meeting/")


def step_saved(place: Place) -> Compared:
    """A step saved beside the bare form post."""
    with (
        serving(place, "config.wsgi:application", "/health/") as portal,
        serving(
            place, "benchmarks.floors.wsgi:application", "/plain/", "benchmarks.floors.settings"
        ) as floors,
    ):
        rounds = [
            (Product(place, portal).per_second(), Floor(place, floors).per_second()) for _ in range(ROUNDS)
        ]
    return Compared(rounds, "requests/s")
