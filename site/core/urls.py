from django.urls import path

from core import dev_outbox, health, views

app_name = "core"

urlpatterns = [
    path("council.css", views.council_css, name="council_css"),
    path("language/", views.language, name="language"),
    path("health/", health.health, name="health"),
    path("dev/outbox/", dev_outbox.messages_sent, name="dev_outbox"),
]
