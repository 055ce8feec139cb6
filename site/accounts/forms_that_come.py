"""Forms that nobody has a case for: a team of the council is told that one has come, and reads it."""

import uuid
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from core import audit, outbox
from forms_engine.models import FormVersion, Submission

if TYPE_CHECKING:
    from core.people import Person

HANDLER = "accounts.team"


class NoTeam(LookupError):
    """No team is named for a form: somebody must name one, then try again."""


class TeamHandler:
    """The form's handler `accounts.team`. Which teams: `Team.forms`, kept by administrators."""

    takes_unasked = True
    sent_from = ""
    letter = "form-received"

    def ready(self) -> Q:
        """Those that a team is named for."""
        return Q(pk__in=Team.objects.filter(forms__isnull=False).values("forms"))

    label = _("It goes to the teams that administrators named for it, and they read it")

    def on_submitted(self, submission: Submission) -> None:
        audit.record("form.came", actor=submission.submitted_by, obj=submission)

    def deliver(self, submission: Submission, key: uuid.UUID) -> None:
        """Tell each team. Calling it again tells nobody twice. Raises NoTeam."""
        teams = list(Team.objects.filter(forms=submission.version.form_id))
        if not teams:
            raise NoTeam
        letter = {"template": "form-came", "context": {"reference": submission.reference}}
        for team in teams:
            outbox.put("email_team", {"team": str(team.pk), **letter}, id=uuid.uuid5(key, str(team.pk)))


def read_by_teams(person: "Person") -> Q:
    """The submissions that came to a team of `person`.

    What becomes of a form is in the version that it was sent with, and stays so: a later version of it opens and shuts
    nothing that was sent before.
    """
    if not person.has_perm("forms_engine.view_submission"):
        return Q(pk__in=[])
    forms = Team.objects.filter(members=person.pk).values("forms")
    versions = FormVersion.objects.filter(form__in=forms, content__handler=HANDLER)
    mine = Submission.objects.filter(version__in=versions.values("pk"))
    return Q(pk__in=mine.values("pk"))


def comes_to(person: "Person", submission: Submission) -> bool:
    """The circle `accounts.team`: the members of a team that the form came to."""
    return Submission.objects.filter(read_by_teams(person), pk=submission.pk).exists()
