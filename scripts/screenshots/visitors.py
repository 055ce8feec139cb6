"""Pages for everybody, and signing in."""

from playwright.sync_api import Page, Route

from scripts.screenshots.people import NOOR
from scripts.screenshots.studio import Studio, give_password, press, unfold
from tests.browser.portal import PASSWORD

# A page that only bad luck shows, as the site would answer with it.
ERROR_PAGE = """
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.shortcuts import render
from django.test import RequestFactory
request = RequestFactory().get("/a-page/", SERVER_NAME="127.0.0.1")
request.user, request.session = AnonymousUser(), SessionStore()
print(render(request, "{template}", {{"minutes": 15, "codes": 10}}).content.decode())
"""


def public(studio: Studio) -> None:
    visitor = studio.stranger()
    for name, path in (
        ("home", "/"),
        ("guide", "/your-send-case/"),
        ("help", "/help/"),
        ("privacy", "/privacy/"),
        ("accessibility", "/accessibility/"),
        ("404", "/no-such-page/"),
        ("signed-out", "/signed-out/"),
    ):
        studio.shot(visitor, name, path)
    visitor.go("/help/")
    unfold(visitor.page)
    studio.shot(visitor, "help-unfolded")
    studio.paper(visitor, "help-printed")
    for name, status, template in (
        ("403", 403, "403.html"),
        ("400", 400, "400.html"),
        ("500", 500, "500.html"),
        ("too-many-tries", 429, "accounts/too_many_tries.html"),
        ("too-many-codes", 429, "accounts/too_many_codes.html"),
        ("too-many-guesses", 429, "accounts/too_many_guesses.html"),
    ):
        answer_with(visitor.page, f"/{name}/", status, error_page(studio, template))
        studio.shot(visitor, name, f"/{name}/")
    visitor.go("/sign-in/")
    visitor.page.context.clear_cookies()
    press(visitor, "Continue")
    studio.shot(visitor, "csrf")


def error_page(studio: Studio, template: str) -> str:
    return studio.portal.manage("shell", "-v", "0", "-c", ERROR_PAGE.format(template=template))


def answer_with(page: Page, path: str, status: int, body: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route(f"**{path}", answer)


def sign_in(studio: Studio) -> None:
    visitor = studio.stranger()
    studio.shot(visitor, "sign-in", "/sign-in/")
    unfold(visitor.page)
    studio.shot(visitor, "sign-in-unfolded")
    press(visitor, "Continue")
    studio.shot(visitor, "sign-in--empty")
    give_password(visitor, NOOR, "not the password")
    studio.shot(visitor, "sign-in--wrong")
    give_password(visitor, NOOR, PASSWORD)
    studio.shot(visitor, "code")
    press(visitor, "Continue")
    studio.shot(visitor, "code--empty")
    visitor.page.get_by_label("Security code").fill("000000")
    press(visitor, "Continue")
    studio.shot(visitor, "code--wrong")
    unfold(visitor.page)
    studio.shot(visitor, "code-help-open")
    press(visitor, "Send a new code")
    studio.shot(visitor, "code-new-too-soon")
