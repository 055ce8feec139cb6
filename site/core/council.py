"""The council's settings for a request, without a query once they are in the cache."""

import secrets

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from core.models import CouncilSettings

CACHE_KEY = "core.council"
# Seconds. Saving drops the entry at once; this is for processes that keep a cache of their own (the worker).
CACHE_SECONDS = 300
# What stands in the cache is a name for the settings as they are now. The settings themselves, which are dear to
# unpack, are kept by each process under the name under which it read them. Nobody changes them.
_kept: tuple[str, list[CouncilSettings]] = ("", [])


def council_settings(request: HttpRequest | None = None) -> CouncilSettings:
    """The settings of the site that `request` is for; of the default site where there is no request.

    Where nobody has saved any, the ones to begin with.
    """
    found: CouncilSettings | None = getattr(request, "_council", None)
    if found is None:
        found = _of_host(_councils(), *_host(request))
        # Several parts of a page ask.
        if request is not None:
            request._council = found  # type: ignore[attr-defined]
    return found


def _councils() -> list[CouncilSettings]:
    global _kept
    name: str | None = cache.get(CACHE_KEY)
    if name is None:
        # Before they are read: whoever saves meanwhile drops it again.
        name = secrets.token_hex(8)
        cache.set(CACHE_KEY, name, CACHE_SECONDS)
    if name != _kept[0]:
        _kept = name, _all_councils()
    return _kept[1]


def forget_changed_settings(**kwargs: object) -> None:
    """Settings or a site were saved: drop what is kept now, and again once others can see the change."""
    cache.delete(CACHE_KEY)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


def _all_councils() -> list[CouncilSettings]:
    """One for each site, the default site's first."""
    saved = {settings.site_id: settings for settings in CouncilSettings.objects.all()}
    councils = []
    for site in Site.objects.order_by("-is_default_site", "pk"):
        settings = saved.get(site.pk) or CouncilSettings()
        settings.site = site
        councils.append(settings)
    return councils


def _host(request: HttpRequest | None) -> tuple[str, int]:
    if request is None:
        return "", 0
    return split_domain_port(request.get_host())[0], int(request.get_port())


def _of_host(councils: list[CouncilSettings], hostname: str, port: int) -> CouncilSettings:
    """As Wagtail chooses a site: host and port, else the only one with that host name, else the default."""
    named = [council for council in councils if council.site.hostname == hostname]
    exact = [council for council in named if council.site.port == port or council.site.is_default_site]
    exact.sort(key=lambda council: council.site.port != port)
    if exact:
        return exact[0]
    if len(named) == 1:
        return named[0]
    return councils[0] if councils else CouncilSettings()
