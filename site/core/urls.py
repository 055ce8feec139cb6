from django.urls import path

from core import health, views

app_name = "core"

urlpatterns = [
    path("council.css", views.council_css, name="council_css"),
    path("health/", health.health, name="health"),
]
