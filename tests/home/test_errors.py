"""The pages for bad luck: no technical words, and always a way on."""

import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User


def heading(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html)
    assert found
    return found[1]


@pytest.fixture
def stranger(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_what_to_try(stranger: Client) -> None:
    response = stranger.get("/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert heading(html) == "We cannot find that page"
    assert "Sign in first" in html


@pytest.mark.django_db
def test_the_admins_page_bears_the_councils_name(stranger: Client) -> None:
    html = render_to_string("wagtailadmin/404.html", request=stranger.get("/").wsgi_request)
    title = re.search(r"<title>(.*?)</title>", html)
    assert title
    assert title[1].startswith("We cannot find that page - ")
    assert "Wagtail" not in title[1]


@pytest.mark.django_db
def test_a_post_from_a_page_of_another_sign_in_changes_nothing_and_says_so() -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/sign-in/", {"email": "sam.parent@example.org"})
    html = response.content.decode()
    assert response.status_code == 403
    assert heading(html) == "We could not take what you sent"
    assert "CSRF" not in html


def test_an_address_that_makes_no_sense_gets_a_page_in_our_words(
    signed_in_client: Callable[[User], Client], casey_worker: User
) -> None:
    response = signed_in_client(casey_worker).get("/admin/casework/case/?child__family_name=Parent")
    assert response.status_code == 400
    assert heading(response.text) == "We could not read what was sent"


def test_the_page_for_our_own_fault_needs_no_database_and_no_request() -> None:
    html = render_to_string("500.html")
    assert heading(html) == "Sorry, something went wrong"
    assert "What you saved before is safe." in html


@pytest.mark.parametrize("template", ["400.html", "404.html", "403.html", "500.html", "errors/csrf.html"])
def test_no_page_for_bad_luck_uses_a_technical_word(template: str) -> None:
    text = re.sub(r"<[^>]+>|\{[%#{].*?[%#}]\}", " ", render_to_string(template))
    assert not re.search(r"\b(error|403|404|500|forbidden|token|csrf|server|request|exception)\b", text, re.I)


def test_the_admin_says_it_in_our_words(
    signed_in_client: Callable[[User], Client], robin_worker: User
) -> None:
    html = signed_in_client(robin_worker).get("/admin/nowhere/").content.decode()
    assert heading(html) == "We cannot find that page"
    assert "Go to Wagtail admin" not in html
