"""Submissions as rows that are sealed with the audit: that one was sent, when, and the hash of what was in it."""

from collections.abc import Iterator

from django.db.models import Q

from core.audit import Row, canonical
from forms_engine.models import Submission

NAME = "submissions"


class SubmissionRows:
    """Submissions in the order in which they were sent."""

    def new_since(self, last_id: str) -> Iterator[Row]:
        rows = Submission.objects.order_by("submitted_at", "id")
        last = Submission.objects.filter(pk=last_id).first() if last_id else None
        if last:
            later = Q(submitted_at__gt=last.submitted_at)
            rows = rows.filter(later | Q(submitted_at=last.submitted_at, pk__gt=last.pk))
        for submission in rows.iterator():
            yield Row(str(submission.pk), submission.submitted_at, canonical(submission))
