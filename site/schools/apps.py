from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools and children")

    def ready(self) -> None:
        from forms_engine import registries
        from schools import forms
        from schools.records import Schools

        registries.record_choices.register("schools", Schools())
        registries.audiences.register("schools", forms.SCHOOLS)
        registries.opened.register(forms.ABOUT_SCHOOL, forms.schools_open_to)
        registries.still_open.register(forms.ABOUT_SCHOOL, forms.still_works_there)
