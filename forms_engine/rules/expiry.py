"""How long an unfinished form is kept. Pure."""

import datetime as dt

# A form that was asked for can be sent after its last day, so it is kept at least so long after it.
DAYS_AFTER_DUE = 30


def kept_until(worked: dt.datetime, lifetime_days: int, due: dt.date | None) -> dt.datetime:
    """Until when a draft is kept that somebody last worked on at `worked`; `due` is the last day, if it has one."""
    by_work = worked + dt.timedelta(days=lifetime_days)
    if due is None:
        return by_work
    day_after = due + dt.timedelta(days=DAYS_AFTER_DUE + 1)
    return max(by_work, dt.datetime.combine(day_after, dt.time(), worked.tzinfo))
