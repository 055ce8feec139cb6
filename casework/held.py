"""The cases that are open to somebody of the family's side, for the download of all that is held about her."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.models import CaseAccess
from core.dates import day_text
from core.people import Person
from core.personal_data import Section


def export(person: Person, day: dt.date) -> Iterator[Section]:
    """Whose case, in what capacity, from when until when. Of a case that is open to her no more, nothing but that."""
    found = CaseAccess.objects.filter(person=person.pk).select_related("case__child").order_by("since", "id")
    open_now = set(CaseAccess.objects.holding(day).filter(person=person.pk).values_list("pk", flat=True))
    yield Section(
        _("Cases that you can open, or could"), [_said(access, access.pk in open_now) for access in found]
    )


def _said(access: CaseAccess, is_open: bool) -> tuple[str, list[str]]:
    whose = (
        f"{access.case.child.called}, {access.case.reference}"
        if is_open
        else _("A case that was open to you")
    )
    since, until = access.since, access.until
    ends = [_("Until %(day)s") % {"day": day_text(until)}] if until else []
    return whose, [access.get_capacity_display(), _("Since %(day)s") % {"day": day_text(since)}, *ends]
