"""Forms that the staff of a school begin by themselves, about their school."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.people import Person
from forms_engine.models import Assignment
from forms_engine.registries import Audience, Subject
from schools.models import Membership

# `Assignment.about_kind` of a form about a school.
ABOUT_SCHOOL = "schools.school"


def is_staff(person: Person, day: dt.date) -> bool:
    return Membership.objects.holding(day).filter(person=person.pk).exists()


def own_schools(person: Person, day: dt.date) -> list[Subject]:
    rows = Membership.objects.holding(day).filter(person=person.pk).select_related("school")
    return [Subject(ABOUT_SCHOOL, row.school_id, row.school.name) for row in rows.order_by("school__name")]


def still_works_there(person: Person, assignment: Assignment, day: dt.date) -> bool:
    """One query."""
    rows = Membership.objects.holding(day).filter(person=person.pk, school=assignment.about_id)
    return rows.exists()


def schools_open_to(person: Person, day: dt.date) -> "QuerySet[Membership, UUID]":
    """The ids of the schools where `person` works on `day`, as a subquery."""
    return Membership.objects.holding(day).filter(person=person.pk).values_list("school", flat=True)


SCHOOLS = Audience(
    label=_("Staff of schools"),
    holds=is_staff,
    subjects=own_schools,
    question=_("Which school is this form about?"),
    nobody=_("Another school"),
)
