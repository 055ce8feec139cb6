"""While staff view as somebody, a request is that person's on a few pages, and on all others it is refused.

What is not listed here is not shown: a page that is written later does not open by being forgotten. On those that are,
nothing can be written but the session, the audit and the limiter.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.models import User
from accounts.view_as.viewing import Viewing, end, may_be_viewed

# Each of them asks `core.access.viewer_of`, and shows what both may see.
SHOWN = {"home:start", "home:family", "casework:dashboard", "casework:actions"}
# The same for everybody: they hold nothing of anybody's.
PUBLIC = {"core:council_css", "core:health", "wagtail_serve"}
# What staff do as themselves meanwhile.
OWN = {"view_as_stop", "accounts:sign_out", "accounts:sign_out_everywhere"}

_WRITES = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_MAY_BE_WRITTEN = {"django_session", "core_auditentry", "core_limitercount"}


class WriteRefused(RuntimeError):
    """A page that staff view as somebody else was about to change something."""


class ViewAsMiddleware:
    """Asks who is signed in after the session is known to live, and before anything else does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        viewing = Viewing.of(request) if request.user.is_authenticated else None
        name = _name_of(request.path_info) if viewing else ""
        if viewing is None or name in OWN:
            return self.get_response(request)
        person = _person(request, viewing)
        if person is None:
            end(request)
            return redirect("view_as")
        request.viewer, request.viewing = request.user, viewing  # type: ignore[attr-defined]
        _become(request, person)
        if request.method not in ("GET", "HEAD") or name not in SHOWN | PUBLIC:
            return render(request, "accounts/view_as_refused.html", status=403)
        with connection.execute_wrapper(_only_notes):
            response = self.get_response(request)
        # The usual page for what is not there asks nothing of anything, and would not say as whom it is seen.
        is_missing = response.status_code == 404
        return render(request, "accounts/view_as_refused.html", status=404) if is_missing else response


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _person(request: HttpRequest, viewing: Viewing) -> User | None:
    """Whom the request is to be; None where it is over, or may not go on."""
    viewer = cast(User, request.user)
    person = User.objects.filter(pk=viewing.person).first()
    may_go_on = person is not None and viewer.is_verified() and may_be_viewed(viewer, person)
    return person if may_go_on and not viewing.is_over(timezone.now()) else None


def _become(request: HttpRequest, person: User) -> None:
    # The viewer has come through both steps; nobody signs in as anybody.
    person.otp_device = None
    person.is_verified = lambda: True
    request.user = person


def _only_notes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    found = _WRITES.match(sql)
    if found and found[1] not in _MAY_BE_WRITTEN:
        raise WriteRefused(found[1])
    return execute(sql, *rest)
