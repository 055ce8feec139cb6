from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import access, audit_words, emails, forms_that_come, grants, limits, roles, upkeep
        from accounts.identity import registers
        from accounts.identity import system_checks as identity_checks  # noqa: F401 (it registers itself)
        from accounts.invitations import kinds as invitations
        from accounts.invitations import sending
        from accounts.life import held
        from accounts.life import letters as life_letters
        from accounts.life import mailbox as life_mailbox
        from accounts.people import system_checks as people_checks  # noqa: F401 (it registers itself)
        from accounts.people import words
        from accounts.provider import checks as provider_checks  # noqa: F401
        from accounts.recovery import letters
        from accounts.registration import account, mailbox, steps
        from accounts.sessions import emails as session_emails
        from core import limits as core_limits
        from core import outbox
        from core.models import audit_viewers
        from core.names import names, register_deeds
        from core.periodic import periodic
        from core.personal_data import personal_data
        from forms_engine import registries

        roles.grants.register(self.name, {role: ["wagtailadmin.access_admin"] for role in roles.ROLES})
        for app, granted in grants.GRANTS.items():
            roles.grants.register(app, granted)
        core_limits.register(limits.LIMITS)
        invitations.kinds.register(invitations.COUNCIL, invitations.Council())
        for app, said in words.WORDS.items():
            words.power_words.register(app, said)
        registries.handlers.register(forms_that_come.HANDLER, forms_that_come.TeamHandler())
        registries.handlers.register(account.HANDLER, account.RegistrationHandler())
        registers.identity_checks.register(registers.HTTP, registers.HttpRegister())
        for plugin, page in steps.PLUGINS.items():
            registries.step_plugins.register(plugin, page)
        registries.viewers.register(self.name, forms_that_come.read_by_teams)
        audit_viewers.register(self.name, access.entries_of_the_site)
        register_deeds(audit_words.DEEDS)
        names.register("accounts.user", access.names_of_people)
        names.register("accounts.team", access.names_of_teams)
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(roles.apply_after_migrate, sender=last)
        for kind in (
            *emails.KINDS,
            *letters.KINDS,
            *session_emails.KINDS,
            mailbox.KIND,
            life_mailbox.KIND,
            sending.KIND,
        ):
            outbox.kinds.register(kind.name, kind)
        for work in upkeep.WORKS:
            periodic.register(work.name, work)
        personal_data.register(self.name, held.export)
        # forms_engine sends it, and is below us.
        life_letters.optional_letters.register(
            "form-expiring",
            life_letters.OptionalLetter(
                _("Reminders of forms that you began"),
                _("We delete a form that nobody goes on with. Without these emails we do not tell you first"),
            ),
        )
