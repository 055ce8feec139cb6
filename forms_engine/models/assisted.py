"""That a member of the council's staff fills a form in for somebody: by phone, from paper, face to face."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_text

if TYPE_CHECKING:
    import datetime as dt


class How(models.TextChoices):
    """Where the answers came from."""

    PHONE = "phone", gettext_lazy("By phone")
    PAPER = "paper", gettext_lazy("From a form on paper")
    MEETING = "meeting", gettext_lazy("Face to face")


class Assisted(models.Model):
    """Who typed, how they had it, and on which day she said it (or her paper came). Nobody: she did it herself."""

    assisted_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assisted_how = models.CharField(max_length=10, choices=How.choices, blank=True, default="")
    assisted_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_assisted(self) -> bool:
        return self.assisted_by_id is not None

    def how_text(self) -> str:
        """ "By phone, 5 May 2026"; "" where nobody helped."""
        day: dt.date | None = self.assisted_on
        if not self.is_assisted or day is None:
            return ""
        return _("%(how)s, %(day)s") % {"how": How(self.assisted_how).label, "day": day_text(day)}
