"""Who looks after which child, as the school has confirmed it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import periods
from schools.models import Child

if TYPE_CHECKING:
    from core.people import Person


class ChildLinkQuerySet(models.QuerySet["ChildLink"]):
    def of(self, person: "Person") -> "ChildLinkQuerySet":
        return self.filter(person=person.pk)

    def holding(self, day: dt.date) -> "ChildLinkQuerySet":
        """Those in force on `day`."""
        return self.filter(periods.on(day))


class ChildLink(models.Model):
    """A person's link to a child, approved by the school.

    It opens what the *school* holds, and nothing else: a SEND case needs `casework.CaseAccess` (A11, A21, B16).
    Two parents in two households have a link each.
    """

    # The relationship of young people to their own record.
    SELF = "self"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="child_links")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="links")
    relationship = models.CharField(_("relationship"), max_length=60)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ChildLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a child")
        verbose_name_plural = _("links to children")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child"], condition=Q(until__isnull=True), name="one_open_link_each"
            ),
            periods.no_end_before_the_beginning("link_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"Link {str(self.id)[:8]}"
