"""The menu and the links at the bottom: only to pages that exist, and for whom they are."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from accounts.models import User
from guidance.models import GuidePage
from home.navigation import navigation_for, support_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def home_page() -> Page:
    """A site with nothing but its home page."""
    root = Page.get_first_root_node()
    home = root.add_child(instance=Page(title="Home", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home


def verified_request(rf: RequestFactory, person: User) -> HttpRequest:
    request = rf.get("/")
    request.user = person
    person.is_verified = lambda: True  # type: ignore[attr-defined]
    return request


def add_page(home: Page, slug: str, live: bool = True) -> Page:
    return home.add_child(instance=GuidePage(title=slug.title(), slug=slug, live=live))


def test_a_page_that_is_not_there_is_not_linked(home_page: Page, request_of_nobody: HttpRequest) -> None:
    assert navigation_for(request_of_nobody).footer == ()
    assert [link.text for link in navigation_for(request_of_nobody).menu] == ["Home"]


def test_help_stands_in_the_menu_once_its_page_is_live(
    home_page: Page, request_of_nobody: HttpRequest
) -> None:
    add_page(home_page, "help")
    add_page(home_page, "privacy", live=False)
    menu = navigation_for(request_of_nobody).menu
    assert [(link.url, link.text, link.current) for link in menu] == [
        ("/", "Home", True),
        ("/help/", "Help", False),
    ]
    assert [link.text for link in navigation_for(request_of_nobody).footer] == ["Help"]


def test_a_page_appears_as_soon_as_it_is_published_and_goes_with_it(
    home_page: Page, request_of_nobody: HttpRequest
) -> None:
    page = add_page(home_page, "accessibility", live=False)
    assert support_pages(request_of_nobody) == {}
    page.save_revision().publish()
    assert support_pages(request_of_nobody) == {"accessibility": "/accessibility/"}
    page.refresh_from_db()
    page.unpublish()
    assert support_pages(request_of_nobody) == {}


def test_the_second_page_asks_the_database_nothing_for_its_menu(
    home_page: Page, request_of_nobody: HttpRequest, django_assert_num_queries: Callable[[int], object]
) -> None:
    navigation_for(request_of_nobody)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        navigation_for(request_of_nobody)


def test_nobody_is_shown_a_name_before_the_security_code(rf: RequestFactory, sam_parent: User) -> None:
    request = rf.get("/")
    request.user = sam_parent
    request.user.is_verified = lambda: False  # type: ignore[attr-defined]
    assert not navigation_for(request).signed_in


def test_only_people_who_may_enter_it_see_the_council_admin(
    casey_worker: User, sam_parent: User, rf: RequestFactory
) -> None:
    shown = {}
    for person in (casey_worker, sam_parent):
        found = navigation_for(verified_request(rf, person))
        shown[person.first_name] = [link.text for link in found.account]
    assert shown == {"Casey": ["Your account", "Council admin"], "Sam": ["Your account"]}


def test_home_is_the_family_home_for_families_and_the_public_one_for_everybody_else(
    casey_worker: User, sam_parent: User, rf: RequestFactory, request_of_nobody: HttpRequest
) -> None:
    assert navigation_for(verified_request(rf, sam_parent)).home == "/family/"
    assert navigation_for(verified_request(rf, casey_worker)).home == "/"
    assert navigation_for(request_of_nobody).home == "/"


def test_signing_out_is_a_button_that_posts(
    signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    html = signed_in_client(sam_parent).get("/nowhere/").content.decode()
    assert "Sam Parent" in html
    assert '<form action="/sign-out/" method="post">' in html
