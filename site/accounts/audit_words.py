"""What the audit calls what is done with accounts and teams."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[str, Promise] = {
    "account.registered": _("Account made by its owner"),
    "account.made": _("Administrator’s account made"),
    "account.signed-in": _("Signed in"),
    "account.signed-out": _("Signed out"),
    "account.sign-in-failed": _("Sign-in failed: wrong address or password"),
    "account.code-refused": _("Second step of signing in was wrong"),
    "account.password-changed": _("Password changed"),
    "account.password-refused": _("Password not changed: the present one was wrong"),
    "account.password-reset": _("New password chosen after it was forgotten"),
    "account.one-time-sent": _("One-time password sent"),
    "account.recovery-refused": _("One-time password refused: the facts did not agree"),
    "account.email-reminder": _("Reminded by which address she signs in"),
    "account.caller-asked": _("Caller asked who she is"),
    "account.searched": _("Person searched for, to help somebody back in"),
    "account.looked-at": _("Account looked at, to help somebody back in"),
    "account.mailbox-asked": _("New email address set, to be confirmed"),
    "account.mailbox-changed": _("New email address confirmed"),
    "account.app-added": _("Authenticator app set up"),
    "account.app-removed": _("Authenticator app taken away"),
    "account.passkey-added": _("Passkey added"),
    "account.passkey-removed": _("Passkey taken away"),
    "account.recovery-codes-made": _("Recovery codes made"),
    "account.recovery-code-used": _("Signed in with a recovery code"),
    "account.signed-out-everywhere": _("Signed out everywhere"),
    "account.session-ended": _("Signed out on one phone or computer, from another"),
    "account.locked": _("Account locked by its owner’s email: somebody else had signed in"),
    "service.registered": _("Service registered, or its registration changed"),
    "service.allowed": _("Service allowed to know who somebody is"),
    "service.refused": _("Service not allowed to know who somebody is"),
    "service.opened": _("Service opened from here"),
    "service.stopped": _("Service no longer allowed to know who somebody is"),
    "form.came": _("Form came for a team"),
    "team.create": _("Team made"),
    "team.read": _("Team looked at"),
    "team.edit": _("Team changed"),
    "team.member-added": _("Person added to a team"),
    "team.member-removed": _("Person taken out of a team"),
    "team.form-added": _("Form added to a team"),
    "team.form-removed": _("Form taken from a team"),
}
