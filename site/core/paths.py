"""Addresses that come with a request, and where they may lead."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own(request: HttpRequest, url: str) -> str:
    """`url` if it is the path of a page of this site, else "".

    From its root: `redirect` looks anything else up as if it were a view's name, and fails.
    """
    if not url.startswith("/"):
        return ""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else ""
