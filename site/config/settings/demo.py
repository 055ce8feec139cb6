"""The demo that `make run` starts: DEBUG off, so that our own error pages show; reachable from this machine only."""

from config.settings import base
from config.settings.base import *  # noqa: F403
from config.settings.base import OAUTH2_PROVIDER, STORAGES, VAR, languages, signing_keys

SECRET_KEY = base.SECRET_KEY or "demo-only-not-a-secret-" + "x" * 40
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DEMO = True
LANGUAGES = languages("en-gb,cy")
USE_I18N = len(LANGUAGES) > 1
# `serve` makes it.
SIGNING_KEY = VAR / "signing-key.pem"
OAUTH2_PROVIDER = OAUTH2_PROVIDER | signing_keys(SIGNING_KEY.read_text() if SIGNING_KEY.exists() else "")
DEV_OUTBOX = True
SERVE_UNSCANNED = True
ADDRESS_LOOK_UP = "demo"
IDENTITY_CHECK = "demo"
EMAIL_BACKEND = "core.sent_messages.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "core.static_files.ManifestStorage"}}
CELERY = base.CELERY | {
    "broker_transport_options": {
        "data_folder_in": str(VAR / "queue"),
        "data_folder_out": str(VAR / "queue"),
        "control_folder": str(VAR / "queue-control"),
    },
}
