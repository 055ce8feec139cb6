"""Forms that a family begins by itself, about a child that the school has linked to the person."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet
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


def with_children(day: dt.date) -> Q:
    """Of people: those to whom a child is linked on `day`, be it themselves."""
    return Q(pk__in=ChildLink.objects.holding(day).values("person"))


def is_parent(person: Person, day: dt.date) -> bool:
    """Whether a child other than herself is linked to `person`. One query."""
    links = ChildLink.objects.of(person).holding(day)
    return is_family(person, day) and links.exclude(relationship=ChildLink.SELF).exists()


def has_child(person: Person, day: dt.date) -> bool:
    """Whether a child is linked to `person`, be it herself. One query."""
    return is_family(person, day) and ChildLink.objects.of(person).holding(day).exists()


def linked_children(person: Person, day: dt.date) -> list[Subject]:
    return [_subject(link.child) for link in children_of(person, day)]


def children_looked_after(person: Person, day: dt.date) -> list[Subject]:
    return [_subject(link.child) for link in children_of(person, day) if not link.is_self]


def _subject(child: Child) -> Subject:
    return Subject(ABOUT_CHILD, child.pk, child.full_name, child.called)


def is_linked(person: Person, assignment: Assignment, day: dt.date) -> bool:
    """Whether a form about a child is still open to `person`: it does not outlive the link. One query."""
    return ChildLink.objects.of(person).holding(day).filter(child=assignment.about_id).exists()


def children_open_to(person: Person, day: dt.date) -> "QuerySet[ChildLink, UUID]":
    """The ids of the children that are linked to `person` on `day`, as a subquery."""
    return ChildLink.objects.of(person).holding(day).values_list("child", flat=True)


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

# What the law lets anybody ask for, and nobody should give up on for want of an account.
EVERYBODY = replace(
    FAMILIES, label=_("Parents, carers and young people, even before they sign in"), guests=True
)
# A child's own words, written alone or with a parent: nothing for whoever has no child here.
CHILDREN = replace(
    FAMILIES, label=_("Children and young people, or their parents with them"), holds=has_child
)
PARENTS = replace(
    FAMILIES, label=_("Parents and carers only"), holds=is_parent, subjects=children_looked_after
)
