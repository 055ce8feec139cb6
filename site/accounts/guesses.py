"""How many wrong passwords and codes are borne, and from whom, before a try is refused.

Each try counts before its password is looked at, by three keys: account and network together, network, account; a
right one is taken back. The owner is never locked out by strangers: her own browser, which a signed cookie names, is
counted on its own (`accounts.known_browser`).
"""

from dataclasses import dataclass

from core import limiter


@dataclass(frozen=True)
class Limit:
    """`most` failures within `seconds`; after that every try is refused until the window ends."""

    scope: str
    most: int
    seconds: int

    def wait(self, who: str) -> int:
        """Count a try of `who`; the seconds to wait before it may be made, 0 where it may be made now."""
        if limiter.hit(self.scope, who, self.seconds) <= self.most:
            return 0
        return limiter.seconds_left(self.scope, who, self.seconds)


# Five, then a pause: what a person needs who has forgotten which of her passwords it was.
PAIR = Limit("sign-in: account and network", 5, 15 * 60)
# A whole school stands behind one address.
NETWORK = Limit("sign-in: network", 50, 15 * 60)
# Many networks at one account: somebody has hired them.
ACCOUNT = Limit("sign-in: account", 20, 60 * 60)
BROWSER = Limit("sign-in: known browser", 5, 15 * 60)
# Whoever guesses at codes has the password already. Ten fresh codes an hour would be 50 guesses, without end.
CODES = Limit("sign-in: wrong codes", 20, 24 * 3600)
# Whoever sits down at somebody's open browser does not know her password.
CURRENT = Limit("password now: person", 5, 15 * 60)
# Asking for a way back in: from one network. Each may bring somebody an email.
RECOVERY = Limit("recovery: network", 5, 60 * 60)
# The emails of one kind that this brings to one account, whoever asks.
RECOVERY_LETTERS = Limit("recovery: letters", 3, 24 * 3600)
ONE_TIME = Limit("one-time password: network", 20, 15 * 60)
# As many wrong codes in a day are no slips: her who owns the account is told.
CODES_BEFORE_A_WARNING = 10


@dataclass(frozen=True)
class Guesser:
    """Who tries to sign in: as which account (`email_key`), from which network and known browser, if any."""

    account: str
    network: str
    browser: str = ""

    def wait(self) -> int:
        """Count a try; the seconds to wait before it may be made, 0 where it may be made now.

        Ask before hashing, outside a transaction. A refused try counts no further: nobody locks her neighbours out
        by trying on.
        """
        for limit, who in self._keys():
            if wait := limit.wait(who):
                return wait
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
        """The seconds until codes can be tried again."""
        return limiter.seconds_left(CODES.scope, self.who, CODES.seconds)

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
