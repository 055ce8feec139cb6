"""What whoever looks after people fills in when she changes something about one of them."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import Team, User
from accounts.people import staff

# So that a role fits before it in the audit.
MOST_OF_REASON = 200


def reason_box() -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        help_text=_("A sentence. It is kept in the audit. No names of children or families."),
        max_length=MOST_OF_REASON,
        error_messages={"required": _("Write down why")},
    )


class ChangeForm(forms.Form):
    """`by` changes `whom`."""

    def __init__(self, by: User, whom: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.whom = by, whom
        self.held = staff.worker(whom).roles
        self.offer()

    def offer(self) -> None:
        """Fill in the choices."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose from."""
        return any(not list(choices) for choices in self.choices())

    def choices(self) -> list[Iterable[object]]:
        """What each question offers."""
        return [
            field.choices  # type: ignore[misc]
            for field in self.fields.values()
            if isinstance(field, forms.ChoiceField)
        ]


class RoleForm(ChangeForm):
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role")}
    )

    def roles(self) -> list[str]:
        """What there is to give."""
        return [role for role in staff.given_by(self.by) if role not in self.held]

    def offer(self) -> None:
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role, role) for role in self.roles()]


class TakeRoleForm(RoleForm):
    reason = reason_box()

    def roles(self) -> list[str]:
        return [role for role in roles.ROLES if role in self.held]


class TeamForm(ChangeForm):
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a team")},
    )

    def offer(self) -> None:
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = Team.objects.exclude(
            members=self.whom
        )


class LeaveTeamForm(TeamForm):
    reason = reason_box()

    def offer(self) -> None:
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = Team.objects.filter(
            members=self.whom
        )


class ReasonForm(ChangeForm):
    reason = reason_box()
