"""What the pages of a family ask for about its children."""

import datetime as dt
from dataclasses import dataclass

from core.people import Person
from families.models import ChildLink
from schools.models import Child, Enrolment, School


@dataclass(frozen=True, slots=True)
class LinkedChild:
    """A child that somebody is linked to, the school whose roll the child is on, and whether it is the person."""

    child: Child
    school: School | None
    is_self: bool = False


def children_of(person: Person, day: dt.date) -> list[LinkedChild]:
    """The children that `person` is linked to on `day`, by first name. Two queries, however many there are."""
    links = ChildLink.objects.of(person).holding(day).select_related("child")
    relationships = {link.child: link.relationship for link in links}
    children = sorted(relationships, key=lambda child: (child.called, child.pk))
    schools = schools_of(children, day)
    return [
        LinkedChild(child, schools.get(child.pk), is_self=relationships[child] == ChildLink.SELF)
        for child in children
    ]


def schools_of(children: list[Child], day: dt.date) -> dict[object, School]:
    """Child's id -> the school whose roll the child is on; of two, the one joined last."""
    enrolments = Enrolment.objects.on(day).filter(child__in=children).select_related("school")
    return {enrolment.child_id: enrolment.school for enrolment in enrolments.order_by("since", "-pk")}
