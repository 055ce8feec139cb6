"""The password rules as this council has set them, and whose password it is."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from accounts.models import User
from accounts.rules.passwords import Policy, owned_by
from core.council import council_settings


def policy() -> Policy:
    """The numbers of settings.PASSWORD_RULES, Django's list of common passwords, and the words that lie near here."""
    council = council_settings()
    names = f"{council.council_name} {council.service_name}".casefold().split()
    return Policy(**settings.PASSWORD_RULES, common=_common(), words=_words().union(names))


def owned(person: object) -> frozenset[str]:
    """What of hers may not stand in the password of `person`, saved or not."""
    names = (str(getattr(person, name, "")) for name in ("first_name", "last_name"))
    return owned_by(*names, email=str(getattr(person, "email", "")))


def was_used_by(person: object) -> Callable[[str], bool]:
    """Whether a password is the one that `person` has, or one of those before it. Up to nine hashes: ask it last."""

    def was_used(password: str) -> bool:
        if not isinstance(person, User) or person._state.adding:
            return False
        past = person.past_passwords.values_list("encoded", flat=True)
        hashes = (person.password, *past[: settings.PASSWORD_RULES["remembered"]])
        return any(check_password(password, encoded) for encoded in hashes)

    return was_used


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@cache
def _words() -> frozenset[str]:
    return frozenset(files("accounts.passwords").joinpath("words.txt").read_text("utf-8").split())
