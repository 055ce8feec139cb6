"""For the tests: no static manifest, fast password hashes, a private folder of its own."""

import os
import tempfile
from pathlib import Path

_VAR = Path(tempfile.gettempdir()) / f"schoolbag-test-{os.getuid()}"
os.environ.setdefault("SCHOOLBAG_VAR", str(_VAR))
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from config.settings import base  # noqa: E402 (what stands above is read by it)
from config.settings.demo import *  # noqa: E402,F403
from config.settings.demo import STORAGES  # noqa: E402

# Runs at the same time each have a database of their own. On SQLite it is a file, which threads can share.
_NAME = os.environ.get("SCHOOLBAG_TEST_DB", str(os.getpid()))
_TEST_NAME = f"test_{_NAME}"
base.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if str(base.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    _TEST_NAME = str(base.VAR / f"{_TEST_NAME}.sqlite3")
DATABASES = {"default": base.DATABASES["default"] | {"TEST": {"NAME": _TEST_NAME}}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CELERY = base.CELERY | {"task_always_eager": False, "broker_url": "memory://localhost"}
LOGGING = base.LOGGING | {"root": {"handlers": ["console"], "level": "WARNING"}}
