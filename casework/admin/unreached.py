"""People of a case whom nothing from us reaches: staff who wait for them have to call, or to ask somebody else.

Their emails come back, or their account is disabled. What they were asked for stays as it is: a disabled account may
be enabled again, with all that was typed.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import PersonalDetails, User
from casework.models import Case, CaseAccess
from core.dates import local_day
from forms_engine.types.phones import as_dialled


@dataclass(frozen=True, slots=True)
class Unreached:
    """`phone` is "" where we hold none. `is_shut`: the account is disabled; `since` is None where nobody noted when."""

    case: Case
    person: User
    since: dt.date | None
    phone: str
    is_shut: bool


def unreached(cases: QuerySet[Case], day: dt.date, most: int) -> list[Unreached]:
    """Who may open one of `cases` on `day`, and hears nothing from us; who has waited longest first. One query."""
    bounced = Q(person__bounced_mailbox__email_key=F("person__email_key"))
    # Whoever has closed her account has no access any more.
    shut = Q(person__is_active=False)
    found = CaseAccess.objects.holding(day).filter(bounced | shut, case__in=cases)
    people = ("person__details", "person__bounced_mailbox", "person__disabled")
    longest = Coalesce("person__disabled__at", "person__bounced_mailbox__since")
    return [_row(row) for row in found.select_related("case__child", *people).order_by(longest, "pk")[:most]]


def _row(row: CaseAccess) -> Unreached:
    person = row.person
    if person.is_active:
        since = local_day(person.bounced_mailbox.since)
        return Unreached(row.case, person, since, _phone(person), is_shut=False)
    disabled = getattr(person, "disabled", None)
    return Unreached(row.case, person, disabled and local_day(disabled.at), _phone(person), is_shut=True)


def _phone(person: User) -> str:
    details = getattr(person, "details", None)
    return as_dialled(details.phone) if isinstance(details, PersonalDetails) and details.phone else ""
