"""What staff say when they have made sure who somebody is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.govuk.forms import GovukForm


class ConfirmForm(GovukForm):
    # What the page showed (`checking.shown_of`). Without it nothing is confirmed.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("How did you make sure?"),
        help_text=_(
            "For example: “Saw her passport and a letter on 3 March.” Do not write numbers of papers."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write down how you made sure who it is"),
            "max_length": _("Use no more than %(limit_value)s characters"),
        },
    )
