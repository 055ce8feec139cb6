"""What the audit calls what is done with the staff of schools."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[str, Promise] = {
    "membership.begun": _("Person became staff of a school"),
    "school.staff-read": _("Staff of a school looked at by its supervisor"),
    "membership.details-asked": _("Colleague asked to put name or email address right"),
    "membership.details-refused": _("Person said no to another name or email address"),
    "membership.ended": _("Person is no longer staff of a school"),
}
