"""The list of the password rules on a page, and what its script needs to tick them off while somebody types.

{% include "accounts/_password_rules.html" with rules=form.rules %}
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.rules.passwords import NOT_USED, RULES, Policy, said_of

# Those that a browser can judge by itself. For the others it would need a long list, or what we keep.
_SEEN_WHILE_TYPING = frozenset({"shortest", "longest", "letter", "capital", "digit", "allowed", "own"})


@dataclass(frozen=True)
class ShownRule:
    id: str
    text: str
    is_seen_while_typing: bool


@dataclass(frozen=True)
class ShownRules:
    """The rules for a password that is typed into the box with the id `box`. `owned`: what may not stand in it."""

    policy: Policy
    owned: Collection[str]
    box: str
    is_first: bool  # There is no password yet that could be used again.

    def __iter__(self) -> Iterator[ShownRule]:
        words = said_of(self.policy)
        for rule in RULES if self.is_first else (*RULES, NOT_USED):
            yield ShownRule(rule.id, _(rule.asks) % words, rule.id in _SEEN_WHILE_TYPING)

    @property
    def facts(self) -> str:
        """JSON for the script. The names in it are her own, on a page for her alone."""
        rules = self.policy
        facts = {"shortest": rules.shortest, "longest": rules.longest, "special": rules.special}
        return json.dumps(facts | {"own": sorted(self.owned)})
