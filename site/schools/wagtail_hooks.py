"""What the admin has of schools: inviting their staff, above all the first supervisor."""

from django.urls import URLPattern, path
from wagtail import hooks

from schools import admin_views


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def invite_url() -> list[URLPattern]:
    return [path("schools/invite/", admin_views.invite, name="school_invite")]
