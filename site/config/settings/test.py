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
CONSOLE = base.LOGGING["handlers"]["console"] | {"level": "WARNING"}
LOGGING = base.LOGGING | {
    "handlers": {"console": CONSOLE},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# What each worker of a run logs at any level, as production would write it, to be searched (`tests/given_out.py`).
if _FOLDER := os.environ.get("SCHOOLBAG_TEST_LOGS", ""):
    _FILE = Path(_FOLDER) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.log"
    SEARCHED = {"class": "logging.FileHandler", "filename": _FILE, "delay": True}
    LOGGING |= {
        "handlers": {
            "console": CONSOLE,
            "searched": SEARCHED | {"filters": ["no_personal_data"], "formatter": "line"},
        },
        "root": {"handlers": ["console", "searched"], "level": "DEBUG"},
        # A statement with its values is logged only where a test counts queries: no settings of a site turn that on.
        # The others are tools of the tests, which say what they make up.
        "loggers": base.LOGGING["loggers"]
        | {name: {"level": "INFO"} for name in ("django.db.backends", "factory", "faker", "werkzeug")},
    }
