"""What a supervisor fills in on the pages of her school's staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_box
from core.govuk.forms import GovukForm
from schools.models import Membership


class InviteForm(GovukForm):
    name = forms.CharField(
        label=_("Name"), max_length=150, error_messages={"required": _("Enter the name of your colleague")}
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
            "A supervisor looks after the accounts of all staff, like you. A school has two at the most."
        ),
        error_messages={"required": _("Choose what your colleague will be")},
    )


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
