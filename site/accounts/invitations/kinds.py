"""What somebody can be invited to. Apps above register theirs: a school's staff, say."""

import datetime as dt
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import Invitation, Team, User
from accounts.people import staff
from core import audit
from core.people import Person
from core.registry import Registry

COUNCIL = "council"


class Kind(Protocol):
    """Somebody's part at a place."""

    @property
    def label(self) -> str | Promise:
        """What somebody is invited to, in the admin: "Invite to a role at the council"."""

    @property
    def page(self) -> str:
        """The name of the page in the admin where she is invited."""

    def said(self, invitation: Invitation) -> str:
        """What she is to be, in words: "Caseworkers, SEND team North"."""

    def may_invite(self, by: User, what: str, place: UUID | None, day: dt.date) -> bool:
        """Whether `by` may make somebody `what` at `place`. Asked when she invites, and again when it is accepted."""

    def of(self, person: Person, day: dt.date) -> Q:
        """Of the invitations of this kind: those that `person` sees, sends again and withdraws."""

    def join(self, invitation: Invitation, person: User, day: dt.date, request: HttpRequest) -> None:
        """Make `person` what the invitation says. Written down by each. In the caller's transaction."""


kinds: Registry[Kind] = Registry("kinds of invitations")


class Council:
    """A role at the council, `what`, and perhaps a team, `place`."""

    label = _("Invite to a role at the council")
    page = "invitation_new"

    def said(self, invitation: Invitation) -> str:
        team = Team.objects.filter(pk=invitation.place).first() if invitation.place else None
        return f"{invitation.what}, {team.name}" if team else invitation.what

    def may_invite(self, by: User, what: str, place: UUID | None, day: dt.date) -> bool:
        return by.is_active and by.has_perm(staff.LOOK_AFTER) and what in staff.given_by(by)

    def of(self, person: Person, day: dt.date) -> Q:
        if person.has_perm(staff.GIVE_ANY):
            return Q()
        return Q(invited_by=person.pk)

    def join(self, invitation: Invitation, person: User, day: dt.date, request: HttpRequest) -> None:
        person.groups.add(roles.group(invitation.what))
        audit.record("role.given", request=request, obj=person, reason=invitation.what)
        team = Team.objects.filter(pk=invitation.place).first() if invitation.place else None
        if team:
            team.members.add(person)
            audit.record("team.member-added", request=request, obj=team, subject=person)
