"""Where somebody works, or worked, for the download of all that is held about her."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.dates import day_text
from core.people import Person
from core.personal_data import Section
from schools.models import DetailsAsked, Membership


def export(person: Person, day: dt.date) -> Iterator[Section]:
    """Those that have ended, too: they say of her where she was, and open nothing."""
    found = Membership.objects.filter(person=person.pk).select_related("school").order_by("since", "id")
    yield Section(
        _("Schools that you work at, or did"),
        [(one.school.name, [one.get_standing_display(), *_dates(one)]) for one in found],
    )
    asked = DetailsAsked.objects.filter(membership__person=person.pk).select_related("membership__school")
    yield Section(
        _("What a school thinks your name and email address are"),
        [(one.membership.school.name, [f"{one.first_name} {one.last_name}", one.email]) for one in asked],
    )


def _dates(one: Membership) -> list[str]:
    ends = [_("Until %(day)s") % {"day": day_text(one.until)}] if one.until else []
    return [_("Since %(day)s") % {"day": day_text(one.since)}, *ends]
