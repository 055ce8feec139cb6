"""A SEND case, what has happened in it, and whose it is to see."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from casework.models.due import next_due
from core import periods
from core.references import new_reference
from schools.models import Child

if TYPE_CHECKING:
    from casework.rules.timetable import Counting
    from core.people import Person


def case_reference() -> str:
    return new_reference("EHC")


class CaseQuerySet(models.QuerySet["Case"]):
    def open_to(self, person: "Person", day: dt.date) -> "CaseQuerySet":
        """Those that the family's side may open on `day`: through CaseAccess alone (B16)."""
        access = CaseAccess.objects.holding(day).filter(person_id=person.pk)
        return self.filter(pk__in=access.values("case"))

    def visible_to(self, user: "Person") -> "CaseQuerySet":
        """Those that a member of staff may see: her own teams', a manager all."""
        if user.has_perm("casework.see_all_cases"):
            return self
        if not user.has_perm("casework.view_case"):
            return self.none()
        return self.filter(team__in=Team.objects.filter(members=user.pk))

    def held(self, case: "Case") -> "Case":
        """`case` as it stands now, locked until the end of the transaction: two who change it wait for each other."""
        return self.select_for_update(of=("self",)).select_related("child").get(pk=case.pk)

    def by_next_due(self, counting: "Counting") -> "CaseQuerySet":
        """What is due first stands first, as `next_due`: the first day by which the council owes something.

        Worked out in the query from the events, never stored. Cases that owe nothing (closed, finished,
        refused) have no day and come last.
        """
        events = CaseEvent.objects.standing().order_by()
        return self.annotate(next_due=next_due(events, counting)).order_by(
            F("next_due").asc(nulls_last=True), "reference"
        )


class Case(models.Model):
    """One child's EHC case with the council. Stage and due dates are derived from its events by `rules/`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=20, unique=True, default=case_reference, editable=False
    )
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases", verbose_name=_("child"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases", verbose_name=_("team"))
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cases",
        verbose_name=_("caseworker"),
    )
    timetable = models.CharField(max_length=40, default="ehc-england")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [("see_all_cases", "Can see the cases of all teams")]
        ordering = ["reference"]

    def __str__(self) -> str:
        # Wagtail's logs print this: never the child's name.
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def history(self) -> list["CaseEvent"]:
        """What has happened, in its order, without what was corrected. Reads `events` once; prefetch for many."""
        return in_order(event for event in self.events.all() if event.stands)

    def latest_events(self) -> dict[str, "CaseEvent"]:
        """Event id -> the last time that it happened."""
        return latest(self.history())


def in_order(events: Iterable["CaseEvent"]) -> list["CaseEvent"]:
    return sorted(events, key=lambda event: (event.day, event.recorded_at))


def latest(
    events: Iterable["CaseEvent"], leaving_out: Callable[["CaseEvent"], bool] = lambda event: False
) -> dict[str, "CaseEvent"]:
    """Event id -> the last time that it happened."""
    return {event.event: event for event in in_order(events) if not leaving_out(event)}


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def standing(self) -> "CaseEventQuerySet":
        """Those that were not corrected."""
        return self.filter(corrected_at=None)


class CaseEvent(models.Model):
    """Something happened in a case on a day. Ids of events: `casework/rules/timetable.py`.

    What was recorded by mistake is never rewritten or deleted: it is marked as corrected, and counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    event = models.CharField(_("what happened"), max_length=40)
    day = models.DateField(_("on"))
    # The person's name as the family may read it ("Sam Parent"), for "who requested".
    by_name = models.CharField(max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    corrected_at = models.DateTimeField(null=True, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # Why it was corrected, in the words of the member of staff who did.
    correction = models.CharField(max_length=1000, blank=True)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["day", "recorded_at"]
        indexes = [models.Index(fields=["case", "event", "day"], name="case_event_day")]

    def __str__(self) -> str:
        return f"{self.event} {self.day}"

    @property
    def stands(self) -> bool:
        return self.corrected_at is None


class CaseAccessQuerySet(models.QuerySet["CaseAccess"]):
    def holding(self, day: dt.date) -> "CaseAccessQuerySet":
        """Those in force on `day`."""
        return self.filter(periods.on(day))

    def of_active(self) -> "CaseAccessQuerySet":
        """Those of people who can sign in: neither have they closed their account, nor is it disabled."""
        return self.filter(person__is_active=True)

    def own(self, person: "Person") -> "CaseAccessQuerySet":
        """Those of `person` to a case about themselves."""
        return self.filter(person=person.pk, capacity=CaseAccess.Capacity.YOUNG_PERSON)


class CaseAccess(models.Model):
    """Opens a case to somebody outside the council, from the SEND team. A ChildLink opens none (B16)."""

    class Capacity(models.TextChoices):
        PARENT = "parent", _("Parent or carer")
        YOUNG_PERSON = "young-person", _("Young person")
        PROFESSIONAL = "professional", _("Professional")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_access")
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to a case")
        verbose_name_plural = _("access to cases")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until__isnull=True), name="one_open_access_each"
            ),
            periods.no_end_before_the_beginning("access_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"Access {str(self.id)[:8]}"
