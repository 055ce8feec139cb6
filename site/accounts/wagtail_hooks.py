"""What the admin shows of people and teams. Wagtail's own pages for people and groups are closed: ours stand there."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from accounts.home_panel import FormsWithoutTeamPanel
from accounts.invitations.admin import InvitationAdmin
from accounts.people.admin import PeopleAdmin
from accounts.teams_admin import TeamAdmin
from accounts.view_as import viewing
from accounts.views import help_back_in, identity, invite, people, view_as, waits

modeladmin_register(PeopleAdmin)
modeladmin_register(TeamAdmin)
modeladmin_register(InvitationAdmin)

CLOSED = {"users", "groups"}


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def without_people(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in CLOSED]


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def forms_without_team(request: HttpRequest, panels: list[Any]) -> None:
    """For those who look after what did not arrive: managers and administrators."""
    if request.user.has_perm("core.change_outboxitem"):
        panels.append(FormsWithoutTeamPanel(request))


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def people_urls() -> list[URLPattern]:
    """Under the register's own address, by which the menu knows what to light up."""
    return [
        path("accounts/user/roles/", people.what_roles_do, name="people_roles"),
        path("accounts/invitation/new/", invite.invite, name="invitation_new"),
        path("accounts/invitation/<uuid:invitation_id>/again/", invite.again, name="invitation_again"),
        path(
            "accounts/invitation/<uuid:invitation_id>/withdraw/", invite.withdraw, name="invitation_withdraw"
        ),
        path("accounts/user/<uuid:person_id>/<slug:what>/", people.change, name="person_change"),
    ]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def help_back_in_urls() -> list[URLPattern]:
    return [
        path("help-back-in/", help_back_in.find, name="help_back_in"),
        path("help-back-in/<uuid:person_id>/", help_back_in.help_person, name="help_back_in_person"),
        path("help-back-in/<uuid:person_id>/sign-out/", help_back_in.sign_out, name="help_back_in_sign_out"),
    ]


class HelpBackInItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(help_back_in.PERMISSION))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def help_back_in_item() -> MenuItem:
    url = reverse_lazy("help_back_in")
    return HelpBackInItem(_("Help back in"), url, name="help-back-in", icon_name="key", order=890)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def identity_urls() -> list[URLPattern]:
    return [
        path("identity/", identity.people, name="identity"),
        path("identity/<uuid:person_id>/", identity.person, name="identity_person"),
    ]


class IdentityItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(settings.IDENTITY_CHECK and request.user.has_perm(identity.PERMISSION))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def identity_item() -> MenuItem:
    url = reverse_lazy("identity")
    return IdentityItem(_("People to confirm"), url, name="identity", icon_name="user", order=891)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def waits_urls() -> list[URLPattern]:
    return [
        path("waits/", waits.register, name="waits"),
        path("waits/<uuid:wait_id>/", waits.wait, name="waits_one"),
    ]


class WaitsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(waits.PERMISSION))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def waits_item() -> MenuItem:
    return WaitsItem(
        _("Locked and limited"), reverse_lazy("waits"), name="waits", icon_name="lock", order=892
    )


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def view_as_urls() -> list[URLPattern]:
    return [
        path("view-as/", view_as.begin, name="view_as"),
        path("view-as/stop/", view_as.stop, name="view_as_stop"),
    ]


class ViewAsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(viewing.PERMISSION))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def view_as_item() -> MenuItem:
    return ViewAsItem(
        _("View as a person"), reverse_lazy("view_as"), name="view-as", icon_name="view", order=893
    )
