"""The languages of the site, and the one in which somebody reads it."""

from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from core.access import is_signed_in
from core.people import Person

# What a switch posts: the code of the language to go on in.
LANGUAGE = "language"


class Language(NamedTuple):
    """`name` is what its own speakers call it."""

    code: str
    name: str


def languages() -> list[Language]:
    """Those of the site, its own first."""
    return [Language(code, _name(code)) for code, _label in settings.LANGUAGES]


def others() -> list[Language]:
    """Those of the site in which this page could be read as well."""
    if not settings.USE_I18N:
        return []
    now = translation.get_language()
    return [language for language in languages() if language.code != now]


def switch(request: HttpRequest, url: str) -> HttpResponse | None:
    """To `url` in the language that is posted; None where that is none of ours.

    It stays chosen wherever this person signs in; for a guest, in her browser until she closes it.
    """
    code = request.POST.get(LANGUAGE, "")
    if code not in dict(settings.LANGUAGES):
        return None
    response = redirect(url)
    if is_signed_in(request):
        get_user_model().objects.filter(pk=cast(Person, request.user).pk).update(language=code)
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def chosen(request: HttpRequest) -> str:
    """The code of the language in which this reader goes on: the site's own until she chose another."""
    if is_signed_in(request):
        code = cast(Person, request.user).language
    else:
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _name(code: str) -> str:
    # "English", not "British English".
    return str(translation.get_language_info(code.split("-")[0])["name_local"])
