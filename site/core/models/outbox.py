"""What is still to be done outside the transaction that asked for it. The row is the truth; Celery only wakes the sweep."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxItem(models.Model):
    """One effect to bring about. Its id is the idempotency key that receivers tell repeats by."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")
        EXPIRED = "expired", _("Too late to send")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    # Ids and neutral words only. Cleared on delivery where the kind says that it is secret.
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Lower goes first: sign-in codes before everything else.
    priority = models.PositiveSmallIntegerField(default=5)
    due = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["priority", "due"], condition=Q(state="waiting"), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {str(self.id)[:8]}"


class LastRun(models.Model):
    """When a piece of periodic work last ran, so that a missed night is caught up and `/health/` can tell."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self) -> str:
        return self.name
