"""The boxes of the second steps."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CodeForm
from accounts.models.second_steps import CODE_LETTERS, LETTERS
from core.govuk.forms import GovukForm


class AppCodeForm(CodeForm):
    """The six digits that an authenticator app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")


class RecoveryCodeForm(GovukForm):
    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("10 letters and numbers, for example ABCDE-23456"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
                "class": "govuk-!-width-one-half",
            }
        ),
        error_messages={"required": _("Enter one of your recovery codes")},
    )

    def clean_code(self) -> str:
        """In the spelling that it was made in."""
        code = re.sub(r"[\s\-\u2010-\u2015]", "", self.cleaned_data["code"]).upper()
        if len(code) != CODE_LETTERS or not set(code) <= set(LETTERS):
            raise forms.ValidationError(_("A recovery code has 10 letters and numbers, and nothing else"))
        return code


class PasskeyNameForm(GovukForm):
    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("For example “Work laptop” or “Blue key”"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-!-width-one-half"}),
        error_messages={"required": _("Give it a name, so that you know it again")},
    )


class PasskeyForm(PasskeyNameForm):
    # What the browser answers; a script fills it in.
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
