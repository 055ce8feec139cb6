"""What the SEND team asked a family to do."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.cases import Case
from forms_engine.models import Assignment


class Action(models.Model):
    """A form asked for in a case. The state is the assignment's alone.

    Two parents are two actions with one `batch`: neither sees the other's answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="action")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    batch = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["assignment__due", "id"]

    def __str__(self) -> str:
        return f"Action {str(self.id)[:8]}"
