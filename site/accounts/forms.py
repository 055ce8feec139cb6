"""The two questions of signing in."""

import re
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE_DIGITS, HeldCode
from core.govuk.forms import GovukForm

# Letters that people read, or a mail program shows, for digits.
_READ_AS_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})


_INVALID = _("Enter an email address in the correct format, like name@example.com")


def email_box(
    label: Any, *, required: Any = None, autocomplete: str = "email", hint: Any = ""
) -> forms.EmailField:
    """`required`: what is said where it is left empty, if it may not be."""
    attrs = {"autocomplete": autocomplete, "spellcheck": "false", "class": "govuk-!-width-two-thirds"}
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=required is not None,
        max_length=254,
        widget=forms.EmailInput(attrs=attrs),
        error_messages={"required": required or "", "invalid": _INVALID, "max_length": _INVALID},
    )


class SignInForm(GovukForm):
    email = email_box(_("Email address"), required=_("Enter your email address"), autocomplete="username")
    password = forms.CharField(
        label=_("Password"),
        # The longest that any account may have; hashing more is work for nothing.
        max_length=settings.PASSWORD_RULES["longest"],
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "govuk-!-width-two-thirds"}
        ),
        error_messages={"required": _("Enter your password")},
    )


class CodeForm(GovukForm):
    code = forms.CharField(
        label=_("Security code"),
        help_text=_("6 numbers, for example 302\N{NO-BREAK SPACE}518"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
        error_messages={
            "required": _("Enter the 6 numbers of the security code"),
            "max_length": _("The security code has 6 numbers, and nothing else"),
        },
    )

    def clean_code(self) -> str:
        code = digits_of(self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", code):
            raise forms.ValidationError(_("The security code has 6 numbers, and nothing else"))
        return code


def digits_of(typed: str) -> str:
    """A code as it was meant: without spaces and dashes, however wide, and with O and l read as 0 and 1."""
    plain = unicodedata.normalize("NFKC", typed).translate(_READ_AS_DIGITS)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf"})


def why_refused(device: HeldCode) -> str:
    """What to say to whoever typed a code that is not right, or not any more."""
    if not device.tries_left:
        return gettext("That code has been tried 5 times and no longer works. Send a new code")
    if device.is_dead:
        return gettext("That code no longer works. Send a new code")
    words = ngettext(
        "That code is not right. You have %(tries)s try left",
        "That code is not right. You have %(tries)s tries left",
        device.tries_left,
    )
    return words % {"tries": device.tries_left}
