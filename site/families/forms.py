"""Forms that a family begins by itself, about a child that the school has linked to the person."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core.people import Person
from families.models import ChildLink
from families.selectors import children_of
from forms_engine.models import Assignment
from forms_engine.registries import Audience, Subject
from schools.models import Child

# `Assignment.about_kind` of a form about a linked child.
ABOUT_CHILD = "families.child"


def is_family(person: Person, day: dt.date) -> bool:
    """Whether `person` is here as one of the family's side: everybody who does not run the site."""
    return not person.has_perm("wagtailadmin.access_admin")


def linked_children(person: Person, day: dt.date) -> list[Subject]:
    children = [link.child for link in children_of(person, day)]
    return [Subject(ABOUT_CHILD, child.pk, child.full_name, child.called) for child in children]


def is_linked(person: Person, assignment: Assignment, day: dt.date) -> bool:
    """Whether a form about a child is still open to `person`: it does not outlive the link. One query."""
    return ChildLink.objects.of(person).holding(day).filter(child=assignment.about_id).exists()


def names_of_children(person: Person, children: Collection[UUID]) -> Mapping[UUID, str]:
    """Their full names, by id: whoever may read what was sent about a child may know which child. One query."""
    return {child.pk: child.full_name for child in Child.objects.filter(pk__in=children)}


FAMILIES = Audience(
    label=_("Parents, carers and young people"),
    holds=is_family,
    subjects=linked_children,
    question=_("Who is this form about?"),
    nobody=_("Somebody else"),
)
