"""The floors: a bare signed-in page, a bare signed-in form post."""

import os
from collections.abc import Callable

from benchmarks import seats
from benchmarks.calls import Caller

POSTED = {"title": "A title", "email": "sam.parent@example.org", "text": "Some words. " * 20}
EXPECTED = "A page for bench"


def _client() -> Caller:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floors.settings"
    from benchmarks.floors.wsgi import application

    return Caller(application, seats.taken("floors")[0].cookies)


def page() -> Callable[[], None]:
    client = _client()
    return lambda: client.get("/authed/", EXPECTED) and None


def save() -> Callable[[], None]:
    client = _client()
    return lambda: client.post("/post/", POSTED) and None
