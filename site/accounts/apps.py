from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from oauth2_provider.models import clear_expired

        from accounts import access, audit_words, emails, forms_that_come, roles
        from accounts.identity import checking, registers
        from accounts.life import closing, held
        from accounts.life import letters as life_letters
        from accounts.life import mailbox as life_mailbox
        from accounts.models import mailboxes, one_time, registrations
        from accounts.models import sessions as sign_ins
        from accounts.recovery import letters
        from accounts.registration import account, mailbox, steps
        from accounts.sessions import emails as session_emails
        from core import outbox
        from core.models import audit_viewers
        from core.names import names, register_deeds
        from core.periodic import Work, periodic
        from core.personal_data import personal_data
        from forms_engine import registries

        roles.grants.register(self.name, {role: ["wagtailadmin.access_admin"] for role in roles.ROLES})
        forms = ("add", "change", "delete", "publish", "lock", "unlock")
        roles.grants.register(
            "forms_engine",
            {
                roles.EDITORS: [
                    *(f"forms_engine.{verb}_formdefinition" for verb in forms),
                    "forms_engine.add_privacynotice",
                    "forms_engine.change_privacynotice",
                ],
                roles.AUTHORS: [f"forms_engine.{verb}_formdefinition" for verb in ("add", "change", "lock")],
            },
        )
        dead_letters = ["core.view_outboxitem", "core.change_outboxitem"]
        roles.grants.register(
            "core",
            {
                roles.MANAGERS: [*dead_letters, "core.view_auditentry", "accounts.confirm_identity"],
                roles.ADMINISTRATORS: [
                    *dead_letters,
                    "core.view_auditentry",
                    "core.change_councilsettings",
                    "accounts.help_back_in",
                    "accounts.confirm_identity",
                    *(f"accounts.{verb}_team" for verb in ("view", "add", "change")),
                    *(f"core.{verb}_bankholiday" for verb in ("view", "add", "change", "delete")),
                ],
            },
        )
        registries.handlers.register(forms_that_come.HANDLER, forms_that_come.TeamHandler())
        registries.handlers.register(account.HANDLER, account.RegistrationHandler())
        registers.identity_checks.register(registers.HTTP, registers.HttpRegister())
        for plugin, page in steps.PLUGINS.items():
            registries.step_plugins.register(plugin, page)
        registries.viewers.register(self.name, forms_that_come.read_by_teams)
        audit_viewers.register(self.name, access.entries_of_the_site)
        register_deeds(audit_words.DEEDS)
        names.register("accounts.user", access.names_of_people)
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(roles.apply_after_migrate, sender=last)
        for kind in (*emails.KINDS, *letters.KINDS, *session_emails.KINDS, mailbox.KIND, life_mailbox.KIND):
            outbox.kinds.register(kind.name, kind)
        periodic.register("tidy-one-time", Work("tidy-one-time", 24 * 3600, one_time.tidy))
        periodic.register("clear-tokens", Work("clear-tokens", 24 * 3600, clear_expired))
        periodic.register("tidy-sign-ins", Work("tidy-sign-ins", 24 * 3600, sign_ins.tidy))
        personal_data.register(self.name, held.export)
        periodic.register("free-addresses", Work("free-addresses", 24 * 3600, closing.free_addresses))
        periodic.register("tidy-new-mailboxes", Work("tidy-new-mailboxes", 24 * 3600, mailboxes.tidy))
        # forms_engine sends it, and is below us.
        life_letters.optional_letters.register(
            "form-expiring",
            life_letters.OptionalLetter(
                _("Reminders of forms that you began"),
                _(
                    "We delete a form that nobody goes on with. Without these emails we do not tell you before"
                ),
            ),
        )
        periodic.register("ask-again-who-it-is", Work("ask-again-who-it-is", 600, checking.check_again))
        periodic.register("tidy-registrations", Work("tidy-registrations", 3600, registrations.tidy))
