from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = _("Families")

    def ready(self) -> None:
        from accounts.people.places import families as also_family
        from core.personal_data import personal_data
        from families import forms, held, prefill
        from forms_engine import registries

        also_family.register(self.name, forms.with_children)
        prefill.child_of.register(forms.ABOUT_CHILD, prefill.linked_child)
        prefill.register(registries.prefill_sources)
        personal_data.register(self.name, held.export)
        registries.audiences.register("families", forms.FAMILIES)
        registries.audiences.register("everybody", forms.EVERYBODY)
        registries.audiences.register("parents", forms.PARENTS)
        registries.audiences.register("children", forms.CHILDREN)
        registries.subjects.register(forms.ABOUT_CHILD, prefill.linked_child)
        registries.about_names.register(forms.ABOUT_CHILD, forms.names_of_children)
        registries.opened.register(forms.ABOUT_CHILD, forms.children_open_to)
        registries.still_open.register(forms.ABOUT_CHILD, forms.is_linked)
