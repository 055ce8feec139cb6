"""The questions of the pages that help somebody back in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_box
from accounts.recovery.day_of_birth import DayOfBirthField
from core.govuk.forms import GovukForm


class FactsForm(GovukForm):
    """What only she should know. Whose account is for work alone may leave it out, and says so."""

    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Of the address in your account"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10, "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your postcode"),
            "max_length": _("A postcode has up to 8 letters and numbers, such as MB1 4QT"),
        },
    )
    born = DayOfBirthField(
        label=_("Date of birth"),
        help_text=_("For example, 27 3 1988"),
        error_messages={"required": _("Enter your date of birth")},
    )
    at_work = forms.BooleanField(
        label=_("I use this account only for my work, at the council or at a school"),
        help_text=_(
            "Is your account only for work? Tick the box, and leave postcode and date of birth empty."
        ),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if data and data.get("at_work"):
            for name in ("postcode", "born"):
                self.fields[name].required = False

    @property
    def said(self) -> dict[str, Any]:
        """The facts, for the outbox."""
        born = self.cleaned_data["born"]
        return {
            "postcode": self.cleaned_data["postcode"],
            "born": born.isoformat() if born else "",
            "at_work": self.cleaned_data["at_work"],
        }


class ForgottenPasswordForm(FactsForm):
    email = email_box(_("Email address"), required=_("Enter your email address"), autocomplete="username")
    field_order = ["email", "postcode", "born", "at_work"]


class ForgottenEmailForm(FactsForm):
    email_1 = email_box(_("An email address of yours"), required=_("Enter an email address of yours"))
    email_2 = email_box(_("A second one"))
    email_3 = email_box(_("A third one"))
    field_order = ["email_1", "email_2", "email_3", "postcode", "born", "at_work"]

    @property
    def emails(self) -> list[str]:
        """Each address that was typed."""
        typed = (self.cleaned_data[name] for name in ("email_1", "email_2", "email_3"))
        return [email for email in typed if email]


class OneTimeForm(GovukForm):
    email = email_box(_("Email address"), required=_("Enter your email address"), autocomplete="username")
    one_time = forms.CharField(
        label=_("One-time password"),
        help_text=_("12 letters and numbers from our email, for example 4KFT\u20119WPN\u20117XRM"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "size": 20}),
        error_messages={
            "required": _("Enter the one-time password from our email"),
            "max_length": _("The one-time password has 12 letters and numbers"),
        },
    )
