from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("SEND cases")

    def ready(self) -> None:
        from accounts import roles
        from accounts.life.closing import when_closed
        from accounts.people.places import families, open_work
        from accounts.people.words import power_words
        from casework import access, held, submissions, wording
        from casework.actions.withdraw_after_access import withdraw_after_access, withdraw_from_closed_account
        from casework.admin import audit_names, sent_forms
        from casework.open_work import open_cases
        from casework.pages import turn
        from core.models import audit_viewers
        from core.names import finds, names, register_deeds
        from core.periodic import Work, periodic
        from core.personal_data import personal_data
        from families.forms import ABOUT_CHILD
        from families.prefill import child_of
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
        open_work.register(self.name, open_cases)
        families.register(self.name, access.with_access)
        power_words.register(self.name, access.POWERS)
        work = Work("withdraw-after-access", 600, withdraw_after_access)
        periodic.register(work.name, work)
        when_closed.register(self.name, withdraw_from_closed_account)
        registries.handlers.register(submissions.HANDLER, submissions.ActionHandler())
        registries.opened.register(submissions.ABOUT_CASE, submissions.cases_open_to)
        registries.still_open.register(submissions.ABOUT_CASE, submissions.still_has_access)
        back = submissions.back_to_staff_page
        registries.helpers.register(submissions.ABOUT_CASE, registries.Helpers(submissions.may_help, back))
        registries.helpers.register(ABOUT_CHILD, registries.Helpers(submissions.may_help_with_child, back))
        registries.subjects.register(submissions.ABOUT_CASE, submissions.child_of_case)
        registries.matters.register(submissions.ABOUT_CASE, sent_forms.matter_of)
        registries.about_names.register(submissions.ABOUT_CASE, sent_forms.names_of_children)
        for reason, why in wording.WITHDRAWALS.items():
            registries.withdrawals.register(reason, why)
        registries.turns.register(submissions.ABOUT_CASE, turn.turn_after)
        registries.own_forms.register(submissions.ABOUT_CASE, submissions.is_about_addressee)
        registries.circles.register("casework.managers", submissions.is_manager)
        ways_back.register(submissions.ABOUT_CASE, submissions.back_to_case)
        registries.viewers.register(self.name, submissions.case_staff)
        audit_viewers.register(self.name, access.entries_of_cases)
        audit_names.register(names, finds)
        register_deeds(audit_names.DEEDS)
        personal_data.register(self.name, held.export)
        child_of.register(submissions.ABOUT_CASE, submissions.child_of_case)
