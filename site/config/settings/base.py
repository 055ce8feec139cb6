"""What every installation shares. The other modules here say only what differs: dev, demo, test, production."""

import re
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from accounts.outside.providers import OutsideProvider

ROOT = Path(__file__).resolve().parents[3]
env = environ.Env()

# Everything that a run writes goes here: database, private files, queue, collected static files, logs.
VAR = Path(env.str("SCHOOLBAG_VAR", default=str(ROOT / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
# Links in emails are made from this, never from a request's Host header.
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL

INSTALLED_APPS = [
    "config",
    "home",
    "guidance",
    "casework",
    "families",
    "schools",
    "accounts",
    "forms_engine",
    "core",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "oauth2_provider",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.AreaCSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PrivateByDefaultMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SecondStepMiddleware",
    "accounts.middleware.SessionLifeMiddleware",
    "accounts.view_as.middleware.ViewAsMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.AdminSecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.UnstorableMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.council",
                "home.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "core.govuk.renderer.GovukRenderer"

# IMMEDIATE is a correctness setting on SQLite: a deferred transaction that has read cannot wait for the writer.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
}
# A pool belongs to one process. Connecting anew for each request costs more than the request.
POSTGRESQL_OPTIONS = {"pool": {"min_size": 2, "max_size": 10, "timeout": 5}}


def database(url: str) -> dict[str, object]:
    """Django's settings for the database at `url`, with what this project needs of each of the two kinds."""
    config: dict[str, object] = dict(env.db_url_config(url))
    if str(config["ENGINE"]).endswith("sqlite3"):
        return config | {
            "ENGINE": "core.sqlite3",
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": None,
        }
    return config | {"OPTIONS": dict(POSTGRESQL_OPTIONS), "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EmailBackend"]
# The first one hashes; what another has hashed is read, and hashed anew when its owner next signs in.
PASSWORD_HASHERS = [
    "accounts.passwords.hasher.OneThreadArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.validator.PasswordRules"}]
# Characters; how many of the passwords before the present one may not come back; what may stand in one besides letters,
# digits and spaces.
PASSWORD_RULES: dict[str, Any] = {
    "shortest": 15,
    "longest": 128,
    "remembered": 8,
    "special": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£",
}
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:start"
OTP_LOGIN_URL = LOGIN_URL
# django-otp would refuse the right code too, while a stranger tries wrong ones: `accounts.guesses` counts them.
OTP_TOTP_THROTTLE_FACTOR = 0
# A phone knows the time: how far off it may be does not grow.
OTP_TOTP_SYNC = False
# Whether administrators must use an authenticator app or a passkey before they come into the admin.
ADMINISTRATORS_NEED_STRONG_STEP = False
# For whom an emailed code may stand in for the app or passkey that she has: not-administrators, nobody, everybody.
EMAILED_CODE_INSTEAD = env.str("EMAILED_CODE_INSTEAD", default="not-administrators")


# The outside identity services that people may come in through (`accounts.outside`): a list of objects in JSON.
OUTSIDE_PROVIDERS = [OutsideProvider(**one) for one in env.json("OUTSIDE_PROVIDERS", default=[])]


# The portal signs people in to other services (`accounts.provider`). The first of these keys signs, the others are only
# still known, while a new one takes the place of an old one. With none the portal signs nobody in elsewhere.
def signing_keys(pems: str) -> dict[str, Any]:
    """What django-oauth-toolkit is to know of the private keys in `pems`, one after another."""
    keys = re.findall(r"-----BEGIN [^-]+-----.+?-----END [^-]+-----\n?", pems, re.DOTALL) or [pems.strip()]
    return {
        "OIDC_ENABLED": bool(pems.strip()),
        "OIDC_RSA_PRIVATE_KEY": keys[0],
        "OIDC_RSA_PRIVATE_KEYS_INACTIVE": keys[1:],
    }


OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.Service"
OAUTH2_PROVIDER: dict[str, Any] = {
    **signing_keys(env.str("OIDC_SIGNING_KEYS", default="", multiline=True)),
    # Never what a request's Host header says.
    "OIDC_ISS_ENDPOINT": f"{BASE_URL}/openid",
    "OAUTH2_SERVER_CLASS": "oauthlib.openid.Server",
    "OAUTH2_VALIDATOR_CLASS": "accounts.provider.validator.Validator",
    "SCOPES_BACKEND_CLASS": "accounts.provider.validator.Scopes",
    "SCOPES": {"openid": "who you are", "email": "your email address"},
    "DEFAULT_SCOPES": ["openid"],
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "OIDC_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OIDC_SUBJECT_TYPES_SUPPORTED": ["pairwise"],
    "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
    # The toolkit looks for columns that our services do not have; `accounts.provider.consents` deletes them.
    "OIDC_RP_INITIATED_LOGOUT_DELETE_TOKENS": False,
    # Seconds. A service that wants to know for longer keeps a session of its own.
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 300,
    "ID_TOKEN_EXPIRE_SECONDS": 300,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 3600,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # RFC 9700: what is good practice today, and the toolkit's default tomorrow.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

_PUBLIC = {
    "default-src": [NONE],
    "object-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "manifest-src": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _PUBLIC}
# Wagtail's rich text box and tooltips put <style> elements in; its editor shows pictures from data: and blob:.
CSP_ADMIN = _PUBLIC | {
    "style-src-elem": [SELF, UNSAFE_INLINE],
    # The one style attribute of wagtail-modeladmin, on its empty lists: "margin-top:30px;".
    "style-src-attr": [UNSAFE_HASHES, "'sha256-qd+Nhc9yA8AHpeBWfcIrlo6n2kt+8yFCuBqBOgxc9WY='"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# The live preview runs an inner request for the public page inside a frame of the admin.
CSP_PREVIEW = _PUBLIC | {"frame-ancestors": [SELF]}

LANGUAGE_CODE = "en-gb"
_LANGUAGES: dict[str, Any] = {"en-gb": _("English"), "cy": _("Welsh")}


def languages(otherwise: str) -> list[tuple[str, Any]]:
    """The languages of the site: those that SITE_LANGUAGES names ("en-gb,cy"), else those of `otherwise`."""
    codes = env.list("SITE_LANGUAGES", default=otherwise.split(","))
    if codes[:1] != [LANGUAGE_CODE] or not set(codes) <= set(_LANGUAGES):
        raise ImproperlyConfigured(
            f"SITE_LANGUAGES: {LANGUAGE_CODE} first, then any of {', '.join(_LANGUAGES)}, by commas"
        )
    return [(code, _LANGUAGES[code]) for code in codes]


LANGUAGES = languages("en-gb")
# Of a guest; whoever has an account has a language in it.
LANGUAGE_COOKIE_NAME = "language"
# The pages that speak the reader's language. The words of all others are in English alone, so they are English whole.
TRANSLATED_PATHS = ("/forms/",)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]
TIME_ZONE = "Europe/London"
# With one language there is nothing to look up: words stand as they are written. A second turns it on.
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "frontend" / "portal", ROOT / "frontend" / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.ManifestStorage"},
    "private": {"BACKEND": "core.private_files.PrivateStorage", "OPTIONS": {"location": VAR / "private"}},
}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_HANDLERS = [
    "core.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Bytes. One file a person may send, and one whole post (several files of a step, and their answers).
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
UPLOAD_POST_MAX_BYTES = 60 * 1024 * 1024
# All files of one form in progress, and all that one person adds on one day: nobody fills the disk.
UPLOAD_DRAFT_MAX_BYTES = 250 * 1024 * 1024
# Of a form that somebody fills in before she has signed in.
UPLOAD_GUEST_MAX_BYTES = 25 * 1024 * 1024
UPLOAD_DAY_MAX_BYTES = 500 * 1024 * 1024
# Of all guests of one network together.
UPLOAD_GUESTS_DAY_MAX_BYTES = 1024 * 1024 * 1024
# The form editor sends one input for each part of each question.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# How many proxies of our own stand before the site: so many entries from the right of X-Forwarded-For are theirs.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# The key of the audit's seals, apart from SECRET_KEY, which is changed now and then.
AUDIT_KEY = env.str("AUDIT_KEY", default="")

# Where clamd listens, "host:port"; empty where the council runs no scanner.
CLAMD = env.str("CLAMD", default="")
# Whether others than the uploader may open a file that nothing has scanned (it is marked so).
SERVE_UNSCANNED = env.bool("SERVE_UNSCANNED", default=False)
# The registered look-up that finds addresses by postcode; empty where people type theirs.
ADDRESS_LOOK_UP = env.str("ADDRESS_LOOK_UP", default="")
# Days without a sign-in after which an account of council or school staff is disabled; they are warned 30 and 7 days
# before. Families' accounts never are.
UNUSED_ACCOUNT_DAYS = env.int("UNUSED_ACCOUNT_DAYS", default=180)
# The register of people that new accounts are checked against, by the name under which it is registered; "http" asks
# the address below. "": nobody is checked.
IDENTITY_CHECK = env.str("IDENTITY_CHECK", default="")
IDENTITY_CHECK_URL = env.str("IDENTITY_CHECK_URL", default="")
IDENTITY_CHECK_KEY = env.str("IDENTITY_CHECK_KEY", default="")
# Where the proxy serves the private folder internally ("/private/"); empty where the site sends files itself.
X_ACCEL = env.str("X_ACCEL", default="")

CELERY = {
    "broker_url": env.str("BROKER_URL", default="filesystem://localhost"),
    "task_ignore_result": True,
    "task_acks_late": True,
    "worker_prefetch_multiplier": 1,
    "broker_connection_retry_on_startup": True,
}

# Seconds. A session ends after this long without a request, and at the latest after the second figure.
SESSION_IDLE_SECONDS = {"default": 30 * 60, "admin": 60 * 60}
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Schoolbag <no-reply@schoolbag.invalid>")
EMAIL_TIMEOUT = 10
# Where mail servers report what they could not deliver; a program there hands each report to `manage.py take_bounce`.
BOUNCES_TO = env.str("BOUNCES_TO", default="")
# GOV.UK Notify in the place of a mail server. Its callbacks of what became of each email bring the token.
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", default="")
NOTIFY_TEMPLATE = env.str("NOTIFY_TEMPLATE", default="")
NOTIFY_URL = env.str("NOTIFY_URL", default="https://api.notifications.service.gov.uk")
NOTIFY_CALLBACK_TOKEN = env.str("NOTIFY_CALLBACK_TOKEN", default="")
# The page that shows every message sent: development and demo only.
DEV_OUTBOX = False
DEMO = False

WAGTAIL_SITE_NAME = "Schoolbag"
WAGTAIL_FRONTEND_LOGIN_URL = "/sign-in/"
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = WAGTAIL_CONTENT_LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[object] = []
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# Of a larger one nothing arrives: `core.uploads`.
WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_personal_data": {"()": "core.logs.NoPersonalData"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_personal_data"], "formatter": "line"}
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # At DEBUG it writes whole addresses down, with the codes in them.
        "urllib3": {"level": "INFO"},
        # They tell of each page that is saved, by its title, and of each index that follows.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
