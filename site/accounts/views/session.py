"""Leaving, and staying."""

from typing import TypeVar, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import next_page
from accounts.models import User
from accounts.sessions import kept
from core import audit
from core.access import is_signed_in, signed_in

Response = TypeVar("Response", bound=HttpResponseBase)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        audit.record("account.signed-out", request=request)
    # Whoever signs out to sign in as somebody else goes on there.
    bound_for = next_page.asked_for(request)
    return left(request, next_page.link(request, "accounts:sign_in") if bound_for else "accounts:signed_out")


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponseBase:
    """In this browser too: that is what it says."""
    audit.record("account.signed-out-everywhere", request=request)
    cast(User, request.user).sign_out_everywhere()
    return left(request, "accounts:signed_out")


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    return render(request, "accounts/signed_out.html")


@require_POST
@signed_in
def stay_signed_in(request: HttpRequest) -> HttpResponseBase:
    """The middleware has renewed the session by now. A script asks for JSON and stays on its page."""
    if not request.accepts("text/html"):
        return HttpResponse(status=204)
    return redirect(next_page.after_sign_in(request))


def left(request: HttpRequest, to: str) -> HttpResponse:
    """The session of this browser is over, and nothing of it is left there. Every way out ends here."""
    kept.note_leaving(request)
    logout(request)
    return forgotten_by_browser(redirect(to))


def forgotten_by_browser(response: Response) -> Response:
    # What the Back button would show from the browser's own memory.
    response["Clear-Site-Data"] = '"cache"'
    return response
