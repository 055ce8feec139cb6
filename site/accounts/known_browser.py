"""A signed cookie by which a browser says who has signed in with it before.

Guesses made elsewhere then do not lock its owner out. It opens nothing: password and code are asked for all
the same.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "known"
SALT = "accounts.known_browser"
MAX_AGE = 180 * 24 * 3600  # seconds
# A family's computer; more would make the cookie grow without end.
MOST_ACCOUNTS = 6


def browser_of(request: HttpRequest, account: str) -> str:
    """The name of this browser where `account` (an `email_key`) has signed in with it before, else ""."""
    return browser_of_any(request, [account])


def browser_of_any(request: HttpRequest, accounts: Iterable[str]) -> str:
    """The name of this browser where one of `accounts` has signed in with it before, else ""."""
    known = _read(request)
    return known["browser"] if any(_mark(one) in known["accounts"] for one in accounts) else ""


def own_name(request: HttpRequest) -> str:
    """The name of this browser where anybody has signed in with it before, else ""."""
    known = _read(request)
    return known["browser"] if known["accounts"] else ""


def remember(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """Note in the browser that `account` has come through both steps."""
    known = _read(request)
    mark = _mark(account)
    others = [other for other in known["accounts"] if other != mark]
    known["accounts"] = [mark, *others][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=MAX_AGE,
        # Everywhere: the ways back in, registering and a new address are not under the path of signing in.
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        known: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return {"browser": secrets.token_urlsafe(12), "accounts": []}
    return known


def _mark(account: str) -> str:
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()[:16]
