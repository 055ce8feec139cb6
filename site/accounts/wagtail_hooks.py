"""People and their rights are not managed in the admin: its menu does not offer what answers 404."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from accounts.teams_admin import TeamAdmin

modeladmin_register(TeamAdmin)

CLOSED = {"users", "groups"}


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def without_people(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in CLOSED]
