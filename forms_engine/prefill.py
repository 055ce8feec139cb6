"""First answers that the engine itself knows: those about the person who fills in the form."""

from typing import TYPE_CHECKING

from core.people import Person
from core.registry import Registry
from forms_engine.registries import PrefillSource, Raw

if TYPE_CHECKING:
    from forms_engine.models import Assignment


def full_name(person: Person, assignment: "Assignment | None") -> Raw:
    return person.full_name


def email(person: Person, assignment: "Assignment | None") -> Raw:
    return person.email


def register(registry: Registry[PrefillSource]) -> None:
    registry.register("person.full_name", full_name)
    registry.register("person.email", email)
