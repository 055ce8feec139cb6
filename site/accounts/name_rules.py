"""What a name must be that people type of themselves, or of whom they invite: emails of ours carry it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.links import looks_like_link


def in_sight(text: str) -> None:
    """Raises ValidationError for signs that nobody sees, such as the end of a line."""
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise ValidationError(_("Use letters, numbers and signs that can be seen"))


def no_link(name: str) -> None:
    """Raises ValidationError for what a mail program would show as a link."""
    if looks_like_link(name):
        raise ValidationError(
            _("A name cannot be a web address. If it is a name, write a space after each dot")
        )


NAME = (in_sight, no_link)
