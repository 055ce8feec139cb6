"""The register of schools, to choose one from in a form."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_engine.registries import Record
from schools.models import School

MOST_WORDS = 6


class Schools:
    """`forms_engine.registries.RecordSource`. Which schools there are is public: no child stands behind an answer."""

    label = gettext_lazy("Schools")

    def find(self, words: str, most: int) -> Sequence[Record]:
        fits = Q()
        for word in words.split()[:MOST_WORDS]:
            fits &= Q(name__icontains=word) | Q(town__icontains=word)
        return [_record(school) for school in School.objects.filter(fits)[:most]]

    def get(self, id: str) -> Record | None:
        try:
            school = School.objects.filter(pk=UUID(id)).first()
        except ValueError:
            return None
        return _record(school) if school else None


def _record(school: School) -> Record:
    """Says whether the law lets families ask for it: section 38(3) of the Children and Families Act 2014."""
    note = (
        _("The law lets you ask for this school")
        if school.is_asked_by_right
        else _("This school is not on the approved list. You can still ask")
    )
    return Record(str(school.pk), school.name, school.town, note)
