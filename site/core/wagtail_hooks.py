"""What the foundations show in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from core import audit_admin, holidays_admin, outbox_admin, spreadsheets

spreadsheets.guard()
modeladmin_register(outbox_admin.OutboxAdmin)
modeladmin_register(audit_admin.AuditAdmin)
modeladmin_register(holidays_admin.BankHolidayAdmin)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def outbox_urls() -> list[URLPattern]:
    return [path("outbox/<uuid:item_id>/again/", outbox_admin.try_again, name="outbox_try_again")]


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def dead_letters(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("core.change_outboxitem"):
        panels.append(outbox_admin.DeadLettersPanel(request))


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def holidays_run_out(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("core.change_bankholiday"):
        panels.append(holidays_admin.HolidaysRunOutPanel())
