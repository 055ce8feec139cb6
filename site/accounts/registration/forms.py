"""The boxes of the page that asks for address and password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.passwords.forms import NewPasswordForm, password_box


class SignInDetailsForm(NewPasswordForm):
    """An email address, and a first password, twice (B8). `person` has the name that was typed before."""

    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("You sign in with it, and we send a code to it. Choose one that only you read."),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "spellcheck": "false", "class": "govuk-!-width-two-thirds"}
        ),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": _("Enter an email address in the correct format, like name@example.com"),
        },
    )
    new_password = password_box(_("Password"), "new-password", _("Enter a password"))
    again = password_box(_("Type the password again"), "new-password", _("Type the password a second time"))
    field_order = ["email", "new_password", "again"]

    is_first = True

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        # The password must leave it out.
        self.person.email = email
        return email
