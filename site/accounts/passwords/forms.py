"""The boxes in which a password is chosen."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords.policy import owned, policy
from accounts.passwords.shown import ShownRules
from accounts.rules.passwords import normal
from core.govuk.forms import GovukForm


def password_box(label: Any, autocomplete: str, required: Any) -> forms.CharField:
    """Pasting is allowed, and a password manager is told which of somebody's passwords is meant."""
    css = "govuk-!-width-two-thirds"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=settings.PASSWORD_RULES["longest"],
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": css}),
        error_messages={"required": required, "max_length": _("Use no more than %(limit_value)s characters")},
    )


class NewPasswordForm(GovukForm):
    """A new password for `person`, typed twice."""

    new_password = password_box(_("New password"), "new-password", _("Enter a new password"))
    again = password_box(
        _("Type the new password again"), "new-password", _("Type the new password a second time")
    )

    # Whether there is no password yet that could be used again.
    is_first = False

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        box = str(self["new_password"].auto_id)
        self.rules = ShownRules(policy(), owned(person), box, self.is_first)

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        # Whatever is wrong besides, the dear rule (what was used before) is not asked for nothing.
        if not self.errors:
            try:
                validate_password(password, self.person)
            except ValidationError as error:
                raise ValidationError(". ".join(error.messages)) from error
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("new_password"), cleaned.get("again")
        if first and second and normal(first) != normal(second):
            self.add_error("again", _("The two new passwords are not the same. Type both again"))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The same, by somebody who is signed in: the password that she has now comes first."""

    current = password_box(
        _("Your password now"), "current-password", _("Enter the password that you have now")
    )
    field_order = ["current", "new_password", "again"]

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise ValidationError(_("This is not the password that you have now. Type it again"), "wrong")
        return current
