"""Cases in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from casework.admin import views
from casework.admin.hand_on import hand_on
from casework.admin.my_day import MyDayPanel
from casework.admin.register import CaseAdmin

modeladmin_register(CaseAdmin)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def case_urls() -> list[URLPattern]:
    """Under the register's own address, by which the menu knows what to light up."""
    return [
        path("casework/case/hand-on/<uuid:person_id>/", hand_on, name="case_hand_on"),
        path("casework/case/<uuid:case_id>/ask/", views.ask, name="case_ask"),
        path("casework/case/<uuid:case_id>/fill-in/", views.fill_in, name="case_fill_in"),
        path("casework/case/<uuid:case_id>/record/", views.record, name="case_record"),
        path("casework/case/events/<uuid:event_id>/correct/", views.correct, name="case_correct"),
        path("casework/case/actions/<uuid:action_id>/accept/", views.accept, name="case_accept"),
        path("casework/case/actions/<uuid:action_id>/reopen/", views.reopen, name="case_reopen"),
        path("casework/case/actions/<uuid:action_id>/withdraw/", views.withdraw, name="case_withdraw"),
    ]


class MyDayItem(MenuItem):
    """First in the menu of case staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("casework.view_case"))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def my_day_item() -> MenuItem:
    return MyDayItem(
        _("My day"), reverse_lazy("wagtailadmin_home"), name="my-day", icon_name="calendar", order=1
    )


# Before those that add a panel.
@hooks.register("construct_homepage_panels", order=-1)  # type: ignore[untyped-decorator]
def case_staff_home(request: HttpRequest, panels: list[Any]) -> None:
    """Case staff see their day first, and nothing of Wagtail's own."""
    if request.user.has_perm("casework.view_case"):
        panels[:] = [MyDayPanel(request)]
