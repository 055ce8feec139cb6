"""The menu at the top and the links at the bottom of each page: only ever to pages that exist."""

from dataclasses import dataclass
from functools import cache as cache_in_process
from functools import partial
from typing import cast

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Page, Site

from core.council import council_settings
from core.govuk.fields import ForTemplates
from core.people import Person

# Slugs of the pages that every page links to, where they are live, and the words of the link.
SUPPORT_PAGES = {
    "help": gettext_noop("Help"),
    "accessibility": gettext_noop("Accessibility"),
    "privacy": gettext_noop("Privacy"),
    "is-it-from-us": gettext_noop("Is it from us?"),
}
CACHE_KEY = "home.navigation.support-pages"
# Seconds. Publishing drops the entry at once in its own process; this is for the others.
CACHE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Link(ForTemplates):
    url: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Navigation(ForTemplates):
    """`home`: the reader's own first page. `menu` is under the header, `account` in the name menu, `footer` below."""

    signed_in: bool
    home: str
    menu: tuple[Link, ...]
    account: tuple[Link, ...]
    footer: tuple[Link, ...]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: `navigation`, worked out when a template first asks for it."""
    # A template calls what can be called. A lazy object would ask its proxy for each attribute.
    return {"navigation": cache_in_process(partial(navigation_for, request))}


def navigation_for(request: HttpRequest) -> Navigation:
    support = support_pages(request)
    is_inside = signed_in(request)
    enters_admin = is_inside and _may_enter_admin(cast(Person, request.user))
    # The council's own people begin at the public page, as visitors do.
    home = _address("home:family") if is_inside and not enters_admin else "/"
    menu = (
        {home: _("Home")}
        | ({} if enters_admin or not is_inside else {_address("forms:mine"): _("Forms")})
        | {url: _(SUPPORT_PAGES[slug]) for slug, url in support.items() if slug == "help"}
    )
    return Navigation(
        signed_in=is_inside,
        home=home,
        menu=tuple(Link(url, text, current=url == request.path) for url, text in menu.items()),
        account=_account(enters_admin) if is_inside else (),
        footer=tuple(Link(url, _(SUPPORT_PAGES[slug])) for slug, url in support.items()),
    )


def _account(enters_admin: bool) -> tuple[Link, ...]:
    own = Link(_address("accounts:account"), _("Your account"))
    return (own, Link(_address("wagtailadmin_home"), _("Council admin"))) if enters_admin else (own,)


@cache_in_process
def _address(name: str) -> str:
    """To look it up costs more than the rest of a menu."""
    return reverse(name)


def signed_in(request: HttpRequest) -> bool:
    """Through both steps: before the security code nobody is shown a name."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.is_verified())


def support_pages(request: HttpRequest) -> dict[str, str]:
    """Slug -> address of those of SUPPORT_PAGES that are live on this site. No query on a warm cache."""
    key = f"{CACHE_KEY}.{council_settings(request).site_id}"
    pages: dict[str, str] | None = cache.get(key)
    if pages is None:
        pages = _live_support_pages(request)
        cache.set(key, pages, CACHE_SECONDS)
    return pages


def forget_support_pages(**kwargs: object) -> None:
    """A page was published, moved or taken off."""
    cache.delete_many([f"{CACHE_KEY}.{pk}" for pk in Site.objects.values_list("pk", flat=True)])


def _live_support_pages(request: HttpRequest) -> dict[str, str]:
    site = Site.find_for_request(request)
    if site is None:
        return {}
    pages = Page.objects.live().public().descendant_of(site.root_page).filter(slug__in=SUPPORT_PAGES)
    # The page nearest to the home page wins where two have the same slug.
    found = {page.slug: page.get_url(request) for page in pages.order_by("-depth")}
    return {slug: found[slug] for slug in SUPPORT_PAGES if slug in found}


def _may_enter_admin(user: Person) -> bool:
    """Whether to show the link: the admin itself decides who comes in. Asking costs two queries."""
    key = f"home.navigation.admin.{user.pk}"
    may: bool | None = cache.get(key)
    if may is None:
        may = user.has_perm("wagtailadmin.access_admin")
        cache.set(key, may, CACHE_SECONDS)
    return may
