"""What a page says at its top while it cannot be saved."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.govuk.fields import Problem


def not_saved_yet(seconds: int, *, with_files: bool) -> Problem:
    """That too much came from a guest's network, and for how long to wait. `with_files`: some were posted too."""
    minutes = math.ceil(seconds / 60)
    sentence = ngettext(
        "Too much has come from your network in a short time, so this page is not saved yet. Wait %(minutes)s minute, "
        "then try again. What you typed is still on this page.",
        "Too much has come from your network in a short time, so this page is not saved yet. Wait %(minutes)s minutes, "
        "then try again. What you typed is still on this page.",
        minutes,
    ) % {"minutes": minutes}
    return "", f"{sentence} {_('If you had chosen a file, choose it again.')}" if with_files else sentence
