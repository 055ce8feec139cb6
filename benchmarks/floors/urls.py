from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.floors import views

urlpatterns = [
    path("plain/", views.plain),
    path("authed/", views.authed),
    # The least there is: the product's own posts carry a token that is checked.
    path("post/", csrf_exempt(views.post)),
]
