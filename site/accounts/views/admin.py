"""Wagtail's own doors to accounts, closed: each would let in without a code, or move the mailbox."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView

from accounts import next_page

KEPT_PANELS = {"locale", "theme"}


class PreferencesView(AccountView):
    """The admin's account page with its preferences alone: no name, picture, email address or password."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name in KEPT_PANELS]


preferences = require_admin_access(PreferencesView.as_view())


def sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(next_page.link(request, "accounts:sign_in"))


def gone(request: HttpRequest, rest: str = "") -> HttpResponse:
    raise Http404("This part of Wagtail is closed")
