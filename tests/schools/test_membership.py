"""Who works at a school, and from when to when."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import User
from schools.models import Membership
from tests.factories import SchoolFactory

SEPTEMBER, JULY = dt.date(2025, 9, 1), dt.date(2026, 7, 20)


def test_nobody_leaves_a_school_before_joining_it(harper_head: User) -> None:
    school = SchoolFactory()
    Membership.objects.create(person=harper_head, school=school, since=JULY, until=JULY)
    with pytest.raises(IntegrityError):
        Membership.objects.create(person=harper_head, school=school, since=JULY, until=SEPTEMBER)
