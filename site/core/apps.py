from functools import partial

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        from core import (  # noqa: F401 (they register)
            audit,
            audit_words,
            checks,
            closed_days,
            council,
            held,
            limiter,
            limits,
            outbox,
            private_files,
            unnamed_files,
        )
        from core.names import register_deeds
        from core.periodic import Work, periodic
        from core.personal_data import personal_data

        register_deeds(audit_words.DEEDS)
        personal_data.register(self.name, held.export)
        audit.sealed_kinds.register(audit.AUDIT, audit.AuditRows())
        for signal in (post_save, post_delete):
            signal.connect(council.councils.forget, sender="core.CouncilSettings")
            signal.connect(council.councils.forget, sender="wagtailcore.Site")
            signal.connect(closed_days.working_days.forget, sender="core.BankHoliday")

        scan = outbox.Kind(
            private_files.SCAN,
            private_files.scan,
            priority=6,
            title=_("Virus check of a file"),
            goes_to=_("to the virus scanner"),
        )
        outbox.kinds.register(scan.name, scan)
        for model in private_files.file_models():
            post_delete.connect(private_files.forget_deleted, sender=model)

        for work in (
            Work("seal", 3600, audit.seal),
            Work("publish-scheduled", 60, partial(call_command, "publish_scheduled")),
            Work("tidy-limiter", 3600, limiter.tidy),
            Work("tidy-limits-reached", 3600, limits.tidy),
            Work("tidy-outbox", 3600, outbox.tidy),
            Work("sweep-unnamed-files", 24 * 3600, unnamed_files.sweep),
            Work("clear-sessions", 24 * 3600, partial(call_command, "clearsessions")),
        ):
            periodic.register(work.name, work)
