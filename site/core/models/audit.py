"""Who did or saw what, and when: written once, never changed (A32)."""

import uuid
from collections.abc import Callable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.people import Person
from core.registry import Registry

# An app's name -> which entries it opens to somebody who may read the audit.
audit_viewers: Registry[Callable[[Person], Q]] = Registry("viewers of the audit")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: Person) -> Self:
        """The register's rows: those that a registered viewer opens to `user`, if she may read the audit at all."""
        if not user.has_perm("core.view_auditentry"):
            return self.none()
        allowed = Q(pk__in=[])
        for viewer in audit_viewers.values():
            # An empty Q would match everything: a viewer that says nothing shows nothing.
            allowed |= viewer(user) or Q(pk__in=[])
        return self.filter(allowed)


class AuditEntry(models.Model):
    """One thing that somebody did or looked at.

    It points at nothing by foreign key, so that it outlives what it speaks of; it holds no names and no
    answers.
    Triggers on both databases refuse a change.
    """

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    # Whom `actor_id` viewed the portal as (`accounts.view_as`).
    acting_as = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    # Whom it is about.
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    # The network (/24 or /64) that the request came from, never the whole address.
    network = models.CharField(max_length=45, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["actor_id"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"


class Seal(models.Model):
    """A keyed hash over all that was new since the seal before it, of one kind of row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # "audit", "submissions"
    number = models.PositiveIntegerField()
    last_id = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    # [id, keyed hash] of each row: they name the one that was changed.
    marks = models.JSONField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_seal_a_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
