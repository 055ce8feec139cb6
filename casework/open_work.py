"""The open cases of a caseworker, for whoever looks after people: they wait for somebody when she goes."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from accounts.people.places import Waiting
from casework.models import Case


def open_cases(person: User, by: User) -> Waiting | None:
    """How many there are, and where they are handed on, for whoever sees the cases of all teams. One query."""
    count = Case.objects.filter(caseworker=person, closed_on=None).count()
    if not count:
        return None
    said = ngettext("%(count)s open case", "%(count)s open cases", count) % {"count": count}
    sees = by.has_perm("casework.see_all_cases")
    return Waiting(said, reverse("case_hand_on", args=[person.pk]) if sees else "")
