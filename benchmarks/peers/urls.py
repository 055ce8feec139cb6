from django.urls import include, path
from wagtail import urls as wagtail_urls

from benchmarks.peers.views import wizard

urlpatterns = [path("wizard/", wizard), path("", include(wagtail_urls))]
