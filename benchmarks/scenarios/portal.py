"""The product: a step opened, a step saved, by somebody who is half-way through the form."""

from collections.abc import Callable

from benchmarks import seats
from benchmarks.calls import Caller
from benchmarks.typing_in import BEFORE, BEFORE_EXPECTED, EXPECTED, STEP, TypingIn, answers_before, page_path


def client(step: str = STEP, expected: str = EXPECTED) -> tuple[Caller, str]:
    """A browser that has been on the page before (so that its cookies are there), and the page's path."""
    from config.wsgi import application

    seat = seats.taken("portal")[0]
    caller, path = Caller(application, seat.cookies), page_path(seat.draft, step)
    caller.get(path, expected)
    return caller, path


def page() -> Callable[[], None]:
    caller, path = client()
    return lambda: caller.get(path, EXPECTED) and None


def save() -> Callable[[], None]:
    caller, path = client()
    typing = TypingIn(caller.get(path, EXPECTED))
    return lambda: caller.post(path, typing.next_post()) and None


def save_and_next() -> Callable[[], None]:
    """A step saved, and the page that the answer leads to: the one of `page`, which asks what a peer's page asks."""
    caller, path = client(BEFORE, BEFORE_EXPECTED)
    typing = TypingIn(caller.get(path, BEFORE_EXPECTED), answers_before)
    return lambda: caller.get(caller.post(path, typing.next_post()), EXPECTED) and None
