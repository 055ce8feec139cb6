"""Cases in the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from casework.admin import views
from casework.admin.register import CaseAdmin

modeladmin_register(CaseAdmin)


@hooks.register("register_admin_urls")
def case_urls() -> list[URLPattern]:
    return [
        path("cases/<uuid:case_id>/ask/", views.ask, name="case_ask"),
        path("cases/<uuid:case_id>/record/", views.record, name="case_record"),
        path("cases/actions/<uuid:action_id>/accept/", views.accept, name="case_accept"),
        path("cases/actions/<uuid:action_id>/reopen/", views.reopen, name="case_reopen"),
        path("cases/actions/<uuid:action_id>/withdraw/", views.withdraw, name="case_withdraw"),
    ]
