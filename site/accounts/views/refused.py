"""Pages for whoever has to wait: what was tried too often, and for how long."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guesses import A_MOMENT


def too_many_tries(request: HttpRequest, wait: int) -> HttpResponse:
    """Wrong passwords. `wait`: seconds."""
    context = {"minutes": math.ceil(wait / 60)}
    return retry_after(render(request, "accounts/too_many_tries.html", context, status=429), wait)


def too_many_codes(request: HttpRequest, most: int, wait: int) -> HttpResponse:
    """`most`: how many codes an hour allows. `wait`: seconds."""
    context = {"codes": most, "minutes": math.ceil(wait / 60)}
    return retry_after(render(request, "accounts/too_many_codes.html", context, status=429), wait)


def too_many_at_once(request: HttpRequest) -> HttpResponse:
    """Passwords of one person that came in together."""
    return retry_after(render(request, "accounts/too_many_passwords.html", status=429), A_MOMENT)


def too_many_passwords(request: HttpRequest, wait: int) -> HttpResponse:
    """New passwords that were tried one after the other. `wait`: seconds."""
    context = {"minutes": math.ceil(wait / 60)}
    return retry_after(render(request, "accounts/too_many_passwords.html", context, status=429), wait)


def retry_after(response: HttpResponse, seconds: int) -> HttpResponse:
    if seconds:
        response["Retry-After"] = str(seconds)
    return response
