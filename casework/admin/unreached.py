"""People of a case whom our emails do not reach: staff who wait for them have to call."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet

from accounts.models import PersonalDetails, User
from casework.models import Case, CaseAccess
from core.dates import local_day
from forms_engine.types.phones import as_dialled


@dataclass(frozen=True, slots=True)
class Unreached:
    """`phone` is "" where we hold none."""

    case: Case
    person: User
    since: dt.date
    phone: str


def unreached(cases: QuerySet[Case], day: dt.date, most: int) -> list[Unreached]:
    """Who may open one of `cases` on `day`, and gets none of our emails; who has waited longest first. One query."""
    bounced = CaseAccess.objects.holding(day).filter(
        case__in=cases, person__bounced_mailbox__email_key=F("person__email_key")
    )
    found = bounced.select_related("case__child", "person__details", "person__bounced_mailbox")
    rows = found.order_by("person__bounced_mailbox__since", "pk")[:most]
    return [
        Unreached(row.case, row.person, local_day(row.person.bounced_mailbox.since), _phone(row.person))
        for row in rows
    ]


def _phone(person: User) -> str:
    details = getattr(person, "details", None)
    return as_dialled(details.phone) if isinstance(details, PersonalDetails) and details.phone else ""
