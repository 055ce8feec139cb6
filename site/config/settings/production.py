"""What a council runs. Everything secret or local comes from the environment: see docs/production.md."""

from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES, NOTIFY_API_KEY, TRUSTED_PROXIES, env

# Links and the sender of emails are the council's own: without the two nothing starts.
BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
AUDIT_KEY = env.str("AUDIT_KEY")
ADMINISTRATORS_NEED_STRONG_STEP = True

SECURE_SSL_REDIRECT = True
# Only behind a proxy of our own, which sets the header on every request: a browser could send it too.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# The editor's preview shows pages of this site in a frame of this site.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Sessions are shared by all web processes: a memory cache of each would keep people signed in after sign-out.
CACHES = CACHES | {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
}
# EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS and so on, as the address says: smtp+tls://, smtp+ssl://, smtp://.
if NOTIFY_API_KEY:
    EMAIL_BACKEND = "core.notify.EmailBackend"
else:
    vars().update(env.email_url("EMAIL_URL"))
