"""Submissions as rows that are sealed with the audit: that one was sent, when, and the hash of what was in it."""

from collections.abc import Iterator

from django.db.models import Q

from core.audit import Row, canonical
from core.private_files import sha256_of
from forms_engine.models import Submission, SubmissionContent, SubmissionFile
from forms_engine.submit import digest

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

    def faults(self, *, files: bool) -> Iterator[str]:
        """Contents that are not the ones that were sent; those that were deleted by rule are none. Files likewise."""
        for content in SubmissionContent.objects.select_related("submission").iterator():
            submission = content.submission
            if submission.digest != digest(submission.salt, content):
                yield f"the answers of row {submission.pk} were changed"
        for file in SubmissionFile.objects.iterator() if files else ():
            if not _is_as_sent(file):
                yield f"file {file.pk} of row {file.submission_id} was changed, or is missing"


def _is_as_sent(file: SubmissionFile) -> bool:
    try:
        with file.stored.open() as stored:
            return sha256_of(stored) == file.sha256
    except OSError:
        return False
