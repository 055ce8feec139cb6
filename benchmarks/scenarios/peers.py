"""The peers: a page of django-formtools' wizard posted, a page of Wagtail's FormPage opened, by people signed in."""

import os
from collections.abc import Callable
from itertools import count

from benchmarks import seats
from benchmarks.calls import Caller

_ANSWERS = {
    "agree": "talk",
    "facts": "Her name has two n's.",
    "email": "sam.parent@example.org",
}


def _client() -> Caller:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.settings"
    from benchmarks.peers.wsgi import application

    return Caller(application, seats.taken("peers")[0].cookies)


def _typed(page: int, number: int) -> dict[str, str]:
    answers = _ANSWERS | {
        "missing": f"{number}: " + "Please change a group of eight to a group of four. " * 8
    }
    own = {f"{page}-{name}": value for name, value in answers.items()}
    return own | {"wizard-current_step": str(page)}


def wizard_save() -> Callable[[], None]:
    """The fifth of six pages posted again and again, with other words; the answer is the sixth page itself."""
    client, numbers = _client(), count()
    client.get("/wizard/", "Page 1 of 6")
    for page in range(4):
        client.post_to_page("/wizard/", _typed(page, next(numbers)), f"Page {page + 2} of 6")
    return lambda: client.post_to_page("/wizard/", _typed(4, next(numbers)), "Page 6 of 6")


def form_page() -> Callable[[], None]:
    client = _client()
    return lambda: client.get("/form/", "What is missing?") and None
