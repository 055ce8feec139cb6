"""What the audit calls what is done in registers and to messages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[str, Promise] = {
    "refused": _("Refused: not theirs, or not there"),
    "register.export": _("List downloaded"),
    "outbox.again": _("Message tried again"),
    "bankholiday.create": _("Bank holiday added"),
    "bankholiday.read": _("Bank holiday looked at"),
    "bankholiday.edit": _("Bank holiday changed"),
    "bankholiday.delete": _("Bank holiday taken out"),
}
