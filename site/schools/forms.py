"""Forms that the staff of a school begin by themselves, about their school."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.registration.account import HANDLER as REGISTRATION
from core.people import Person
from forms_engine.models import Assignment, FormVersion, Party, Submission
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


def with_forms_of_their_own(day: dt.date) -> Q:
    """Of people: those who have begun or sent a form that is about no school. A parent needs no link to ask for help.

    Registering is a form too, and does not count.
    """
    begun = Party.objects.exclude(draft__assignment__about_kind=ABOUT_SCHOOL).exclude(user=None)
    sent = Submission.objects.exclude(about_kind=ABOUT_SCHOOL).exclude(submitted_by=None)
    registering = FormVersion.objects.filter(content__handler=REGISTRATION).values("pk")
    begun = begun.exclude(draft__version__in=registering)
    sent = sent.exclude(version__in=registering)
    return Q(pk__in=begun.values("user")) | Q(pk__in=sent.values("submitted_by"))


SCHOOLS = Audience(
    label=_("Staff of schools"),
    holds=is_staff,
    subjects=own_schools,
    question=_("Which school is this form about?"),
    nobody=_("Another school"),
)
