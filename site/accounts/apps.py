from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # Each registers itself.
        from accounts.identity import system_checks as identity_checks  # noqa: F401
        from accounts.people import system_checks as people_checks  # noqa: F401
        from accounts.provider import checks as provider_checks  # noqa: F401

        self._grant_what_roles_may_do()
        self._fill_own_registries()
        self._plug_into_forms()
        self._plug_into_audit_and_limits()
        self._plug_into_the_workers_part()

    def _grant_what_roles_may_do(self) -> None:
        from accounts import grants, roles
        from accounts.people import words

        roles.grants.register(self.name, {role: ["wagtailadmin.access_admin"] for role in roles.ROLES})
        for app, granted in grants.GRANTS.items():
            roles.grants.register(app, granted)
        for app, said in words.WORDS.items():
            words.power_words.register(app, said)
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(roles.apply_after_migrate, sender=last)

    def _fill_own_registries(self) -> None:
        from accounts.identity import registers
        from accounts.invitations import kinds as invitations
        from accounts.life import letters

        registers.identity_checks.register(registers.HTTP, registers.HttpRegister())
        invitations.kinds.register(invitations.COUNCIL, invitations.Council())
        # forms_engine sends it, and is below us.
        letters.optional_letters.register(
            "form-expiring",
            letters.OptionalLetter(
                _("Reminders of forms that you began"),
                _("We delete a form that nobody goes on with. Without these emails we do not tell you first"),
            ),
        )

    def _plug_into_forms(self) -> None:
        from accounts import forms_that_come
        from accounts.registration import account, steps
        from forms_engine import registries

        registries.handlers.register(forms_that_come.HANDLER, forms_that_come.TeamHandler())
        registries.handlers.register(account.HANDLER, account.RegistrationHandler())
        for plugin, page in steps.PLUGINS.items():
            registries.step_plugins.register(plugin, page)
        registries.viewers.register(self.name, forms_that_come.read_by_teams)
        registries.circles.register(forms_that_come.HANDLER, forms_that_come.comes_to)

    def _plug_into_audit_and_limits(self) -> None:
        from accounts import access, audit_words, limits
        from core import limits as core_limits
        from core.models import audit_viewers
        from core.names import names, register_deeds

        audit_viewers.register(self.name, access.entries_of_the_site)
        register_deeds(audit_words.DEEDS)
        names.register("accounts.user", access.names_of_people)
        names.register("accounts.team", access.names_of_teams)
        core_limits.register(limits.LIMITS)

    def _plug_into_the_workers_part(self) -> None:
        """Emails, periodic work, and the download of what is held."""
        from accounts import emails, upkeep
        from accounts.invitations import sending
        from accounts.life import held
        from accounts.life import mailbox as new_mailbox
        from accounts.recovery import letters
        from accounts.registration import mailbox
        from accounts.sessions import emails as session_emails
        from core import outbox
        from core.periodic import periodic
        from core.personal_data import personal_data

        kinds = (*emails.KINDS, *letters.KINDS, *session_emails.KINDS)
        for kind in (*kinds, mailbox.KIND, new_mailbox.KIND, sending.KIND):
            outbox.kinds.register(kind.name, kind)
        for work in upkeep.WORKS:
            periodic.register(work.name, work)
        personal_data.register(self.name, held.export)
