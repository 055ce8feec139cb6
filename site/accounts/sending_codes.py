"""Sending a security code: no sooner than half a minute after the one before, and no more than the limits bear."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import HeldCode
from core import outbox
from core.limits import Limit, first_wait


class TooSoonError(Exception):
    """A code was sent a moment ago."""


class TooManyError(Exception):
    """Something was done as often as is allowed. `seconds`: until it can be done again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooManyCodesError(TooManyError):
    """As many codes as the limits bear have been sent."""


@dataclass(frozen=True)
class Allowance:
    """The limits that a code counts against, each with whom it counts for; whom the register names then."""

    tries: tuple[tuple[Limit, str], ...]
    person: UUID | None = None
    network: str = ""

    def use(self) -> None:
        """Count a code. Raises TooManyCodesError. Not in a transaction: what is rolled back is forgotten."""
        if wait := self.wait():
            raise TooManyCodesError(wait)

    def wait(self) -> int:
        """Count a code; the seconds to wait before it may be sent, 0 where it may be sent now."""
        return first_wait(self.tries, person=self.person, network=self.network)


@dataclass(frozen=True)
class Post:
    """What delivers a code: the outbox's kind, and whose code its payload says it is."""

    kind: str
    whose: dict[str, str]

    def send(self, held: HeldCode, nonce: str) -> None:
        """A new code of `held`, for the browser that has `nonce`. In a transaction."""
        code = held.issue(nonce)
        payload = {**self.whose, "code": code, "sent_at": held.sent_at.isoformat()}
        outbox.put(self.kind, payload, expires_at=held.valid_until)


def send(
    locked: Callable[[], HeldCode], nonce: str, post: Post, allowance: Allowance, *, is_another: bool
) -> None:
    """Send a code. Raises TooSoonError where it is another too soon, and TooManyCodesError.

    `locked` fetches the row and locks it: a double click is one code.
    """
    with transaction.atomic():
        held = locked()
        if is_another and held.seconds_to_wait:
            raise TooSoonError
        wait = allowance.wait()
        if not wait:
            post.send(held, nonce)
    if wait:
        raise TooManyCodesError(wait)
