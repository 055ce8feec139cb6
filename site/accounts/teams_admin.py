"""The teams of the council in the admin: who is in one, and which forms it is told of. For administrators."""

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from accounts.models import Team
from core.admin import NoDeletion, RowPrivateModelAdmin


class TeamAdmin(RowPrivateModelAdmin):
    model = Team
    menu_label = gettext_lazy("Teams")
    menu_icon = "group"
    menu_order = 880
    list_display = ("name", "phone", "email")
    search_fields = ("name",)
    search_label = gettext_lazy("Name")
    ordering = ("name",)
    permission_helper_class = NoDeletion
    panels = [
        FieldPanel("name"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("members"),
        FieldPanel("forms"),
    ]
