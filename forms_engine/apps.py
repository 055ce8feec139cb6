from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsEngineConfig(AppConfig):
    name = "forms_engine"
    verbose_name = _("Forms")

    def ready(self) -> None:
        from django.core.checks import register

        from core import audit, limits, outbox
        from core.names import by_reference, finds, names, register_deeds
        from core.periodic import Work, periodic
        from core.personal_data import personal_data
        from forms_engine import (
            access,
            audit_words,
            checks,
            delivery,
            expiry,
            held,
            last_copies,
            pace,
            prefill,
            registries,
            seals,
            stash,
        )
        from forms_engine.models import Submission
        from forms_engine.types import builtin, question_types, references

        register(checks.look_up_is_there)
        limits.register(pace.LIMITS)
        builtin.register(question_types)
        references.register_shapes(registries.reference_shapes)
        prefill.register(registries.prefill_sources)
        outbox.kinds.register(delivery.KIND, delivery.kind)
        audit.sealed_kinds.register(seals.NAME, seals.SubmissionRows())
        register_deeds(audit_words.DEEDS)
        personal_data.register(self.name, held.export)
        names.register("forms_engine.submission", by_reference(Submission.objects))
        names.register("forms_engine.submissionfile", access.references_of_files)
        names.register("forms_engine.delivery", access.references_of_deliveries)
        finds.register("forms_engine.submission", access.ids_of_reference)
        for work in (
            Work("delete-expired-drafts", 600, expiry.delete_expired),
            Work("remind-of-drafts", 600, expiry.remind),
            Work("delete-last-copies", 24 * 3600, last_copies.delete_old),
            Work("tidy-stash", 600, stash.tidy),
        ):
            periodic.register(work.name, work)
