from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # The web process wakes the worker, so it needs the same Celery app with the same broker.
        import config.celery  # noqa: F401
