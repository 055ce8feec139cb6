from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("SEND cases")

    def ready(self) -> None:
        from accounts import roles
        from casework import submissions
        from forms_engine import registries
        from forms_engine.ways_back import ways_back

        team = [
            "casework.view_case",
            "casework.change_case",
            "forms_engine.view_submission",
            "forms_engine.view_delivery",
            "forms_engine.change_delivery",
        ]
        roles.grants.register(
            self.name, {roles.CASEWORKERS: team, roles.MANAGERS: [*team, "casework.see_all_cases"]}
        )
        registries.handlers.register(submissions.HANDLER, submissions.ActionHandler())
        ways_back.register(submissions.ABOUT_CASE, submissions.back_to_case)
        registries.viewers.register(self.name, submissions.case_staff)
        registries.prefill_sources.register("child.full_name", submissions.child_name)
        registries.prefill_sources.register("child.date_of_birth", submissions.child_date_of_birth)
        registries.prefill_sources.register("child.school", submissions.child_school)
