"""Where somebody goes after signing in: back to where she was stopped, and never to another site."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from core import paths

FIELD = "next"


def asked_for(request: HttpRequest) -> str:
    """The path in `next`, or "" where there is none or it leads off this site."""
    return paths.own(request, request.POST.get(FIELD) or request.GET.get(FIELD, ""))


def after_sign_in(request: HttpRequest) -> str:
    """Where a person who has just come in goes: what she asked for, or her own start page."""
    return asked_for(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def link(request: HttpRequest, name: str, *args: str, **query: str) -> str:
    """The address of the page `name` that still knows where this request is bound, with what else it is asked."""
    bound_for = asked_for(request)
    query |= {FIELD: bound_for} if bound_for else {}
    return resolve_url(name, *args) + (f"?{urlencode(query)}" if query else "")


def keep(request: HttpRequest) -> None:
    """Remember, while somebody makes an account, where she was bound for."""
    if bound_for := asked_for(request):
        request.session[FIELD] = bound_for


def kept(request: HttpRequest) -> str:
    """Where she was bound for when she began to make an account, or her own start page."""
    return str(request.session.pop(FIELD, "")) or resolve_url(settings.LOGIN_REDIRECT_URL)
