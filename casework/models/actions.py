"""What the SEND team asked a family to do."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.cases import Case
from forms_engine.models import Assignment

if TYPE_CHECKING:
    from core.people import Person

# Why an action was withdrawn by itself, as `Assignment.reason` has it. Its words, in the reader's language: `wording`.
ACCESS_ENDED = "access-ended"


class ActionQuerySet(models.QuerySet["Action"]):
    def of(self, person: "Person") -> "ActionQuerySet":
        """Those that `person` was asked to do. Nobody else's, not even in the same case."""
        return self.filter(assignment__addressee=person.pk)

    def waiting_for(self, form_id: int) -> "ActionQuerySet":
        """Those for this form that somebody still has to send."""
        return self.filter(assignment__form=form_id, assignment__state__in=Assignment.WAITING)

    def with_forms(self) -> "ActionQuerySet":
        """With what a list shows of each: assignment and form (without the form's whole body)."""
        return self.select_related("assignment__form").defer("assignment__form__body")


class Action(models.Model):
    """A form asked for in a case. The state is the assignment's alone.

    Two parents are two actions with one `batch`: neither sees the other's answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="action")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    batch = models.UUIDField(default=uuid.uuid4)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = [models.F("assignment__due").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return f"Action {str(self.id)[:8]}"
