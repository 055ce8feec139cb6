"""What a supervisor fills in on the pages of her school's staff."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_box
from accounts.life.forms import NameLine
from accounts.name_rules import NAME
from core.govuk.forms import GovukForm
from schools.models import DetailsAsked, Membership


class InviteForm(GovukForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=NAME,
        error_messages={"required": _("Enter the name of your colleague")},
    )
    email = email_box(
        _("Email address at work"),
        required=_("Enter the email address of your colleague"),
        autocomplete="off",
        hint=_("Only whoever reads this mailbox can accept."),
    )
    standing = forms.ChoiceField(
        label=_("What will your colleague be?"),
        choices=Membership.Standing.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A supervisor looks after the accounts of all staff, like you, whatever their job. A school has two at "
            "the most."
        ),
        error_messages={"required": _("Choose what your colleague will be")},
    )


class DetailsForm(GovukForm):
    """What the name and the email address of a colleague are, as the supervisor knows them."""

    first_name = NameLine(_("First name"), 100, "off", _("Enter the first name of your colleague"))
    last_name = NameLine(_("Last name"), 100, "off", _("Enter the last name of your colleague"))
    email = email_box(
        _("Email address at work"),
        required=_("Enter the email address of your colleague"),
        autocomplete="off",
    )

    def __init__(self, membership: Membership, data: Mapping[str, Any] | None = None) -> None:
        self.membership = membership
        person = membership.person
        asked = getattr(membership, "details_asked", None) or person
        super().__init__(data, initial={name: getattr(asked, name) for name in self.base_fields})

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and not DetailsAsked(membership=self.membership, **said).is_open:
            raise ValidationError(_("The account says this already. Change what is wrong"))
        return said


class ReasonForm(GovukForm):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("A sentence. It is kept on record. Do not write names of children."),
        max_length=200,
        error_messages={
            "required": _("Write down why"),
            "max_length": _("Use no more than %(limit_value)s characters"),
        },
    )
