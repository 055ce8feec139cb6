"""Pages for everybody, and signing in."""

import json

from playwright.sync_api import Page, Route

from scripts.screenshots.people import NOOR
from scripts.screenshots.studio import Studio, give_password, press, unfold
from tests.browser.portal import PASSWORD

# Pages that only bad luck shows, or many tries: the template, its status, what it needs to know.
BAD_LUCK = {
    "403": ("403.html", 403, {}),
    "400": ("400.html", 400, {}),
    "500": ("500.html", 500, {}),
    "too-many-tries": ("accounts/too_many_tries.html", 429, {"minutes": 15}),
    "too-many-codes": ("accounts/too_many_codes.html", 429, {"codes": 10, "minutes": 15}),
    "too-many-guesses": ("accounts/too_many_guesses.html", 429, {"hours": 20}),
}
# Each of them as the site would answer with it.
RENDER = """
import json
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.shortcuts import render
from django.test import RequestFactory
request = RequestFactory().get("/a-page/", SERVER_NAME="127.0.0.1")
request.user, request.session = AnonymousUser(), SessionStore()
bad_luck = {bad_luck}
print(json.dumps({{name: render(request, row[0], row[2]).content.decode() for name, row in bad_luck.items()}}))
"""


def public(studio: Studio) -> None:
    visitor = studio.stranger()
    for name, path in (
        ("home", "/"),
        ("guide", "/your-send-case/"),
        ("help", "/help/"),
        ("privacy", "/privacy/"),
        ("is-it-from-us", "/is-it-from-us/"),
        ("accessibility", "/accessibility/"),
        ("404", "/no-such-page/"),
        ("signed-out", "/signed-out/"),
        ("not-me-too-late", "/not-me/"),
    ):
        studio.shot(visitor, name, path)
    visitor.go("/help/")
    unfold(visitor.page)
    studio.shot(visitor, "help-unfolded")
    studio.paper(visitor, "help-printed")
    bad_luck = json.loads(studio.portal.manage("shell", "-v", "0", "-c", RENDER.format(bad_luck=BAD_LUCK)))
    for name, body in bad_luck.items():
        answer_with(visitor.page, f"/{name}/", BAD_LUCK[name][1], body)
        studio.shot(visitor, name, f"/{name}/")
    visitor.go("/sign-in/")
    visitor.page.context.clear_cookies()
    press(visitor, "Continue")
    studio.shot(visitor, "csrf")


def answer_with(page: Page, path: str, status: int, body: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route(f"**{path}", answer)


def register(studio: Studio) -> None:
    """The first page, the two pages of the portal's own in the form, and a public form before signing in."""
    visitor = studio.stranger()
    studio.shot(visitor, "register", "/register/")
    press(visitor, "Start")
    for label, text in (("First name", "Robyn"), ("Last name", "Newcomer"), ("Day", "27"), ("Month", "3")):
        visitor.page.get_by_label(label, exact=True).fill(text)
    visitor.page.get_by_label("Year", exact=True).fill("1990")
    visitor.choose("No")
    press(visitor, "Continue")
    for label, text in (("Street", "Canal Street"), ("Town or city", "Millbrook"), ("Postcode", "MB1 4QT")):
        visitor.page.get_by_label(label, exact=True).fill(text)
    visitor.page.get_by_role("checkbox").check()
    studio.shot(visitor, "register-address")
    press(visitor, "Continue")
    press(visitor, "Continue")
    studio.shot(visitor, "register-password--empty")
    visitor.page.get_by_label("Email address").fill("robyn.newcomer@example.org")
    for label in ("Password", "Type the password again"):
        visitor.page.get_by_label(label, exact=True).fill("Seventeen green kettles 17")
    press(visitor, "Continue")
    studio.shot(visitor, "register-code")
    guest = studio.stranger()
    studio.shot(guest, "begin-as-guest", "/forms/begin/ehc-needs-assessment-request/")
    press(guest, "Begin without an account")
    draft = guest.page.url.split("/forms/")[1].split("/")[0]
    studio.shot(guest, "guest-saved", f"/forms/{draft}/saved/")
    studio.shot(guest, "guest-before-sending", f"/forms/{draft}/sign-in/")
    studio.shot(guest, "home-with-a-guest-s-form", "/")
    studio.shot(guest, "begin-as-guest--begun", "/forms/begin/ehc-needs-assessment-request/")
    studio.shot(guest, "guest-delete", f"/forms/{draft}/delete/")


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
