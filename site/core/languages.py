"""The languages of the site, and the one in which somebody reads it."""

from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import translation

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


def choose(request: HttpRequest) -> bool:
    """Go on in the language that is posted, wherever this person signs in. False where it is none of ours."""
    code = request.POST.get(LANGUAGE, "")
    if code not in dict(settings.LANGUAGES):
        return False
    get_user_model().objects.filter(pk=cast(Person, request.user).pk).update(language=code)
    translation.activate(code)
    return True


def _name(code: str) -> str:
    # "English", not "British English".
    return str(translation.get_language_info(code.split("-")[0])["name_local"])
