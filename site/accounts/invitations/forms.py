"""Whom somebody invites, and to what."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from accounts.name_rules import NAME
from accounts.people import staff
from accounts.people.kinds import SEE_CASES


class CouncilInvitationForm(forms.Form):
    """To a role at the council that `by` gives, and to a team where the role sees cases."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=NAME,
        error_messages={"required": _("Write the name of whom you invite")},
    )
    email = forms.EmailField(
        label=_("Email address at work"),
        help_text=_("Only whoever reads this mailbox can accept."),
        max_length=254,
        error_messages={"required": _("Write the email address of whom you invite")},
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role")}
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        help_text=_("For those who see cases."),
        queryset=Team.objects.all(),
        required=False,
        empty_label=_("No team"),
    )

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = cast(forms.ChoiceField, self.fields["role"])
        role.choices = [(name, name) for name in staff.given_by(by)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("team") and cleaned.get("role") not in {*SEE_CASES, None}:
            self.add_error("team", _("Only caseworkers and SEND managers are in teams. Choose no team"))
        return cleaned
