from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsEngineConfig(AppConfig):
    name = "forms_engine"
    verbose_name = _("Forms")

    def ready(self) -> None:
        from core import audit, outbox
        from forms_engine import delivery, prefill, registries, seals
        from forms_engine.types import builtin, question_types

        builtin.register(question_types)
        prefill.register(registries.prefill_sources)
        outbox.kinds.register(delivery.KIND, delivery.kind)
        audit.sealed_kinds.register(seals.NAME, seals.SubmissionRows())
