"""Staff of schools, as those who look after accounts know them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.invitations import sending
from accounts.models import DisabledAccount, User
from accounts.people import leaving, staff
from core import audit, outbox
from core.dates import today
from core.links import unlinked
from schools.access import KIND, supervises
from schools.models import DetailsAsked, Membership

# How long what a supervisor wrote stands on the colleague's page.
ASKED_FOR = dt.timedelta(days=30)


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
    DetailsAsked.objects.filter(membership=membership).delete()
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


def close(person: User, request: HttpRequest) -> None:
    """She has closed her account: her school counts her no more. In the caller's transaction."""
    Staff().leave(person, today(), request, "")


@transaction.atomic
def remove(membership: Membership, day: dt.date, request: HttpRequest, reason: str) -> None:
    """She is no staff of this school any more, and signed out everywhere. An account that nothing else is left for is
    shut. What she was invited to there and has not answered is withdrawn.
    """
    person = membership.person
    sending.withdraw_open(person, request, kind=KIND, place=membership.school_id)
    end(membership, day)
    audit.record("membership.ended", request=request, obj=membership.school, subject=person, reason=reason)
    person.sign_out_everywhere()
    elsewhere = staff.all_staff(day) | staff.also_family(day)
    if not User.objects.filter(elsewhere, pk=person.pk).exists():
        was = f"{membership.get_standing_display()}, {membership.school.name}"
        leaving.disable(person, DisabledAccount.Why.LEFT, request=request, reason=reason, was=was)


@transaction.atomic
def ask_for_details(membership: Membership, said: Mapping[str, str], request: HttpRequest) -> None:
    """Keep what a supervisor says that her colleague's name and address are, and tell the colleague where she has her
    account now. Nothing of the account changes.
    """
    told = {**said, "asked_by": request.user, "asked_at": timezone.now()}
    DetailsAsked.objects.update_or_create(membership=membership, defaults=told)
    _record("membership.details-asked", membership, request)
    path = reverse("schools:your_details", args=[membership.school_id])
    letter = {
        "template": "details-asked",
        "context": {"school": unlinked(membership.school.name), "path": path},
    }
    outbox.put("email_person", {"person": str(membership.person_id), **letter})


@transaction.atomic
def refuse_details(asked: DetailsAsked, day: dt.date, request: HttpRequest) -> bool:
    """Whether she was still asked. She leaves her account as it is, and whoever asked and still supervises the school
    hears of it.
    """
    membership, by = asked.membership, asked.asked_by
    was_asked, _rows = asked.delete()
    if not was_asked:  # A second click.
        return False
    _record("membership.details-refused", membership, request)
    if by and supervises(by, membership.school_id, day):
        path = reverse("schools:details", args=[membership.school_id, membership.person_id])
        letter = {
            "template": "details-refused",
            "context": {"school": unlinked(membership.school.name), "path": path},
        }
        outbox.put("email_person", {"person": str(by.pk), **letter})
    return True


def forget_details_asked() -> None:
    """Nobody is reminded for ever of what she was asked, nor asked again when she changes something later."""
    DetailsAsked.objects.filter(asked_at__lt=timezone.now() - ASKED_FOR).delete()


def _record(verb: str, membership: Membership, request: HttpRequest) -> None:
    audit.record(verb, request=request, obj=membership.school, subject=membership.person)
