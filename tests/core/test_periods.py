"""From a day to a day, both inclusive."""

import datetime as dt

import pytest

from accounts.models import User
from core import periods
from families.models import ChildLink
from tests.factories import ChildLinkFactory

FIRST, LAST = dt.date(2026, 1, 5), dt.date(2026, 7, 20)


@pytest.mark.parametrize(
    ("day", "until", "holds"),
    [
        pytest.param(dt.date(2026, 1, 4), LAST, False, id="the day before the first"),
        pytest.param(FIRST, LAST, True, id="the first day"),
        pytest.param(LAST, LAST, True, id="the last day"),
        pytest.param(dt.date(2026, 7, 21), LAST, False, id="the day after the last"),
        pytest.param(dt.date(2050, 1, 1), None, True, id="no end"),
    ],
)
def test_both_days_count(sam_parent: User, day: dt.date, until: dt.date | None, holds: bool) -> None:
    ChildLinkFactory(person=sam_parent, since=FIRST, until=until)
    assert ChildLink.objects.filter(periods.on(day)).exists() == holds
