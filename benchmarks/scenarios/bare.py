"""The floors: a bare signed-in page, a bare signed-in form post."""

import os
from collections.abc import Callable

from benchmarks.calls import Caller


def _client() -> "Caller":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floors.settings"
    import django

    django.setup()

    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", "--run-syncdb", verbosity=0)
    user, _made = get_user_model().objects.get_or_create(username="bench")
    from benchmarks.floors.wsgi import application
    from benchmarks.sessions import session_key

    return Caller(
        application,
        {settings.SESSION_COOKIE_NAME: session_key(user, "django.contrib.auth.backends.ModelBackend")},
    )


def page() -> Callable[[], None]:
    client = _client()
    return lambda: client.get("/authed/", "A page for bench")


def post() -> Callable[[], None]:
    client = _client()
    data = {"title": "A title", "email": "sam.parent@example.org", "text": "Some words. " * 20}
    return lambda: client.post("/post/", data)
