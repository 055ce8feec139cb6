"""The web application, as granian or gunicorn load it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# What starting made (the addresses and their views too) stays for ever: without this, each full collection of
# garbage walks over a million objects of it while somebody waits for a page.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
