"""Between which moments a form can be begun. Whoever has begun it goes on, whatever it says here."""

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
# How the JSON writes a moment: to the minute, on London's clocks.
MOMENT = "%Y-%m-%dT%H:%M"


class Opening(StrEnum):
    """Whether a form can be begun, and else why not."""

    OPEN = "open"
    NOT_READY = "not ready"  # it was never published
    NOBODY = "nobody"  # there is nobody to read it yet
    NOT_YET = "not yet"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # it is not in use any more


def opening(opens_at: dt.datetime | None, closes_at: dt.datetime | None, now: dt.datetime) -> Opening:
    """How a form in use stands at `now`: open from the first moment on, closed from the second."""
    if closes_at is not None and now >= closes_at:
        return Opening.CLOSED
    if opens_at is not None and now < opens_at:
        return Opening.NOT_YET
    return Opening.OPEN


def is_moment(text: str) -> bool:
    """Whether `text` is a moment as the JSON writes it, of those that London's clocks show: one night skips an hour."""
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=_LONDON)
        return moment.astimezone(dt.UTC).astimezone(_LONDON).strftime(MOMENT) == text
    except (ValueError, OverflowError):
        return False
