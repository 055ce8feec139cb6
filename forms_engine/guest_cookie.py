"""The cookie by which a browser is known in which somebody fills in a form before she has signed in.

It goes with the browser's window. The drafts are marked with a keyed hash of it.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "guest"
_BYTES = 24


def browser_of(request: HttpRequest) -> str:
    """What the drafts of this browser are marked with; "" where it has begun none."""
    cookie = request.COOKIES.get(COOKIE, "")
    return salted_hmac("forms_engine.guests", cookie, algorithm="sha256").hexdigest() if cookie else ""


def welcome(request: HttpRequest) -> str:
    """The mark of this browser, which gets its cookie with the answer (`remember`) where it has none."""
    if not request.COOKIES.get(COOKIE):
        request.COOKIES[COOKIE] = secrets.token_urlsafe(_BYTES)
    return browser_of(request)


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Hand the cookie out that `welcome` made."""
    response.set_cookie(
        COOKIE,
        request.COOKIES[COOKIE],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
