"""What every answer carries: which sources a page may use, and that nobody may keep it."""

import base64
import hashlib
import re
from collections.abc import Callable

from csp.constants import HEADER, SELF
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# The inline calls that Wagtail's own widgets print, one a script. Nothing but this closed pattern gets a
# hash: else a script that somebody managed to put into a page would get one too.
_WIDGET_CALL = re.compile(
    r"<script>(\s*(?:initDate(?:Time)?Chooser|initTimeChooser|new (?:Document|Image|Page|Snippet)?Chooser)"
    r'\("[\w-]+", (?:null|\{[^<>{}();]*\})[^<>{}();]*\);\s*)</script>'
)


class AreaCSPMiddleware:
    """The content security policy of a page's area: public, admin, or a preview shown in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # The same for every page, and dear to build.
        self.public = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django's own pages about an error come with inline styles.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.setdefault(HEADER, self._policy(request, response))
        return response

    def _policy(self, request: HttpRequest, response: HttpResponseBase) -> str:
        # The live preview is an inner request for the public page's path, shown in a frame of the admin.
        if getattr(request, "is_preview", False):
            return build_policy(replace=settings.CSP_PREVIEW)
        if request.path_info.startswith("/admin/"):
            return build_policy(replace=_admin_policy(response))
        return self.public


def _admin_policy(response: HttpResponseBase) -> dict[str, list[str]]:
    policy: dict[str, list[str]] = dict(settings.CSP_ADMIN)
    if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
        calls = _WIDGET_CALL.findall(response.text)
        policy["script-src"] = [SELF, *sorted({_source_hash(call) for call in calls})]
    return policy


def _source_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class UnstorableMiddleware:
    """A text with a NUL in it, which PostgreSQL does not even look for, was made up by hand: 400, and no fault of ours.

    What people type in forms loses it before it gets so far.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Raises BadRequest."""
        if isinstance(exception, DataError) and "NUL" in str(exception):
            raise BadRequest("No text has this character") from exception


class PrivateByDefaultMiddleware:
    """No page is kept by a browser or a proxy, but for what a view declares public (`core.caching`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # An answer that hands somebody a cookie is hers alone, whatever the view said.
        if "Cache-Control" not in response or response.cookies:
            response["Cache-Control"] = "private, no-store"
        return response
