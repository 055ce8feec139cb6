"""Who may open what. Each function fetches and authorises in one query; the rest is "not found", and noted."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from core import audit
from core.access import refuse
from core.people import Person
from core.prepared import prepared
from forms_engine.models import Assignment, Draft, Party, Submission, SubmissionFile, Upload

# The definition's JSON is read once in the life of a process (`versions.spec_of`), never with a request.
_HEAVY = ("draft__version__content", "draft__version__proof")


def own_assignment(request: HttpRequest, assignment_id: UUID) -> Assignment:
    """The form that this person was asked to fill in. A withdrawn one too: its page says so."""
    found = Assignment.objects.select_related("form", "asked_by")
    assignment = found.filter(pk=assignment_id, addressee=request.user.pk).first()
    return assignment or refuse(request, "forms_engine.assignment", assignment_id)


def own_party(request: HttpRequest, draft_id: UUID) -> Party:
    """This person's part in a draft, with draft, assignment and version. Sent and withdrawn ones too."""
    party = next(iter(_parties(draft_id, signed_in_person(request).pk)), None)
    return party or refuse(request, "forms_engine.draft", draft_id)


@prepared
def _parties(draft: Any, person: Any) -> QuerySet[Party]:
    found = Party.objects.select_related("draft__assignment", "draft__version").defer(*_HEAVY)
    return found.filter(draft=draft, user=person)


def own_upload(request: HttpRequest, draft_id: UUID, file_id: UUID) -> Upload:
    """A file that this person added to an unsent form."""
    mine = Upload.objects.filter(pk=file_id, party__draft=draft_id, party__user=request.user.pk)
    return mine.first() or refuse(request, "forms_engine.upload", file_id)


def visible_submission(request: HttpRequest, submission_id: UUID) -> Submission:
    """A sent form that this person may read. A look by anybody but the sender is written down."""
    found = Submission.objects.visible_to(signed_in_person(request)).select_related("assignment", "content")
    submission = found.filter(pk=submission_id).first()
    if submission is None:
        refuse(request, "forms_engine.submission", submission_id)
    if not is_sender(request, submission):
        audit.record("submission.read", request=request, obj=submission)
    return submission


def visible_file(request: HttpRequest, submission_id: UUID, file_id: UUID) -> SubmissionFile:
    """A file of a sent form that this person may read. A look by anybody but the sender is written down.

    Whether it may be opened yet is `core.private_files.respond`'s to say.
    """
    visible = Submission.objects.visible_to(signed_in_person(request)).filter(pk=submission_id)
    found = SubmissionFile.objects.filter(submission__in=visible, pk=file_id).select_related("submission")
    file = found.first()
    if file is None:
        refuse(request, "forms_engine.submissionfile", file_id)
    if not is_sender(request, file.submission):
        audit.record("submission.file", request=request, obj=file)
    return file


def is_sender(request: HttpRequest, submission: Submission) -> bool:
    return submission.submitted_by_id == request.user.pk


def may_fill(party: Party) -> bool:
    """Whether there is still something to fill in: not sent, not withdrawn, not accepted."""
    draft: Draft = party.draft
    return draft.is_open and (draft.assignment is None or draft.assignment.is_waiting)


def signed_in_person(request: HttpRequest) -> Person:
    """The person behind a request that `core.access.signed_in` let through."""
    return cast(Person, request.user)
