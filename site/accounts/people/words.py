"""What the roles may do, in plain words. They are made from the grants: each app says what its permissions are."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from core.registry import Registry

Words = Mapping[str, str | Promise]
# An app's name -> {"app_label.codename": what whoever holds it may do}. Several may say the same.
power_words: Registry[Words] = Registry("permissions in words")

OWN: Words = {
    "wagtailadmin.access_admin": _("Open the admin"),
    "accounts.look_after_people": _(
        "See who works in their part of the council, enable accounts, note who has left"
    ),
    "accounts.give_any_role": _("Give and take every role, and look after all staff"),
    "accounts.view_team": _("See the teams"),
    "accounts.add_team": _("Make teams"),
    "accounts.change_team": _("Say which forms a team is told of"),
    "accounts.help_back_in": _("Help somebody back in who has lost their mailbox"),
    "accounts.view_as": _(
        "See a few pages of the portal as a person sees them, with a reason that she reads"
    ),
    "accounts.confirm_identity": _("Make sure who somebody is whom the register of people does not know"),
}
OF_CORE: Words = {
    "core.view_outboxitem": _("See what could not be sent, and try it again"),
    "core.change_outboxitem": _("See what could not be sent, and try it again"),
    "core.view_auditentry": _("Read the audit of what is theirs to look after"),
    "core.view_limitreached": _("See who has to wait after too many tries, and end a wait"),
    "core.lift_limitreached": _("See who has to wait after too many tries, and end a wait"),
    "core.change_councilsettings": _("Change the council’s name, colour, phone number and dates"),
    **{
        f"core.{verb}_bankholiday": _("Keep the list of bank holidays")
        for verb in ("view", "add", "change", "delete")
    },
}
OF_FORMS: Words = {
    "forms_engine.add_formdefinition": _("Write forms"),
    "forms_engine.change_formdefinition": _("Write forms"),
    "forms_engine.lock_formdefinition": _("Lock a form while they work on it"),
    "forms_engine.unlock_formdefinition": _("Unlock a form that a colleague has locked"),
    "forms_engine.publish_formdefinition": _("Publish forms"),
    "forms_engine.delete_formdefinition": _("Delete forms that nobody has used"),
    "forms_engine.add_privacynotice": _("Write privacy notices"),
    "forms_engine.change_privacynotice": _("Write privacy notices"),
}
OF_WAGTAIL: Words = {
    "wagtailcore.add_page": _("Write and publish pages"),
    "wagtailcore.change_page": _("Write and publish pages"),
    "wagtailcore.publish_page": _("Write and publish pages"),
    "wagtailcore.lock_page": _("Lock a page while they work on it"),
    "wagtailcore.unlock_page": _("Unlock a page that a colleague has locked"),
    "wagtailcore.bulk_delete_page": _("Delete a page with all that is below it"),
    **{
        f"wagtail{kind}.{verb}_{name}": _("Add pictures and public documents")
        for kind, name in (("images", "image"), ("docs", "document"))
        for verb in ("add", "change", "choose")
    },
}
WORDS: Mapping[str, Words] = {
    "accounts": OWN,
    "core": OF_CORE,
    "forms_engine": OF_FORMS,
    "wagtail": OF_WAGTAIL,
}


class NoWordsError(LookupError):
    """A permission is granted that no app says in words."""


def all_granted(role: str) -> set[str]:
    """All that `role` may do, on pages and with files too, as "app_label.codename"."""
    return {
        *roles.granted(role),
        *roles.PAGE_GRANTS.get(role, ()),
        *roles.COLLECTION_GRANTS.get(role, ()),
    }


def powers(role: str) -> list[str]:
    """What `role` may do, a sentence each, in the order in which apps say it. Raises NoWordsError."""
    held = all_granted(role)
    known = {permission: said for entry in power_words.values() for permission, said in entry.items()}
    if missing := held - set(known):
        raise NoWordsError(", ".join(sorted(missing)))
    return list(dict.fromkeys(str(said) for permission, said in known.items() if permission in held))
