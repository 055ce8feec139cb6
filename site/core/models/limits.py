import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LimiterCount(models.Model):
    """How often something happened within a window, by a keyed hash: no address or name stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    # When the window is over, and the row says nothing any more.
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class LimitReachedQuerySet(models.QuerySet["LimitReached"]):
    def in_force(self, at: datetime) -> "LimitReachedQuerySet":
        """Those because of which somebody has to wait at that moment."""
        return self.filter(until__gt=at, lifted_at=None)

    def over(self, at: datetime) -> "LimitReachedQuerySet":
        return self.filter(models.Q(until__lte=at) | models.Q(lifted_at__isnull=False))


class LimitReached(models.Model):
    """Somebody has to wait, or had to: a row for each window in which tries were refused (`core.limits`).

    Whose tries these were is not known. `person_id`: whose account they were at, if it was one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Of the count: to delete it is to lift the limit.
    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    network = models.CharField(max_length=45, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_because = models.CharField(max_length=200, blank=True)

    objects = LimitReachedQuerySet.as_manager()

    class Meta:
        verbose_name = _("wait after many tries")
        verbose_name_plural = _("waits after many tries")
        ordering = ["-since", "-pk"]
        permissions = [("lift_limitreached", "Can end a wait early")]
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="one_wait_a_window")]
        indexes = [models.Index(fields=["-since"], name="wait_since")]

    def __str__(self) -> str:
        return f"Wait {str(self.pk)[:8]}"
