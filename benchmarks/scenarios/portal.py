"""The product: a step opened, a step saved, by somebody who is half-way through the form."""

from collections.abc import Callable

from benchmarks import seats
from benchmarks.calls import Caller
from benchmarks.typing_in import EXPECTED, NEXT_EXPECTED, TypingIn, page_path


def client() -> tuple[Caller, str]:
    """A browser that has been on the page before (so that its cookies are there), and the page's path."""
    from config.wsgi import application

    seat = seats.taken("portal")[0]
    caller, path = Caller(application, seat.cookies), page_path(seat.draft)
    caller.get(path, EXPECTED)
    return caller, path


def page() -> Callable[[], None]:
    caller, path = client()
    return lambda: caller.get(path, EXPECTED) and None


def save() -> Callable[[], None]:
    caller, path = client()
    typing = TypingIn(caller.get(path, EXPECTED))
    return lambda: caller.post(path, typing.next_post()) and None


def save_and_next() -> Callable[[], None]:
    """A step saved, and the page that the answer leads to."""
    caller, path = client()
    typing = TypingIn(caller.get(path, EXPECTED))
    return lambda: caller.get(caller.post(path, typing.next_post()), NEXT_EXPECTED) and None
