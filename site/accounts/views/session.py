"""Leaving, and staying."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import next_page
from core import audit
from core.access import is_signed_in, signed_in


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        audit.record("account.signed-out", request=request)
    logout(request)
    # Whoever signs out to sign in as somebody else goes on there.
    response = redirect(
        next_page.link(request, "accounts:sign_in") if next_page.asked_for(request) else "accounts:signed_out"
    )
    # What the Back button would show from the browser's own memory.
    response["Clear-Site-Data"] = '"cache"'
    return response


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
