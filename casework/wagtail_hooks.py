"""Cases in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from casework.admin import views
from casework.admin.home_panel import MyCasesPanel
from casework.admin.register import CaseAdmin

modeladmin_register(CaseAdmin)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def case_urls() -> list[URLPattern]:
    return [
        path("cases/<uuid:case_id>/ask/", views.ask, name="case_ask"),
        path("cases/<uuid:case_id>/record/", views.record, name="case_record"),
        path("cases/actions/<uuid:action_id>/accept/", views.accept, name="case_accept"),
        path("cases/actions/<uuid:action_id>/reopen/", views.reopen, name="case_reopen"),
        path("cases/actions/<uuid:action_id>/withdraw/", views.withdraw, name="case_withdraw"),
    ]


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def case_staff_home(request: HttpRequest, panels: list[Any]) -> None:
    """Case staff see where their cases stand, and nothing about pages."""
    if request.user.has_perm("casework.view_case"):
        panels[:] = [MyCasesPanel(request)]
