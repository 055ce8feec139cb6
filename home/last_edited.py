"""What editors of pages find on opening the admin: the pages that were edited last, by whom."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

MOST_PAGES = 8


class LastEditedPanel(Component):
    name = "last_edited"
    order = 20
    template_name = "home/admin/last_edited.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"pages": last_edited(self.request.user)}


def may_edit_pages(person: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_permission(person, "change"))


def last_edited(person: Any) -> QuerySet[Page]:
    """The pages that `person` may change, whoever edited them; the last edited first."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        person, "change"
    )
    edited = pages.filter(latest_revision__isnull=False).select_related("latest_revision__user")
    return edited.order_by("-latest_revision__created_at", "pk")[:MOST_PAGES]
