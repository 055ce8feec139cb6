"""Give the open cases of a caseworker to a colleague, who is told once."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from casework.actions.refusals import Refused
from casework.models import Case
from core import audit, outbox
from core.people import Person


@transaction.atomic
def hand_on(
    cases: Collection[UUID],
    whose: User,
    to: User,
    reason: str,
    *,
    by: Person,
    request: HttpRequest | None = None,
) -> int:
    """The open cases with these ids that are `whose`, and that `by` sees, are `to`'s from now on; how many.

    Raises Refused where `to` could not open one of them.
    """
    found = Case.objects.visible_to(by).filter(pk__in=cases, caseworker=whose, closed_on=None)
    rows = list(found.select_for_update(of=("self",)).select_related("child"))
    open_to = set(
        Case.objects.visible_to(to).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    if not to.is_active or {row.pk for row in rows} - open_to:
        raise Refused(
            _("This colleague is not in the team of each of these cases. Choose fewer, or another.")
        )
    for row in rows:
        row.caseworker = to
        row.save(update_fields=["caseworker"])
        audit.record("case.handed-on", request=request, actor=by, obj=row, subject=row.child, reason=reason)
    if rows:
        outbox.put("email_person", {"person": str(to.pk), "template": "cases-handed-on"})
    return len(rows)
