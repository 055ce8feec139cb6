"""The look and the menu of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

# What case staff have no use for. "help" stays: the list of keys hangs on it.
NOT_FOR_CASE_STAFF = {"explorer", "images", "documents", "reports", "settings"}


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin/staff.css"))


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def only_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Case staff see their registers; editors see pages and forms; administrators see all of it."""
    person = request.user
    if not person.has_perm("casework.view_case") or person.has_perm("core.change_councilsettings"):
        return
    items[:] = [item for item in items if item.name not in NOT_FOR_CASE_STAFF]


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]
def only_the_keys(request: HttpRequest, items: list[Any]) -> None:
    """News of Wagtail's releases and its own editors' guide are not about this portal."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
