"""How long the pages answer an address that has an account, and one that has none: nobody is to hear the difference.

Passwords are hashed with little work here. A hash for one of the two alone would still be several times the noise, and
all else that differs is a larger part of a page; with the true cost it would drown, and a run take long.
`python -m benchmarks.known_addresses sign-in` prints the seconds and the seconds of processor time, pair by pair.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from accounts.passwords.hasher import OneThreadArgon2
from benchmarks.typing_in import hidden_in

PAIRS = 500
WARM = 10  # pairs that do not count
WRONG = "Seventeen wrong kettles 17"
BORN = {"born-day": "27", "born-month": "3", "born-year": "1988"}


class QuickHasher(OneThreadArgon2):
    """A few thousandths of a second."""

    time_cost = 1
    memory_cost = 4096


Ask = Callable[[str, str], Any]
# An address known and one unknown: (seconds, seconds of processor time) of each.
Pair = tuple[tuple[float, float], tuple[float, float]]


def _networks() -> Callable[[], str]:
    """A new network for each try: no limit is to answer in the place of the page."""
    numbers = iter(range(2**22))
    return lambda: "10.{}.{}.1".format(*divmod(next(numbers), 256))


def sign_in() -> Ask:
    """A wrong password."""
    from django.test import Client

    client = Client()

    def ask(email: str, network: str) -> Any:
        client.cookies.clear()
        return client.post("/sign-in/", {"email": email, "password": WRONG}, REMOTE_ADDR=network)

    return ask


def forgotten() -> Ask:
    """A forgotten password, with facts that are somebody's."""
    from django.test import Client

    client = Client()

    def ask(email: str, network: str) -> Any:
        client.cookies.clear()
        said = {"email": email, "postcode": "MB1 4QT", **BORN}
        return client.post("/forgotten-password/", said, REMOTE_ADDR=network)

    return ask


def register() -> Ask:
    """The page of registering that takes the address, in a form begun once."""
    from django.test import Client

    from tests.accounts.test_registration import ADDRESS, DETAILS, YOU, Newcomer

    newcomer = Newcomer(Client())
    newcomer.starts()
    newcomer.says("you", YOU)
    newcomer.says("address", ADDRESS)
    url = f"{newcomer.draft}email-and-password/"
    hidden = hidden_in(newcomer.get(url).content.decode())

    def ask(email: str, network: str) -> Any:
        return newcomer.client.post(url, {**hidden, **DETAILS, "email": email}, REMOTE_ADDR=network)

    return ask


PAGES: dict[str, tuple[Callable[[], Ask], int]] = {
    "sign-in": (sign_in, 200),
    "forgotten": (forgotten, 302),
    "register": (register, 302),
}


def _people() -> list[str]:
    """The addresses of PAIRS people, whose passwords are hashed as everybody's are."""
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    encoded = make_password("Seventeen green kettles 17")
    emails = [f"known{number}@example.org" for number in range(PAIRS + WARM)]
    User.objects.bulk_create(
        (
            User(email=one, email_key=one, first_name="Bo", last_name="Parent", password=encoded)
            for one in emails
        ),
        ignore_conflicts=True,
    )
    return emails


def measured(page: str) -> list[Pair]:
    make, expected = PAGES[page]
    ask, network = make(), _networks()

    def timed(email: str) -> tuple[float, float]:
        began = time.perf_counter(), time.process_time()
        answer = ask(email, network())
        took = time.perf_counter() - began[0], time.process_time() - began[1]
        assert answer.status_code == expected, (page, answer.status_code)
        return took

    pairs: list[Pair] = []
    for number, known in enumerate(_people()):
        both = [known, f"un{known}"]
        # Neither comes always after the other.
        took = {email: timed(email) for email in (both if number % 2 else reversed(both))}
        pairs.append((took[both[0]], took[both[1]]))
    return pairs[WARM:]


def main() -> None:
    import logging

    import django
    from django.conf import settings

    logging.disable(logging.WARNING)
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["benchmarks.known_addresses.QuickHasher"]
    print(json.dumps(measured(sys.argv[1])))


if __name__ == "__main__":
    main()
