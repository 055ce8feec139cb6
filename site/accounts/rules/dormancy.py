"""When a staff account that nobody uses is disabled, and when its owner is warned of it (C22)."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class Step(Enum):
    """What is to be done about an account today."""

    NOTHING = "nothing"
    WARN = "warn"
    WARN_AGAIN = "warn again"
    DISABLE = "disable"


@dataclass(frozen=True)
class Policy:
    """`limit`: days without a sign-in after which an account is disabled. The warnings come so many days before."""

    limit: int = 180
    first: int = 30
    last: int = 7

    def __post_init__(self) -> None:
        if not self.limit > self.first > self.last > 0:
            raise ValueError(
                "The limit is longer than the first warning's days, and these longer than the last's"
            )


@dataclass(frozen=True)
class Use:
    """The day of the last use, and those of the warnings. A warning counts only if nobody has come since."""

    last: dt.date
    warned: dt.date | None = None
    warned_again: dt.date | None = None

    def since_last(self, day: dt.date | None) -> dt.date | None:
        """`day`, if it is of a warning after the last use."""
        return day if day and day > self.last else None


def disabled_on(use: Use, today: dt.date, policy: Policy) -> dt.date:
    """The day on which the account will be disabled if nobody signs in: never sooner than after a last warning.

    However long the work stood still, there are `policy.last` days between that warning and the end.
    """
    due = use.last + dt.timedelta(policy.limit)
    warned = use.since_last(use.warned_again) or today
    return max(due, warned + dt.timedelta(policy.last))


def next_step(use: Use, today: dt.date, policy: Policy) -> Step:
    """What is to be done today. One step a day at the most: a first warning that was missed is not made up for."""
    due = use.last + dt.timedelta(policy.limit)
    if use.since_last(use.warned_again):
        return Step.DISABLE if today >= disabled_on(use, today, policy) else Step.NOTHING
    if today >= due - dt.timedelta(policy.last):
        return Step.WARN_AGAIN
    if today >= due - dt.timedelta(policy.first) and not use.since_last(use.warned):
        return Step.WARN
    return Step.NOTHING
