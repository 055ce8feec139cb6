"""What the page of a school's staff says."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.invitations.outcomes import outcome
from accounts.models import Invitation, User
from accounts.people.dormancy import policy
from accounts.people.state import Standing, standing_of
from schools.access import KIND
from schools.models import Membership, School
from schools.people import can_be_enabled

# Days for which those who left, and invitations that were accepted, are listed.
LATELY = 365


@dataclass(frozen=True)
class Colleague:
    membership: Membership
    account: Standing
    is_you: bool
    is_asked: bool  # to put name or address right, and has not yet
    can_be_enabled: bool


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    as_what: str
    said: str


@dataclass(frozen=True)
class StaffPage:
    school: School
    colleagues: Sequence[Colleague]
    invited: Sequence[Invited]
    left: Sequence[Membership]


def read(school: School, by: User, day: dt.date) -> StaffPage:
    """The staff of `school` on `day`, as its supervisor `by` sees them. Three queries, however many they are."""
    rule = policy()
    rows = Membership.objects.filter(school=school).select_related(
        "person__use", "person__disabled", "details_asked"
    )
    here = rows.holding(day).order_by("person__last_name", "person__first_name")
    open_ones = Invitation.objects.open().filter(kind=KIND, place=school.pk)
    ended = rows.filter(until__lt=day, until__gte=day - dt.timedelta(LATELY)).order_by("-until")
    return StaffPage(
        school=school,
        colleagues=[
            Colleague(
                row,
                standing_of(row.person, day, rule),
                row.person_id == by.pk,
                hasattr(row, "details_asked") and row.details_asked.is_open,
                can_be_enabled(row.person),
            )
            for row in here
        ],
        invited=[Invited(row, _standing(row), outcome(row)) for row in open_ones],
        left=list(ended),
    )


def _standing(row: Invitation) -> str:
    return str(Membership.Standing(row.what).label)
