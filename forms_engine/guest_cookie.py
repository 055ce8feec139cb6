"""The cookie by which a browser is known in which somebody fills in a form before she has signed in.

It goes with the browser's window. The drafts are marked with a keyed hash of it.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

_BYTES = 24


def cookie() -> str:
    """Its name. With the prefix a browser takes it from this very site alone: nobody else can plant one."""
    return "__Host-guest" if settings.SESSION_COOKIE_SECURE else "guest"


def browser_of(request: HttpRequest) -> str:
    """What the drafts of this browser are marked with; "" where it has begun none."""
    value = request.COOKIES.get(cookie(), "")
    return salted_hmac("forms_engine.guests", value, algorithm="sha256").hexdigest() if value else ""


def welcome(request: HttpRequest) -> str:
    """The mark of this browser, which gets its cookie with the answer (`remember`) where it has none."""
    if not request.COOKIES.get(cookie()):
        request.COOKIES[cookie()] = secrets.token_urlsafe(_BYTES)
    return browser_of(request)


def forget(response: HttpResponseBase) -> None:
    """Take the cookie back: nothing waits in this browser any more."""
    response.delete_cookie(cookie(), samesite="Lax")


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Hand the cookie out that `welcome` made."""
    response.set_cookie(
        cookie(),
        request.COOKIES[cookie()],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
