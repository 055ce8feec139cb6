from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools and children")

    def ready(self) -> None:
        from accounts.invitations.kinds import kinds
        from accounts.life.closing import when_closed
        from accounts.people.places import families, places
        from core import limits as core_limits
        from core.names import names, register_deeds
        from core.periodic import Work, periodic
        from core.personal_data import personal_data
        from forms_engine import registries
        from schools import access, audit_words, forms, held, invitations, limits, people
        from schools.records import Schools

        kinds.register(access.KIND, invitations.SchoolStaff())
        when_closed.register(self.name, people.close)
        places.register(self.name, people.Staff())
        families.register(self.name, forms.with_forms_of_their_own)
        core_limits.register(limits.LIMITS)
        forgetting = Work("forget-details-asked", 24 * 3600, people.forget_details_asked)
        periodic.register(forgetting.name, forgetting)
        register_deeds(audit_words.DEEDS)
        personal_data.register(self.name, held.export)
        names.register("schools.school", access.names_of_schools)
        registries.record_choices.register("schools", Schools())
        registries.audiences.register("schools", forms.SCHOOLS)
        registries.opened.register(forms.ABOUT_SCHOOL, forms.schools_open_to)
        registries.still_open.register(forms.ABOUT_SCHOOL, forms.still_works_there)
