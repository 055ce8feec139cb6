"""The teams of the council in the admin: how to reach one, and which forms it is told of. For administrators.

Who is in a team is changed on the page of that person (`accounts.people`), where the rules are asked.
"""

from typing import Any

from django.db import transaction
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.views import CreateView, EditView

from accounts.models import Team
from accounts.team_changes import forms_of, note_changes
from core.admin import NoDeletion, RowPrivateModelAdmin


class _WrittenDown:
    """A view that saves a team: what changed is written down in the same transaction."""

    def form_valid(self: Any, form: "ModelForm[Team]") -> HttpResponse:
        with transaction.atomic():
            before = forms_of(form.instance)
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            note_changes(form.instance, before, self.request)
        return answer


class CreateTeam(_WrittenDown, CreateView):
    pass


class EditTeam(_WrittenDown, EditView):
    pass


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
    create_view_class = CreateTeam
    edit_view_class = EditTeam
    edit_handler = ObjectList(
        [
            *(FieldPanel(name) for name in ("name", "phone", "email")),
            # Not a list in which one careless click unmarks all the others.
            FieldPanel("forms", widget=CheckboxSelectMultiple),
        ]
    )
