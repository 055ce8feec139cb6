"""Staff of schools, as those who look after accounts know them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import roles
from accounts.limits import NEW_MAILBOX, TO_NEW_MAILBOX, WANTED_LETTERS
from accounts.models import DisabledAccount, User, email_key
from accounts.people import leaving, staff
from accounts.recovery import new_mailbox
from core import audit, outbox
from schools.models import Membership, School


class TooOftenError(Exception):
    """As many emails about another address went out as an hour allows."""


class Staff:
    """`accounts.people.places.Place`: the schools."""

    def staff(self, day: dt.date) -> Q:
        return Q(pk__in=Membership.objects.holding(day).values("person"))

    def standings(self, people: Collection[UUID], day: dt.date) -> Mapping[UUID, Sequence[str]]:
        rows = Membership.objects.holding(day).filter(person__in=people).select_related("school")
        found: dict[UUID, list[str]] = {}
        for row in rows.order_by("school__name"):
            words = {"standing": row.get_standing_display(), "school": row.school.name}
            found.setdefault(row.person_id, []).append(_("%(standing)s, %(school)s") % words)
        return found

    def leave(self, person: User, day: dt.date, request: HttpRequest, reason: str) -> None:
        for row in Membership.objects.holding(day).filter(person=person):
            end(row, day)
            audit.record("membership.ended", request=request, obj=row.school, subject=person, reason=reason)


def end(membership: Membership, day: dt.date) -> None:
    """It opens nothing any more, from this moment on. Of one that began on `day` no trace but the audit's stays."""
    if membership.since >= day:
        membership.delete()
        return
    membership.until = day - dt.timedelta(1)
    membership.save(update_fields=["until"])


def can_be_enabled(person: User) -> bool:
    """Whether a supervisor may: it was disabled because nobody used it, and she has no role at the council."""
    disabled = getattr(person, "disabled", None)
    return (
        disabled is not None
        and disabled.why == DisabledAccount.Why.UNUSED
        and not person.groups.filter(name__in=roles.ROLES).exists()
    )


def editable(school: School, day: dt.date) -> QuerySet[Membership]:
    """Of the staff of `school`: those whose names and addresses its supervisors may change (C20).

    Nobody else goes by these. A parent is known by her name, the council's people answer to the council, and where
    she works at another school too, that one has a say as well.
    """
    here = Membership.objects.holding(day).filter(school=school, person__is_active=True)
    others = User.objects.filter(staff.in_roles(roles.ROLES) | staff.also_family(day))
    elsewhere = Membership.objects.holding(day).exclude(school=school)
    return here.exclude(person__in=others.values("pk")).exclude(person__in=elsewhere.values("person"))


@transaction.atomic
def rename(membership: Membership, first: str, last: str, request: HttpRequest) -> None:
    """She goes by another name. She hears of it."""
    person = membership.person
    if (person.first_name, person.last_name) == (first, last):
        return
    person.first_name, person.last_name = first, last
    person.save(update_fields=["first_name", "last_name"])
    words = "name, by a supervisor of her school"
    audit.record("account.details-changed", request=request, obj=person, reason=words)
    outbox.put("email_person", {"person": str(person.pk), "template": "details-changed"})


def ask_for_mailbox(membership: Membership, email: str, request: HttpRequest) -> None:
    """`email` is to be her address. It is when she has confirmed it there; both addresses are told now.

    The same for an address that has an account, whose owner alone hears of it: a supervisor learns nothing of others.
    Raises TooOftenError.
    """
    person = membership.person
    if email_key(email) == person.email_key:
        return
    for limit, who in ((NEW_MAILBOX, str(person.pk)), (TO_NEW_MAILBOX, email_key(email))):
        if limit.wait(who, person=person.pk):
            raise TooOftenError
    try:
        words = "by a supervisor of her school"
        new_mailbox.ask(person, email, reason=words, request=request, letter="mailbox-change-at-school")
    except new_mailbox.Taken:
        _tell_owner(email, request)


def _tell_owner(email: str, request: HttpRequest) -> None:
    owner = User.objects.get(email_key=email_key(email))
    with transaction.atomic():
        audit.record("account.mailbox-wanted", request=request, obj=owner)
        if not WANTED_LETTERS.wait(owner.email_key, person=owner.pk):
            outbox.put("email_person", {"person": str(owner.pk), "template": "mailbox-wanted"})


@transaction.atomic
def remove(membership: Membership, day: dt.date, request: HttpRequest, reason: str) -> None:
    """She is no staff of this school any more, and signed out everywhere. An account that nothing else is left for is
    shut.
    """
    person = membership.person
    end(membership, day)
    audit.record("membership.ended", request=request, obj=membership.school, subject=person, reason=reason)
    person.sign_out_everywhere()
    elsewhere = staff.all_staff(day) | staff.also_family(day)
    if not User.objects.filter(elsewhere, pk=person.pk).exists():
        was = f"{membership.get_standing_display()}, {membership.school.name}"
        leaving.disable(person, DisabledAccount.Why.LEFT, request=request, reason=reason, was=was)
