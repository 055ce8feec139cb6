"""The council's settings for a request, without a query once they are in the cache."""

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from core.kept import Kept
from core.models import CouncilSettings


def council_settings(request: HttpRequest | None = None) -> CouncilSettings:
    """The settings of the site that `request` is for; of the default site where there is no request.

    Where nobody has saved any, the ones to begin with.
    """
    found: CouncilSettings | None = getattr(request, "_council", None)
    if found is None:
        found = _of_host(councils(), *_host(request))
        # Several parts of a page ask.
        if request is not None:
            request._council = found  # type: ignore[attr-defined]
    return found


def _all_councils() -> list[CouncilSettings]:
    """One for each site, the default site's first."""
    saved = {settings.site_id: settings for settings in CouncilSettings.objects.all()}
    found = []
    for site in Site.objects.order_by("-is_default_site", "pk"):
        settings = saved.get(site.pk) or CouncilSettings()
        settings.site = site
        found.append(settings)
    return found


councils = Kept("core.council", _all_councils)


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
