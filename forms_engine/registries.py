"""Where the apps above plug into the engine, from their `AppConfig.ready()`.

Question types have theirs in `forms_engine.types`. Each refuses a name twice; a test makes one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import Q

from core.people import Person
from core.registry import Registry

if TYPE_CHECKING:  # the models themselves ask these registries who may see them
    from forms_engine.models.assignments import Assignment
    from forms_engine.models.submissions import Submission

# An answer as it is typed: its shape is its question type's.
Raw = Any


class Handler(Protocol):
    """What becomes of a form that was sent."""

    def on_submitted(self, submission: Submission) -> None:
        """Write to our own database, in the transaction of the submission: both happen, or neither does."""

    def deliver(self, submission: Submission, key: UUID) -> None:
        """Tell systems outside. Called until it returns, perhaps again after it worked: same `key`."""


Viewer = Callable[[Person], Q]
PrefillSource = Callable[[Person, "Assignment | None"], Raw]

handlers: Registry[Handler] = Registry("form handlers")
# Who may see which submissions. A viewer gives Q(pk__in=<subquery>), never a join; an empty Q()
# opens nothing.
viewers: Registry[Viewer] = Registry("viewers of submissions")
# Where a question's first answer comes from. A source that knows nothing gives the type's empty answer ("").
prefill_sources: Registry[PrefillSource] = Registry("prefill sources")
