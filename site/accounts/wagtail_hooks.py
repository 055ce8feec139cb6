"""What the admin shows of teams. People and their rights are not managed there: its menu offers nothing of them."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from accounts.home_panel import FormsWithoutTeamPanel
from accounts.teams_admin import TeamAdmin

modeladmin_register(TeamAdmin)

CLOSED = {"users", "groups"}


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def without_people(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in CLOSED]


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def forms_without_team(request: HttpRequest, panels: list[Any]) -> None:
    """For those who look after what did not arrive: managers and administrators."""
    if request.user.has_perm("core.change_outboxitem"):
        panels.append(FormsWithoutTeamPanel(request))
