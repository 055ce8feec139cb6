"""What is still to be done outside the transaction that asked for it.

The row is the truth; Celery only wakes the sweep.
"""

import re
import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.people import Person

# Where a new word begins in the name of a class.
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class OutboxQuerySet(models.QuerySet["OutboxItem"]):
    def due(self, at: datetime) -> Self:
        """What may be claimed at `at`, sign-in codes first. What somebody has under lease is due when that ends."""
        return self.filter(state=OutboxItem.State.WAITING, due__lte=at).order_by("priority", "due")

    def too_late(self, at: datetime) -> Self:
        """What must not be sent any more at `at`."""
        return self.filter(state__in=OutboxItem.UNFINISHED, expires_at__lte=at)

    def closed(self, before: datetime) -> Self:
        """What was sent, or became too late, before then. What was given up is not closed."""
        return self.exclude(state__in=OutboxItem.UNFINISHED).filter(done_at__lt=before)

    def visible_to(self, user: Person) -> Self:
        """The register's rows: for whoever may have a dead letter tried again."""
        return self.all() if user.has_perm("core.change_outboxitem") else self.none()

    def dead_first(self) -> Self:
        """For the register: what needs a person stands on top, then the newest."""
        return self.annotate(is_dead=Q(state=OutboxItem.State.DEAD)).order_by(*OutboxItem.DEAD_FIRST)


class OutboxItem(models.Model):
    """One effect to bring about. Its id is the idempotency key that receivers tell repeats by."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")
        EXPIRED = "expired", _("Too late to send")

    UNFINISHED = frozenset({State.WAITING, State.DEAD})
    # As `dead_first` orders by.
    DEAD_FIRST = ("-is_dead", "-created_at", "id")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    # Ids and neutral words only. Cleared on delivery where the kind says that it is secret.
    payload = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Lower goes first: sign-in codes before everything else.
    priority = models.PositiveSmallIntegerField(default=5)
    # When it may be tried next. While a worker is at it: when that worker's lease ends.
    due = models.DateTimeField(_("next try"), default=timezone.now)
    expires_at = models.DateTimeField(_("too late after"), null=True, blank=True)
    # The name of the exception's class: its message could hold an address.
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["priority", "due"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["expires_at"], condition=Q(state__in=["dead", "waiting"]), name="outbox_expiring"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {str(self.id)[:8]}"

    @property
    def fault(self) -> str:
        """What failed last, in words: "No team", "Connection refused error"."""
        return _WORD.sub(" ", self.last_error).capitalize()


class LastRun(models.Model):
    """When a piece of periodic work last ran, so that a missed night is caught up and `/health/` can tell."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self) -> str:
        return self.name
