"""The emails that nobody has to get, and who does not want which (C5, C6).

Codes, what protects an account and what becomes of a form that was sent are none of them: those always come.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import DeclinedLetter, User
from core.registry import Registry


@dataclass(frozen=True)
class OptionalLetter:
    """A kind of email as the page offers it. `hint` says what she misses without it."""

    label: str | Promise
    hint: str | Promise


# The name of the template -> what it is. An app registers its own from `AppConfig.ready()`.
optional_letters: Registry[OptionalLetter] = Registry("optional letters")


def is_wanted(person: User, template: str) -> bool:
    """Whether `person` gets the letter `template`: all but an optional one that she does not want."""
    if template not in optional_letters:
        return True
    return not DeclinedLetter.objects.filter(user=person, letter=template).exists()


def wanted(person: User) -> list[str]:
    """The optional ones that she gets."""
    declined = set(DeclinedLetter.objects.filter(user=person).values_list("letter", flat=True))
    return [name for name in optional_letters if name not in declined]


def choose(person: User, names: Collection[str]) -> bool:
    """From now on she gets the optional letters `names` alone; whether that is other than before."""
    before = wanted(person)
    for name in optional_letters:
        rows = DeclinedLetter.objects.filter(user=person, letter=name)
        if name in names:
            rows.delete()
        else:
            DeclinedLetter.objects.get_or_create(user=person, letter=name)
    return set(before) != set(names)
