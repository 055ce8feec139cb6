"""What the foundations show in the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from core import outbox_admin

modeladmin_register(outbox_admin.OutboxAdmin)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def outbox_urls() -> list[URLPattern]:
    return [path("outbox/<uuid:item_id>/again/", outbox_admin.try_again, name="outbox_try_again")]
