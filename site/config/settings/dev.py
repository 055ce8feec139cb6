"""For work on the code: as the demo, with Django's own error pages and static files served without collecting."""

from config.settings.demo import *  # noqa: F403
from config.settings.demo import STORAGES

DEBUG = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
