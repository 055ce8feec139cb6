"""Who and what was added to a team or taken out of it, in the audit: one entry for each."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest

from accounts.models import Team
from core import audit


@dataclass(frozen=True)
class In:
    """The people of a team, and the forms that it reads."""

    members: frozenset[Model]
    forms: frozenset[Model]


def now_in(team: Team) -> In:
    """As the database has it. A team that is not saved yet has nobody."""
    if not Team.objects.filter(pk=team.pk).exists():
        return In(frozenset(), frozenset())
    return In(frozenset(team.members.all()), frozenset(team.forms.all()))


def note_changes(team: Team, before: In, request: HttpRequest) -> None:
    """Write down what is other than `before`. A form is named by its short name, for it is nobody's."""
    after = now_in(team)
    for verb, people in (
        ("team.member-added", after.members - before.members),
        ("team.member-removed", before.members - after.members),
    ):
        for person in people:
            audit.record(verb, request=request, obj=team, subject=person)
    for verb, forms in (
        ("team.form-added", after.forms - before.forms),
        ("team.form-removed", before.forms - after.forms),
    ):
        for form in forms:
            audit.record(verb, request=request, obj=team, reason=str(getattr(form, "slug", "")))
