from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("council.css", views.council_css, name="council_css"),
]
