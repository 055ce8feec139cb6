"""The teams of the council in the admin: who is in one, and which forms it is told of. For administrators.

Whoever is in a team reads its children's papers, so that each person and form added or taken out is written down.
"""

from typing import Any

from django.db import transaction
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.views import CreateView, EditView

from accounts import roles
from accounts.models import Team, User
from accounts.team_changes import note_changes, now_in
from core.admin import NoDeletion, RowPrivateModelAdmin


class TeamForm(WagtailAdminModelForm):
    """Offers those who hold a role that reads cases: no family is a member, and none is listed to administrators."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(groups__name__in=(roles.CASEWORKERS, roles.MANAGERS))
        self.fields["members"].queryset = User.objects.filter(pk__in=staff.values("pk"))


class _WrittenDown:
    """A view that saves a team: what changed is written down in the same transaction."""

    def form_valid(self: Any, form: "ModelForm[Team]") -> HttpResponse:
        with transaction.atomic():
            before = now_in(form.instance)
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
            *(FieldPanel(name, widget=CheckboxSelectMultiple) for name in ("members", "forms")),
        ],
        base_form_class=TeamForm,
    )
