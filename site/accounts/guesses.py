"""How many wrong passwords are borne, and from whom, before a try is refused.

Only failures count, by three keys: account and network together, network, account. The owner is never
locked out by strangers: her own browser, which a signed cookie names, is counted on its own
(`accounts.known_browser`).
"""

from dataclasses import dataclass

from core import limiter


@dataclass(frozen=True)
class Limit:
    """`most` failures within `seconds`; after that every try is refused until the window ends."""

    scope: str
    most: int
    seconds: int


# Five, then a pause: what a person needs who has forgotten which of her passwords it was.
PAIR = Limit("sign-in: account and network", 5, 15 * 60)
# A whole school stands behind one address.
NETWORK = Limit("sign-in: network", 50, 15 * 60)
# Many networks at one account: somebody has hired them.
ACCOUNT = Limit("sign-in: account", 20, 60 * 60)
BROWSER = Limit("sign-in: known browser", 5, 15 * 60)


@dataclass(frozen=True)
class Guesser:
    """Who tries to sign in: as which account (`email_key`), from which network and known browser, if any."""

    account: str
    network: str
    browser: str = ""

    def wait(self) -> int:
        """Seconds to wait before the next try at the most; 0 where it may be made now. Ask before hashing."""
        used_up = (
            limit.seconds
            for limit, who in self._keys()
            if limiter.count(limit.scope, who, limit.seconds) >= limit.most
        )
        return max(used_up, default=0)

    def failed(self) -> None:
        """Count a wrong password. Call outside a transaction: what is rolled back is forgotten."""
        for limit, who in self._keys():
            limiter.hit(limit.scope, who, limit.seconds)

    def succeeded(self) -> None:
        """Forget this person's own slips. Her network and her account's other visitors stay counted."""
        limit, who = self._keys()[0]
        limiter.clear(limit.scope, who)

    def _keys(self) -> list[tuple[Limit, str]]:
        if self.browser:
            return [(BROWSER, f"{self.account} {self.browser}")]
        return [
            (PAIR, f"{self.account} {self.network}"),
            (NETWORK, self.network),
            (ACCOUNT, self.account),
        ]
