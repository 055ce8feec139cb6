"""What is left of a form that was deleted unfinished: its answers as a PDF, for its person alone."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.people import Person
from core.private_files import PrivateFile
from forms_engine.registries import about_what_is_open


class LastCopyQuerySet(models.QuerySet["LastCopy"]):
    def open_to(self, person: Person, day: dt.date) -> Self:
        """Those of `person` that are still kept on `day`, about what she may still open."""
        return self.filter(about_what_is_open(person, day), person=person.pk, until__gte=day)


class LastCopy(PrivateFile):
    """The PDF, under the form's title and whom it was about, until the day after which it goes too."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_copies")
    title = models.CharField(max_length=255)
    about = models.CharField(max_length=100, blank=True)
    # As the assignment had it.
    about_kind = models.CharField(max_length=40, blank=True, default="")
    about_id = models.UUIDField(null=True, blank=True)
    until = models.DateField(db_index=True)

    objects = LastCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("last copy of a form")
        verbose_name_plural = _("last copies of forms")
        ordering = ["-added_at", "id"]
