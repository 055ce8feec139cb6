"""What administrators and managers find on opening the admin: forms that nobody can begin until a team is named."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from accounts.forms_that_come import HANDLER
from forms_engine.models import FormDefinition


class FormsWithoutTeamPanel(Component):
    name = "forms_without_team"
    order = 5
    template_name = "accounts/admin/forms_without_team.html"

    def __init__(self, request: HttpRequest) -> None:
        self.may_name_one = request.user.has_perm("accounts.change_team")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """One query."""
        teams = reverse("accounts_team_modeladmin_index") if self.may_name_one else ""
        return {"forms": list(without_team()), "teams_url": teams}


def without_team() -> QuerySet[FormDefinition]:
    """Those in use that people may begin by themselves and that no team reads, by their names."""
    forms = FormDefinition.objects.filter(live=True, handler=HANDLER, teams=None).exclude(offered_to="")
    return forms.defer("body").order_by("title")
