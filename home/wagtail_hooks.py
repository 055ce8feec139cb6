"""The look and the menu of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from home.last_edited import LastEditedPanel, may_edit_pages

# What case staff have no use for. "help" stays: the list of keys hangs on it.
NOT_FOR_CASE_STAFF = {"explorer", "images", "documents", "reports", "settings"}


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin/staff.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def focus_on_what_was_done() -> str:
    return format_html('<script src="{}" defer></script>', static("portal/admin/said.js"))


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def only_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Case staff see their registers, unless they are editors or administrators too: those see all of it."""
    person = request.user
    has_use = may_edit_pages(person) or person.has_perm("core.change_councilsettings")
    if has_use or not person.has_perm("casework.view_case"):
        return
    items[:] = [item for item in items if item.name not in NOT_FOR_CASE_STAFF]


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]
def only_about_the_portal(request: HttpRequest, items: list[Any]) -> None:
    """News of Wagtail's releases and its own editors' guide are not about this portal."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))]


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def pages_edited_last(request: HttpRequest, panels: list[Any]) -> None:
    """In place of Wagtail's list of one's own edits: colleagues work on the same pages."""
    if may_edit_pages(request.user):
        others = [panel for panel in panels if panel.name != "recent_edits"]
        panels[:] = [*others, LastEditedPanel(request)]
