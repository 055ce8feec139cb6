"""Who looks after the staff of a school: its supervisors, and nobody else on these pages (C18, C21)."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.http import HttpRequest

from accounts.models import Invitation, User
from core.access import refuse
from core.dates import today
from core.people import Person
from schools.models import Membership, School

Standing = Membership.Standing


def supervises(person: Person, school: UUID, day: dt.date) -> bool:
    """Whether `person` is a supervisor of that school on `day`."""
    rows = Membership.objects.holding(day).filter(person=person.pk, standing=Standing.SUPERVISOR)
    return rows.filter(school=school).exists()


def names_of_schools(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What schools are called: everybody may know it."""
    return dict(School.objects.filter(pk__in=ids).values_list("pk", "name"))


def supervised_or_404(request: HttpRequest, school_id: UUID) -> School:
    """The school, for a supervisor of it."""
    school = School.objects.filter(pk=school_id).first()
    if school is None or not supervises(cast(Person, request.user), school_id, today()):
        refuse(request, "schools.school", school_id)
    return school


def colleague_or_404(request: HttpRequest, school: School, person_id: UUID) -> Membership:
    """What somebody is at `school` today, other than whoever asks: nobody changes herself."""
    rows = Membership.objects.holding(today()).filter(school=school, person=person_id)
    found = (
        rows.exclude(person=cast(User, request.user))
        .select_related("person__disabled", "school", "details_asked")
        .first()
    )
    if found is None:
        refuse(request, "accounts.user", person_id)
    return found


def own_membership_or_404(request: HttpRequest, school_id: UUID) -> Membership:
    """What whoever asks is at that school today."""
    rows = Membership.objects.holding(today()).filter(school=school_id, person=request.user.pk)
    found = rows.select_related("school", "person", "details_asked").first()
    if found is None:
        refuse(request, "schools.school", school_id)
    return found


def invitation_or_404(request: HttpRequest, school: School, invitation_id: UUID) -> Invitation:
    """An invitation to work at `school`."""
    found = Invitation.objects.filter(pk=invitation_id, kind=KIND, place=school.pk).first()
    if found is None:
        refuse(request, "accounts.invitation", invitation_id)
    return found


# Of invitations: to the staff of a school.
KIND = "school"
