"""What is left of a form that was deleted unfinished: its answers as a PDF, for its person alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.private_files import PrivateFile


class LastCopy(PrivateFile):
    """The PDF, under the form's title and whom it was about, until the day after which it goes too."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_copies")
    title = models.CharField(max_length=255)
    about = models.CharField(max_length=100, blank=True)
    until = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("last copy of a form")
        verbose_name_plural = _("last copies of forms")
        ordering = ["-added_at", "id"]
