"""What the audit calls what is done with accounts and teams."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[str, Promise] = {
    "account.made": _("Administrator’s account made"),
    "account.signed-in": _("Signed in"),
    "account.signed-out": _("Signed out"),
    "account.sign-in-failed": _("Sign-in failed: wrong address or password"),
    "account.code-refused": _("Security code was wrong"),
    "account.password-changed": _("Password changed"),
    "account.password-refused": _("Password not changed: the present one was wrong"),
    "form.came": _("Form came for a team"),
    "team.create": _("Team made"),
    "team.read": _("Team looked at"),
    "team.edit": _("Team changed"),
    "team.member-added": _("Person added to a team"),
    "team.member-removed": _("Person taken out of a team"),
    "team.form-added": _("Form added to a team"),
    "team.form-removed": _("Form taken from a team"),
}
