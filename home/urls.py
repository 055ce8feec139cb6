from django.urls import path

from accounts.views.admin import gone
from home import views

app_name = "home"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("family/", views.family, name="family"),
    # Wagtail's: workflows are off, and nothing names a form or a notice by choosing it from a list.
    path("admin/workflows/<path:rest>", gone),
    path("admin/snippets/<path:rest>", gone),
]
