from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

urlpatterns: list[URLPattern | URLResolver] = [
    # First, for a family filling in a form asks for more pages than anybody else.
    path("forms/", include("forms_engine.urls")),
    path("", include("core.urls")),
    # Before the admin: it takes the place of Wagtail's own sign-in and account pages.
    path("", include("accounts.urls")),
    path("openid/", include("accounts.provider.urls")),
    path("", include("home.urls")),
    path("schools/", include("schools.urls")),
    path("cases/", include("casework.urls")),
    path("admin/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    # Last, for it takes every path that is left.
    path("", include(wagtail_urls)),
]
