"""First answers about the child that a form is about."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from core.dates import local_day
from core.people import Person
from core.registry import Registry
from forms_engine.models import Assignment
from forms_engine.registries import PrefillSource, Raw
from schools.models import Child

# `Assignment.about_kind` -> the child that a form is about, by the form's `about_id`.
child_of: Registry[Callable[[UUID], Child]] = Registry("children that forms are about")


def linked_child(child_id: UUID) -> Child:
    return Child.objects.get(pk=child_id)


def register(registry: Registry[PrefillSource]) -> None:
    registry.register("child.full_name", _of_child(lambda child, day: child.full_name))
    registry.register("child.date_of_birth", _of_child(lambda child, day: date_parts(child.date_of_birth)))
    registry.register("child.school", _of_child(school_name))


def _of_child(known: Callable[[Child, dt.date], Raw]) -> PrefillSource:
    """A source that says what is `known` of the child on the day on which the form was asked for or begun."""

    def source(person: Person, assignment: Assignment | None) -> Raw:
        if assignment is None or assignment.about_id is None or assignment.about_kind not in child_of:
            return ""
        child = child_of.get(assignment.about_kind)(assignment.about_id)
        return known(child, local_day(assignment.asked_at))

    return source


def school_name(child: Child, day: dt.date) -> str:
    """The school that the child was on the roll of."""
    school = child.school_on(day)
    return school.name if school else ""


def date_parts(day: dt.date) -> dict[str, str]:
    """A date as it is typed into three boxes."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
