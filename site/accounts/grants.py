"""What the roles may do with forms, with accounts and with the site itself."""

from accounts import roles

_FORMS = ("add", "change", "delete", "publish", "lock", "unlock")
_WAITS = ("core.view_limitreached", "core.lift_limitreached")
_DEAD_LETTERS = ("core.view_outboxitem", "core.change_outboxitem")

# The name under which they are registered -> {role: permissions}.
GRANTS: dict[str, roles.Grants] = {
    "forms_engine": {
        roles.EDITORS: [
            *(f"forms_engine.{verb}_formdefinition" for verb in _FORMS),
            "forms_engine.add_privacynotice",
            "forms_engine.change_privacynotice",
        ],
        roles.AUTHORS: [f"forms_engine.{verb}_formdefinition" for verb in ("add", "change", "lock")],
    },
    "core": {
        roles.MANAGERS: [
            *_DEAD_LETTERS,
            "core.view_auditentry",
            "accounts.confirm_identity",
            "accounts.look_after_people",
            "accounts.view_as",
        ],
        roles.SUPPORT: [*_WAITS, "accounts.view_as"],
        roles.ADMINISTRATORS: [
            *_DEAD_LETTERS,
            *_WAITS,
            "core.view_auditentry",
            "core.change_councilsettings",
            "accounts.help_back_in",
            "accounts.view_as",
            "accounts.confirm_identity",
            "accounts.look_after_people",
            "accounts.give_any_role",
            *(f"accounts.{verb}_team" for verb in ("view", "add", "change")),
            *(f"core.{verb}_bankholiday" for verb in ("view", "add", "change", "delete")),
        ],
    },
}
