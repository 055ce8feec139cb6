"""Which forms a team was told of from now on, or no more, in the audit: one entry for each."""

from django.db.models import Model
from django.http import HttpRequest

from accounts.models import Team
from core import audit


def forms_of(team: Team) -> frozenset[Model]:
    """As the database has it. A team that is not saved yet has none."""
    if not Team.objects.filter(pk=team.pk).exists():
        return frozenset()
    return frozenset(team.forms.all())


def note_changes(team: Team, before: frozenset[Model], request: HttpRequest) -> None:
    """Write down what is other than `before`. A form is named by its short name, for it is nobody's."""
    after = forms_of(team)
    for verb, forms in (("team.form-added", after - before), ("team.form-removed", before - after)):
        for form in forms:
            audit.record(verb, request=request, obj=team, reason=str(getattr(form, "slug", "")))
