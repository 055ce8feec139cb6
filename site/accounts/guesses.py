"""Wrong passwords and codes: whose try it is, and whether it may be made (`accounts.limits` says how many are borne).

Each try counts before its password is looked at, by three keys: account and network together, network, account; a
right one is taken back. The owner is never locked out by strangers: her own browser, which a signed cookie names, is
counted on its own (`accounts.known_browser`).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from accounts.limits import ACCOUNT, BROWSER, CODES, NETWORK, PAIR, SENT_CODES
from accounts.models import User
from accounts.sending_codes import Allowance
from core import limiter
from core.at_once import AtOnce
from core.limits import Limit, still_waiting

# As many wrong codes in a day are no slips: her who owns the account is told.
CODES_BEFORE_A_WARNING = 10
# Passwords that one web process hashes at the same moment: few of its threads, so that the owner finds one free.
AT_ONE_ACCOUNT, FROM_ONE_NETWORK = AtOnce(2), AtOnce(2)
# Seconds. By then those before are looked at.
A_MOMENT = 5
BUSY = gettext_lazy("Too many people are signing in. Wait a few seconds, then try again")


@contextmanager
def room_to_hash(account: str, network: str) -> Iterator[bool]:
    """Whether a password of `account` (an `email_key`) may be hashed now; while the block lasts.

    Hashing takes a processor for a while, on purpose: a hundred guesses that came in together would keep everybody
    else waiting.
    """
    with AT_ONE_ACCOUNT.room(account) as at_account, FROM_ONE_NETWORK.room(network) as at_network:
        yield at_account and at_network


@contextmanager
def room_for(person: User) -> Iterator[bool]:
    """Whether passwords of `person`, who has shown who she is, may be hashed now; while the block lasts.

    Apart from guesses at her account: strangers take her no room.
    """
    with AT_ONE_ACCOUNT.room(f"known {person.pk}") as has_room:
        yield has_room


@dataclass(frozen=True)
class Guesser:
    """Who tries to sign in: as which account (`email_key`), from which network and known browser, if any."""

    account: str
    network: str
    browser: str = ""

    def wait(self) -> int:
        """Count a try; the seconds to wait before it may be made, 0 where it may be made now.

        Ask before hashing, outside a transaction. A refused try counts no further: nobody locks her neighbours out
        by trying on. Nor does it write: a thousand addresses tried from a network that must wait are no rows.
        """
        keys = self._keys()
        if wait := still_waiting(keys):
            return wait
        for limit, who in keys:
            if limit.is_over(who):
                self._note(limit, who)
                return limiter.seconds_left(limit.scope, who, limit.seconds)
        return 0

    def was_right(self) -> None:
        """Take the last try back: its password was right."""
        for limit, who in self._keys():
            limiter.take_back(limit.scope, who)

    def came_in(self) -> None:
        """Forget this person's own slips. Her network and her account's other visitors stay counted."""
        limit, who = self._keys()[0]
        limiter.clear(limit.scope, who)
        limiter.take_back(CODES.scope, self.who)

    def counts_code(self) -> int:
        """Count a try of a code; how many there were in a day. `came_in` takes a right one back."""
        return limiter.hit(CODES.scope, self.who, CODES.seconds)

    def wait_for_codes(self) -> int:
        """The seconds until codes can be tried again. Ask where one was refused: it comes into the register."""
        self._note(CODES, self.who)
        return limiter.seconds_left(CODES.scope, self.who, CODES.seconds)

    def codes_allowed(self, person: User) -> Allowance:
        """How many codes may be sent to `person`, whose account it is."""
        return Allowance(((SENT_CODES, self.who),), person=person.pk, network=self.network)

    def room(self) -> AbstractContextManager[bool]:
        """Whether a password may be hashed now; while the block lasts. Her own browser always finds room."""
        return nullcontext(True) if self.browser else room_to_hash(self.account, self.network)

    @property
    def who(self) -> str:
        """The account; in a browser that knows it, the two, so that a stranger's tries are not her own."""
        return f"{self.account} {self.browser}" if self.browser else self.account

    def _keys(self) -> list[tuple[Limit, str]]:
        """The narrowest first."""
        if self.browser:
            return [(BROWSER, self.who)]
        return [
            (PAIR, f"{self.account} {self.network}"),
            (NETWORK, self.network),
            (ACCOUNT, self.account),
        ]

    def _note(self, limit: Limit, who: str) -> None:
        # Looked up for every address, known or not: a refusal takes as long.
        person: UUID | None = User.objects.filter(email_key=self.account).values_list("pk", flat=True).first()
        limit.note(who, person=None if limit is NETWORK else person, network=self.network)
