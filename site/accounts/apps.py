from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import emails, roles
        from core import outbox

        roles.grants.register(self.name, {role: ["wagtailadmin.access_admin"] for role in roles.ROLES})
        forms = ("add", "change", "delete", "publish", "lock", "unlock")
        roles.grants.register(
            "forms_engine", {roles.EDITORS: [f"forms_engine.{verb}_formdefinition" for verb in forms]}
        )
        dead_letters = ["core.view_outboxitem", "core.change_outboxitem"]
        roles.grants.register(
            "core",
            {
                roles.MANAGERS: dead_letters,
                roles.ADMINISTRATORS: [*dead_letters, "core.change_councilsettings"],
            },
        )
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(roles.apply_after_migrate, sender=last)
        for kind in emails.KINDS:
            outbox.kinds.register(kind.name, kind)
