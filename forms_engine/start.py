"""Begin a form that somebody was asked to fill in, or find the one that they have begun."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from core.people import Person
from core.private_files import share
from forms_engine.drafts import Filling
from forms_engine.models import (
    Assignment,
    Draft,
    FormDefinition,
    FormVersion,
    NoticeVersion,
    Party,
    StepAnswers,
    Submission,
    SubmissionFile,
    Upload,
)
from forms_engine.registries import Raw, Subject, own_forms, prefill_sources
from forms_engine.rules.expiry import kept_until
from forms_engine.rules.opening import Opening
from forms_engine.spec import Question
from forms_engine.types import question_types
from forms_engine.versions import spec_of


class NotWaiting(Exception):
    """There is nothing to fill in: it was sent, accepted or withdrawn, or the form cannot be begun."""


def open_draft(assignment: Assignment) -> Draft | None:
    """The form in progress, if it was begun."""
    return Draft.objects.filter(assignment=assignment, submitted_at=None).first()


def may_not_begin(assignment: Assignment, now: datetime) -> Opening | None:
    """Why the form cannot be begun now. What was sent and opened again goes on, as what was begun does."""
    state = assignment.form.opening(now)
    reopened = assignment.state == Assignment.State.REOPENED
    return None if reopened or state is Opening.OPEN else state


def start(assignment: Assignment, now: datetime) -> Draft:
    """The form in progress, begun now where it was not. Two starts at once make one. Raises NotWaiting."""
    begun = open_draft(assignment) if assignment.is_waiting else None
    if begun:
        return begun
    version = _version_for(assignment)
    if version is None or not assignment.is_waiting or may_not_begin(assignment, now):
        raise NotWaiting
    try:
        with transaction.atomic():
            return _begin(assignment, version, now)
    except IntegrityError:
        # The other of two starts was quicker: the database lets an assignment have one open draft.
        return Draft.objects.get(assignment=assignment, submitted_at=None)


def begin(form: FormDefinition, person: Person, subject: Subject | None, now: datetime) -> Draft:
    """A form that nobody asked `person` for: she asks herself, so that all else is as with any other.

    One that she has begun about the same goes on. Raises NotWaiting. Call it for an audience that the form is
    offered to.
    """
    about = {"about_kind": subject.kind, "about_id": subject.id} if subject else {"about_id": None}
    with transaction.atomic():
        # Two clicks wait for one another, and begin one form.
        get_user_model().objects.select_for_update().get(pk=person.pk)
        own = Assignment.objects.own(person).waiting().filter(form=form, **about)
        assignment = own.first() or Assignment.objects.create(
            form=form,
            addressee_id=person.pk,
            is_own=True,
            about_name=subject.child if subject else "",
            **about,
        )
        return start(assignment, now)


def _version_for(assignment: Assignment) -> FormVersion | None:
    """The newest version. What was sent and is opened again keeps the questions that its answers belong to."""
    sent = Submission.objects.filter(assignment=assignment, content__isnull=False).select_related("version")
    if last := sent.first():
        return last.version
    return newest_version(assignment.form)


def newest_version(form: FormDefinition) -> FormVersion | None:
    """What is begun now; None where it was never published."""
    return FormVersion.objects.filter(form=form.pk).order_by("-number").first()


def _begin(assignment: Assignment, version: FormVersion, now: datetime) -> Draft:
    waiting = Assignment.objects.filter(pk=assignment.pk).waiting()
    if not waiting.update(state=Assignment.State.STARTED):
        raise NotWaiting
    form = spec_of(version.pk)
    draft = Draft.objects.create(
        version=version,
        assignment=assignment,
        wording=names_for(assignment),
        prefill=known_of(form.questions(), assignment),
        begun_at=now,
        notice=NoticeVersion.objects.newest(form.notice),
        expires_at=kept_until(now, form.lifetime_days, assignment.due),
    )
    party = Party.objects.create(draft=draft, user=assignment.addressee)
    _fill_from_last_time(party, assignment, now)
    return draft


def names_for(assignment: Assignment) -> dict[str, str]:
    """What wordings name: the child; and whether it is the child who was asked."""
    asks_child = own_forms.get(assignment.about_kind) if assignment.about_kind in own_forms else None
    by_child = {"by_child": "yes"} if asks_child and asks_child(assignment) else {}
    return ({"child": assignment.about_name} if assignment.about_name else {}) | by_child


def renew_fixed(filling: Filling) -> None:
    """Ask the sources again of what people only read: the form is checked and sent with what is known then.

    What a source does not know any more is asked for.
    """
    draft = filling.draft
    if not filling.form.fixed or draft.assignment is None:
        return
    fixed = {question.id for question in filling.form.fixed}
    others = {question: raw for question, raw in draft.prefill.items() if question not in fixed}
    renewed = others | known_of(filling.form.fixed, draft.assignment)
    if renewed != draft.prefill:
        draft.prefill = renewed
        Draft.objects.filter(pk=draft.pk).update(prefill=draft.prefill)
        filling.look_again()


def known_of(questions: Iterable[Question], assignment: Assignment) -> dict[str, Raw]:
    """Question id -> what its source knows. A source that has gone since publishing leaves the question empty."""
    wanted = [question for question in questions if question.prefill in prefill_sources]
    return as_typed(
        wanted,
        {
            question.id: prefill_sources.get(question.prefill)(assignment.addressee, assignment)
            for question in wanted
        },
    )


def as_typed(questions: Iterable[Question], said: Mapping[str, Raw]) -> dict[str, Raw]:
    """Question id -> what was `said` of it, as if somebody had typed it. Nothing where nothing was said."""
    return {
        question.id: question_types.get(question.type).known(question, said[question.id])
        for question in questions
        if said.get(question.id)
    }


def _fill_from_last_time(party: Party, assignment: Assignment, now: datetime) -> None:
    """A form that was opened again begins with what was sent: answers, order of items, files."""
    last = Submission.objects.filter(assignment=assignment).select_related("content").first()
    if last is None or not hasattr(last, "content"):
        return
    StepAnswers.objects.bulk_create(
        StepAnswers(party=party, saved_at=now, **page) for page in last.content.typed
    )
    for file in last.files.filter(role=SubmissionFile.Role.UPLOAD).exclude(question=Upload.SCAN):
        share(Upload(party=party, step=file.step, item=file.item, question=file.question), file)
