"""What the audit's ids and verbs are called in words, and which rows a reference names."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Manager

from core.people import Person
from core.references import is_reference
from core.registry import Registry

# A model's label -> what its rows with these ids are called, of those that the reader may see. A fixed number of
# queries, however many ids there are.
Names = Callable[[Person, Collection[UUID]], Mapping[UUID, str]]
names: Registry[Names] = Registry("names of rows")
# What somebody typed -> the ids of all rows whose name has that reference, of those that the reader may see.
Finds = Callable[[Person, str], Iterable[UUID]]
finds: Registry[Finds] = Registry("rows found by their reference")

# A verb of the audit -> what was done, in words.
deeds: Registry[Any] = Registry("deeds in words")


def register_deeds(words: Mapping[str, Any]) -> None:
    for verb, said in words.items():
        deeds.register(verb, said)


def deed(verb: str) -> str:
    """What was done, in words; of a verb that nothing writes any more, the verb."""
    return str(deeds.get(verb)) if verb in deeds else verb.replace(".", ": ").replace("-", " ")


def verbs_like(words: str) -> list[str]:
    """The verbs that say `words`, or a part of them, capitals or not."""
    return [verb for verb, said in deeds.items() if words.strip().casefold() in str(said).casefold()]


def names_of(person: Person, things: Iterable[tuple[str, UUID | None]]) -> dict[tuple[str, UUID], str]:
    """(label, id) -> name, of those of `things` that `person` may know by name."""
    wanted: dict[str, set[UUID]] = {}
    for label, pk in things:
        if pk is not None and label in names:
            wanted.setdefault(label, set()).add(pk)
    return {
        (label, pk): name
        for label, ids in wanted.items()
        for pk, name in names.get(label)(person, ids).items()
    }


def found_by_reference(person: Person, typed: str) -> set[UUID]:
    """The ids of the rows that `names` calls by the reference `typed`, and that `person` may see.

    Capitals or not. Nothing is asked of the database where `typed` is no reference.
    """
    reference = typed.strip().upper()
    if not is_reference(reference):
        return set()
    return {pk for find in finds.values() for pk in find(person, reference)}


def by_reference(rows: "Manager[Any]") -> Names:
    """Names from the column `reference`, of the rows that are `visible_to` the reader. One query."""

    def found(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
        return dict(rows.visible_to(person).filter(pk__in=ids).values_list("pk", "reference"))  # type: ignore[attr-defined]

    return found
