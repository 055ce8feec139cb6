from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # The web process wakes the worker, so it needs the same Celery app with the same broker.
        import config.celery  # noqa: F401 (makes the queue)
        from accounts.identity.registers import identity_checks
        from config.demo.addresses import DemoAddresses
        from config.demo.people_register import DemoRegister
        from forms_engine import registries

        if settings.DEMO:
            registries.address_look_ups.register("demo", DemoAddresses())
            identity_checks.register("demo", DemoRegister())
