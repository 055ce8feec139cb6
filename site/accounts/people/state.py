"""How it stands with somebody's account, in words for whoever looks after her."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import DisabledAccount, User
from accounts.people import staff
from accounts.rules.dormancy import Policy, disabled_on
from core.dates import day_text, local_day


class State(StrEnum):
    WORKS = "works"
    WARNED = "warned"
    UNUSED = DisabledAccount.Why.UNUSED
    LEFT = DisabledAccount.Why.LEFT
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    """`said` in words; `last_day` is the one on which it will be disabled, where she was warned of that."""

    state: State
    said: str
    last_day: dt.date | None = None

    @property
    def can_be_enabled(self) -> bool:
        return self.state in (State.UNUSED, State.LEFT)


def standing_of(person: User, day: dt.date, policy: Policy) -> Standing:
    """No query, where `use` and `disabled` were fetched with her."""
    disabled = getattr(person, "disabled", None)
    if disabled:
        words = {"day": day_text(local_day(disabled.at))}
        if disabled.why == DisabledAccount.Why.LEFT:
            return Standing(State.LEFT, _("Left on %(day)s") % words)
        return Standing(State.UNUSED, _("Disabled on %(day)s: not used") % words)
    if not person.is_active:
        return Standing(State.CLOSED, _("Closed"))
    use = staff.use_of(person)
    if use.since_last(use.warned) or use.since_last(use.warned_again):
        last_day = disabled_on(use, day, policy)
        return Standing(
            State.WARNED, _("Will be disabled on %(day)s") % {"day": day_text(last_day)}, last_day=last_day
        )
    return Standing(State.WORKS, _("Works"))
