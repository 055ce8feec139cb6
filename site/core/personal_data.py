"""All that is held about one person, for herself (UK GDPR, Article 15): each app says what is its own.

What belongs to others is left out, and so is what its owner may not open any more.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.people import Person
from core.registry import Registry


@dataclass(frozen=True)
class Section:
    """A heading, and under it what is held: its name, and a text a line. The same is read on paper and by machines."""

    title: str
    rows: list[tuple[str, list[str]]]


# Whom it is about, and the day on which she asks -> what an app holds about her, in her own language.
Export = Callable[[Person, dt.date], Iterable[Section]]

personal_data: Registry[Export] = Registry("personal data")


def held_about(person: Person, day: dt.date, registry: Registry[Export] = personal_data) -> list[Section]:
    """What every app holds about `person`, as of `day`; nothing of those that hold nothing."""
    found = (section for export in registry.values() for section in export(person, day))
    return [section for section in found if section.rows]
