from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.floors import views

urlpatterns = [
    path("plain/", views.plain),
    path("authed/", views.authed),
    # Both sides of each ratio are measured without the token: a load client keeps none.
    path("post/", csrf_exempt(views.post)),
]
