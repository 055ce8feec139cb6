"""The usual ways of making a form with Django and with Wagtail, with the floors' server, database and sessions."""

import os

from benchmarks.floors.settings import *  # noqa: F403 - the floors' settings are the point
from benchmarks.floors.settings import INSTALLED_APPS, TEMPLATES, VAR, database

INSTALLED_APPS = [
    "benchmarks.peers",
    "formtools",
    "wagtail.contrib.forms",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django.contrib.staticfiles",
    *(app for app in INSTALLED_APPS if app != "benchmarks.floors"),
]
TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
ROOT_URLCONF = "benchmarks.peers.urls"
WSGI_APPLICATION = "benchmarks.peers.wsgi.application"
DATABASES = {"default": database(os.environ.get("PEERS_DATABASE_URL", f"sqlite:///{VAR / 'peers.sqlite3'}"))}
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Peers"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
