"""Somebody was asked to fill in a form."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.people import Person
from forms_engine.models.definitions import FormDefinition
from forms_engine.registries import about_what_is_open, withdrawals
from forms_engine.rules.assignment import before


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def waiting(self) -> "AssignmentQuerySet":
        """Those whose addressee has something to do."""
        return self.filter(state__in=Assignment.WAITING)

    def open_to(self, person: Person, day: dt.date) -> "AssignmentQuerySet":
        """Those that `person` was asked for or began, about what she may still open on `day`."""
        return self.filter(about_what_is_open(person, day), addressee=person.pk)

    def own(self, person: Person) -> "AssignmentQuerySet":
        """Those that `person` began unasked."""
        return self.filter(addressee=person.pk, is_own=True)


class Assignment(models.Model):
    """One addressee, one form, about one thing. The state is held here alone; lateness is derived from `due`.

    Domains hang theirs on it one to one (`casework.Action` adds the case and the batch).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        STARTED = "started", _("Started")
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        REOPENED = "reopened", _("Opened again")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # Named sets of states. What may follow what: `rules/assignment.py`.
    WAITING = (State.ASKED, State.STARTED, State.REOPENED)
    DONE = (State.SUBMITTED, State.ACCEPTED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(FormDefinition, on_delete=models.PROTECT, related_name="assignments")
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    # Whom or what it is about, outside the engine: a kind that a domain registered, and that row's id.
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    # The name that wordings use ("Ada"), as it was when the form was asked for.
    about_name = models.CharField(max_length=100, blank=True)
    due = models.DateField(_("last day"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    # Begun by the addressee herself: nobody asked.
    is_own = models.BooleanField(default=False)
    why = models.TextField(_("why"), blank=True, max_length=1000)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    # Why it was opened again or withdrawn.
    reason = models.TextField(blank=True, max_length=1000)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["addressee", "state"], name="assignment_addressee_state")]

    def __str__(self) -> str:
        return f"Assignment {str(self.id)[:8]}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_wanted_again(self) -> bool:
        """Whether it was opened again and has not come back since, begun anew or not: `reason` says why."""
        return self.state == self.State.REOPENED or (self.is_waiting and bool(self.reason))

    @property
    def why_withdrawn(self) -> str:
        """Why it was taken back: in the words of whoever did, or in ours where it happened by itself."""
        return str(withdrawals.get(self.reason)) if self.reason in withdrawals else self.reason

    def may_become(self, then: str) -> bool:
        """Whether state `then` may follow the one that it is in."""
        return self.state in before(then)

    def is_late(self, today: dt.date) -> bool:
        return self.is_waiting and self.due is not None and today > self.due
