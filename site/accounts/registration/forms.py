"""The boxes of the page that asks for address and password."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms import email_box
from accounts.name_rules import no_link
from accounts.passwords.forms import NewPasswordForm, password_box


class SignInDetailsForm(NewPasswordForm):
    """An email address, and a first password, twice (B8). `person` has the name that was typed before."""

    email = email_box(
        _("Email address"),
        required=_("Enter your email address"),
        autocomplete="username",
        hint=_("You sign in with it, and we send a code to it. Choose one that only you read."),
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Whatever editors make of the questions before: from here on it is a name that our emails carry.
        no_link(self.person.full_name)
        return cleaned
