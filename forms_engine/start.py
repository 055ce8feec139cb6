"""Begin a form that somebody was asked to fill in, or find the one that they have begun."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from core.private_files import share
from forms_engine.models import (
    Assignment,
    Draft,
    FormVersion,
    Party,
    StepAnswers,
    Submission,
    SubmissionFile,
    Upload,
)
from forms_engine.registries import Raw, prefill_sources
from forms_engine.spec import Form
from forms_engine.versions import spec_of


class NotWaiting(Exception):
    """There is nothing to fill in: it was sent, accepted or withdrawn, or the form is not published."""


def open_draft(assignment: Assignment) -> Draft | None:
    """The form in progress, if it was begun."""
    return Draft.objects.filter(assignment=assignment, submitted_at=None).first()


def start(assignment: Assignment, now: datetime) -> Draft:
    """The form in progress, begun now where it was not. Two starts at once make one. Raises NotWaiting."""
    begun = open_draft(assignment) if assignment.is_waiting else None
    if begun:
        return begun
    version = FormVersion.objects.filter(form=assignment.form_id).order_by("-number").first()
    if version is None or not assignment.is_waiting:
        raise NotWaiting
    try:
        with transaction.atomic():
            return _begin(assignment, version, now)
    except IntegrityError:
        # The other of two starts was quicker: the database lets an assignment have one open draft.
        return Draft.objects.get(assignment=assignment, submitted_at=None)


def _begin(assignment: Assignment, version: FormVersion, now: datetime) -> Draft:
    waiting = Assignment.objects.filter(pk=assignment.pk).waiting()
    if not waiting.update(state=Assignment.State.STARTED):
        raise NotWaiting
    form = spec_of(version)
    draft = Draft.objects.create(
        version=version,
        assignment=assignment,
        wording={"child": assignment.about_name} if assignment.about_name else {},
        prefill=_prefilled(form, assignment),
        begun_at=now,
        expires_at=now + timedelta(days=form.lifetime_days),
    )
    party = Party.objects.create(draft=draft, user=assignment.addressee)
    _fill_from_last_time(party, assignment, now)
    return draft


def _prefilled(form: Form, assignment: Assignment) -> dict[str, Raw]:
    """Question id -> what its source knows. A source that has gone since publishing leaves the question empty."""
    wanted = [question for question in form.questions() if question.prefill in prefill_sources]
    known = {
        question.id: prefill_sources.get(question.prefill)(assignment.addressee, assignment)
        for question in wanted
    }
    return {question: raw for question, raw in known.items() if raw}


def _fill_from_last_time(party: Party, assignment: Assignment, now: datetime) -> None:
    """A form that was opened again begins with what was sent: answers, order of items, files."""
    last = Submission.objects.filter(assignment=assignment).select_related("content").first()
    if last is None or not hasattr(last, "content"):
        return
    StepAnswers.objects.bulk_create(
        StepAnswers(party=party, saved_at=now, **page) for page in last.content.typed
    )
    for file in last.files.filter(role=SubmissionFile.Role.UPLOAD):
        share(Upload(party=party, step=file.step, item=file.item, question=file.question), file)
