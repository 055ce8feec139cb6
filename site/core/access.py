"""Who may come in at all, and what becomes of those who ask for what is not theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from core import audit

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody has come through both steps of signing in."""
    user = request.user
    # OTPMiddleware gives everybody `is_verified`.
    return user.is_authenticated and user.is_verified()


def signed_in(view: View[Rest]) -> View[Rest]:
    """A view for people who are signed in; the others sign in first and come back to it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_signed_in(request) else to_sign_in(request)

    return guarded


def holding(permission: str) -> Callable[[View[Rest]], View[Rest]]:
    """A view of the admin for those who hold `permission` ("accounts.help_back_in")."""

    def only(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return only


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in, then back to this page. A post cannot be asked for again: back to the page that it came from."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", ""))
    # The path alone: what another site put before it does not count.
    return redirect_to_login(came_from.path if came_from.netloc == request.get_host() else "/")


def refuse(request: HttpRequest, object_type: str, object_id: object) -> NoReturn:
    """Answer "not found", and write down who asked: every helper that fetches calls it when it finds nothing.

    404 and never 403: that something exists is already private.
    """
    audit.record_refusal(request, object_type, object_id)
    raise Http404(f"{object_type} not found")
