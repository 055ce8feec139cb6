"""Being invited to the staff of a school: by its supervisors, or by those who look after people at the council."""

import datetime as dt
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Invitation, User
from accounts.people import staff
from core import audit
from core.people import Person
from schools.access import KIND, Standing, supervises
from schools.models import Membership, School

# "There can be up to two Supervisors for one school."
MOST_SUPERVISORS = 2


class SchoolStaff:
    """`accounts.invitations.kinds.Kind`: `what` is a standing, `place` a school."""

    label = gettext_lazy("Invite to the staff of a school")
    page = "school_invite"

    def said(self, invitation: Invitation) -> str:
        school = School.objects.filter(pk=cast(UUID, invitation.place)).first()
        words = {"standing": Standing(invitation.what).label, "school": school.name if school else ""}
        return _("%(standing)s, %(school)s") % words

    def may_invite(self, by: User, what: str, place: UUID | None, day: dt.date) -> bool:
        if place is None or what not in Standing or not by.is_active:
            return False
        if what == Standing.SUPERVISOR and supervisors(place, day) >= MOST_SUPERVISORS:
            return False
        if supervises(by, place, day):
            return True
        return by.has_perm(staff.LOOK_AFTER) and School.objects.filter(pk=place).exists()

    def of(self, person: Person, day: dt.date) -> Q:
        """In the admin: all, for administrators; a manager's own. Supervisors have a page of their own."""
        return Q() if person.has_perm(staff.GIVE_ANY) else Q(invited_by=person.pk)

    def join(self, invitation: Invitation, person: User, day: dt.date, request: HttpRequest) -> None:
        """Whoever is there already is what the invitation says, unless that is less."""
        school = School.objects.get(pk=cast(UUID, invitation.place))
        held = Membership.objects.holding(day).filter(person=person, school=school).first()
        if held is None:
            Membership.objects.create(person=person, school=school, standing=invitation.what, since=day)
        elif held.standing != Standing.SUPERVISOR and invitation.what != Standing.STANDARD:
            held.standing = invitation.what
            held.save(update_fields=["standing"])
        audit.record("membership.begun", request=request, obj=school, subject=person, reason=invitation.what)


def has_room(school: UUID, day: dt.date) -> bool:
    """Whether `school` may have another supervisor: those who are invited and have not come yet count."""
    asked = Invitation.objects.usable().filter(kind=KIND, place=school, what=Standing.SUPERVISOR).count()
    return supervisors(school, day) + asked < MOST_SUPERVISORS


def supervisors(school: UUID, day: dt.date) -> int:
    """How many `school` has on `day`."""
    return Membership.objects.holding(day).filter(school=school, standing=Standing.SUPERVISOR).count()
