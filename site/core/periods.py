"""Rows that hold from a day to a day: `since` and `until`, both inclusive; without an `until` they hold still."""

import datetime as dt

from django.db.models import CheckConstraint, F, Q


def on(day: dt.date) -> Q:
    """Those in force on `day`."""
    return Q(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def no_end_before_the_beginning(name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name=name)
