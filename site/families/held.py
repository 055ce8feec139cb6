"""The children that somebody is linked to, for the download of all that is held about her."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.dates import day_text
from core.people import Person
from core.personal_data import Section
from families.models import ChildLink


def export(person: Person, day: dt.date) -> Iterator[Section]:
    """Those in force: of a child that she has no link to any more, nothing is said."""
    links = ChildLink.objects.of(person).holding(day).select_related("child").order_by("since", "id")
    yield Section(
        _("Children that you are linked to"),
        [
            (link.child.called, [link.relationship, _("Since %(day)s") % {"day": day_text(link.since)}])
            for link in links
        ],
    )
