from collections.abc import Mapping

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from core.caching import public
from core.middleware import PrivateByDefaultMiddleware

pytestmark = pytest.mark.capability("A32")


def cache_control(headers: Mapping[str, str]) -> set[str]:
    return {part.strip() for part in headers["Cache-Control"].split(",")}


def through_the_middleware(response: HttpResponse) -> set[str]:
    answer = PrivateByDefaultMiddleware(lambda request: response)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    return cache_control(answer.headers)


@public(seconds=60)
def same_for_all(request: HttpRequest, status: int = 200) -> HttpResponse:
    return HttpResponse("The same for everybody", status=status)


def test_a_private_page_is_never_stored() -> None:
    assert through_the_middleware(HttpResponse("Ada")) == {"private", "no-store"}


def test_a_page_may_say_that_it_is_the_same_for_everybody() -> None:
    assert through_the_middleware(same_for_all(RequestFactory().get("/"))) == {"public", "max-age=60"}


def test_a_page_that_hands_out_a_cookie_is_never_stored_whatever_it_says() -> None:
    response = same_for_all(RequestFactory().get("/"))
    response.set_cookie("sessionid", "secret")
    assert through_the_middleware(response) == {"private", "no-store"}


@pytest.mark.parametrize("status", [302, 404, 500])
def test_only_a_good_answer_may_be_kept(status: int) -> None:
    assert through_the_middleware(same_for_all(RequestFactory().get("/"), status)) == {"private", "no-store"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/", "/sign-in/", "/nothing-here/", "/admin/"])
def test_pages_of_the_site_are_private_unless_they_say_otherwise(client: Client, path: str) -> None:
    assert {"private", "no-store"} <= cache_control(client.get(path).headers)
