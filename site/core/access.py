"""Who may come in at all, and what becomes of those who ask for what is not theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec

from django.contrib.auth.views import redirect_to_login
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
        if not is_signed_in(request):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def refuse(request: HttpRequest, object_type: str, object_id: object) -> NoReturn:
    """Answer "not found", and write down who asked: every helper that fetches calls it when it finds nothing.

    404 and never 403: that something exists is already private.
    """
    audit.record_refusal(request, object_type, object_id)
    raise Http404(f"{object_type} not found")
