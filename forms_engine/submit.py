"""Send a form: once, whole, and in one transaction with what it changes in our own database."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import get_language

from core import audit, outbox
from core.private_files import share
from core.references import new_reference
from forms_engine import definition, delivery, drafts, tree
from forms_engine.access import subject_of
from forms_engine.drafts import Filling
from forms_engine.models import (
    Assignment,
    Draft,
    Party,
    StepAnswers,
    Submission,
    SubmissionContent,
    SubmissionFile,
    Upload,
)
from forms_engine.registries import handlers
from forms_engine.rules.assignment import before

# The email to whoever sent a form of which nothing becomes.
LETTER = "form-received"
# A reference is one of 3.8 thousand million: that three fresh ones in a row are taken does not happen.
_TRIES = 3


class NotComplete(Exception):
    """Something that is required is missing, or something that was typed cannot stand."""


class Changed(Exception):
    """The answers are others than those that were shown to whoever sends them."""


class NotOpen(Exception):
    """There is nothing to send: the assignment was withdrawn meanwhile."""


class NobodyReads(Exception):
    """Nothing of the site takes this form any more: what becomes of it was registered when it was published."""


def submit(party: Party, now: dt.datetime, today: dt.date, shown: str) -> Submission:
    """Send what `party` filled in, as it stands in the database now; `today` is the day that its rules read.

    A draft gives one submission, whoever asks how often. Raises Changed where that is not what was `shown`
    (`shown_answers`), NotComplete, NotOpen, NobodyReads, and Shut where the draft is gone, or is with somebody else
    now.
    """
    with transaction.atomic():
        # Whoever sends the same draft at the same time waits here, and then finds it sent.
        found = Draft.objects.select_for_update(of=("self",)).select_related("assignment")
        draft = found.filter(pk=party.draft_id).first()
        if draft is None:
            raise drafts.Shut
        if not draft.is_open:
            return Submission.objects.get(draft_id=draft.pk)
        if not draft.is_for(party.helper):
            raise drafts.Shut
        party.draft = draft
        filling = drafts.load(party, today)
        if shown_answers(filling) != shown:
            raise Changed
        return _send(filling, now)


def shown_answers(filling: Filling) -> str:
    """What tells the answers that would be sent now from others: all but those on the page that sends them."""
    last = filling.journey.path[-1].step.questions_by_id
    return definition.digest({id: value for id, value in filling.journey.values.items() if id not in last})


def _send(filling: Filling, now: dt.datetime) -> Submission:
    party = filling.party
    if not filling.journey.is_complete or (party.helper and not party.draft.said_yes):
        raise NotComplete
    if filling.form.handler and filling.form.handler not in handlers:
        raise NobodyReads
    _close(party, now)
    sent = filling.with_staffs_part()
    content = _content(sent)
    submission = _record(filling, content, now)
    content.submission = submission
    content.save(force_insert=True)
    _hand_over_files(sent, submission)
    # From here on the content lives in one place, which is deletable by rule.
    StepAnswers.objects.filter(party=party).delete()
    Upload.objects.filter(party=party).delete()
    if filling.form.handler:
        handlers.get(filling.form.handler).on_submitted(submission)
    delivery.ask(submission, filling.form.handler)
    if party.helper:
        how = submission.assisted_how
        audit.record(
            "submission.assisted",
            actor=party.helper,
            obj=submission,
            subject=subject_of(submission),
            reason=how,
        )
    _tell(submission, handlers.get(filling.form.handler).letter if filling.form.handler else LETTER)
    return submission


def _close(party: Party, now: dt.datetime) -> None:
    Draft.objects.filter(pk=party.draft_id).update(submitted_at=now)
    assignment = party.draft.assignment_id
    if assignment is None:
        return
    waiting = Assignment.objects.filter(pk=assignment, state__in=before(Assignment.State.SUBMITTED))
    if not waiting.update(state=Assignment.State.SUBMITTED):
        raise NotOpen


def _content(filling: Filling) -> SubmissionContent:
    return SubmissionContent(
        values=dict(filling.journey.values),
        tree=tree.to_json(filling.tree()),
        typed=[
            {"step": step, "item": item, "answers": row.answers}
            for (step, item), row in sorted(filling.rows.items(), key=lambda entry: entry[1].order)
            if step in filling.journey.steps
        ],
    )


def _record(filling: Filling, content: SubmissionContent, now: dt.datetime) -> Submission:
    assignment = filling.draft.assignment
    salt = secrets.token_hex(16)
    submission = Submission(
        draft_id=filling.draft.pk,
        version_id=filling.draft.version_id,
        notice_id=filling.draft.notice_id,
        assignment=assignment,
        submitted_by=filling.party.user,
        about_kind=assignment.about_kind if assignment else "",
        about_id=assignment.about_id if assignment else None,
        submitted_at=now,
        today=filling.today,
        due=assignment.due if assignment else None,
        language=get_language() or "",
        salt=salt,
        digest=digest(salt, content),
    )
    if filling.party.helper:
        submission.assisted_by_id = filling.party.helper.pk
        submission.assisted_how = filling.draft.assisted_how
        submission.assisted_on = filling.draft.assisted_on
    return _with_reference(submission, filling.form.reference_prefix)


def _with_reference(submission: Submission, prefix: str) -> Submission:
    """Save it under a reference that nobody has."""
    for tries_left in reversed(range(_TRIES)):
        submission.reference = new_reference(prefix)
        try:
            with transaction.atomic():
                submission.save(force_insert=True)
        except IntegrityError:
            if not tries_left:
                raise
        else:
            break
    return submission


def digest(salt: str, content: SubmissionContent) -> str:
    """What tells that a content is the one that was sent, and tells nothing else about it (the salt goes with it)."""
    plain: dict[str, Any] = {"values": content.values, "tree": content.tree, "typed": content.typed}
    return hashlib.sha256(salt.encode() + definition.canonical(plain)).hexdigest()


def _hand_over_files(filling: Filling, submission: Submission) -> None:
    for upload in _files_on_path(filling):
        file = SubmissionFile(
            # The same id: the tree and the values name the file by it.
            id=upload.pk,
            submission=submission,
            role=SubmissionFile.Role.UPLOAD,
            step=upload.step,
            item=upload.item,
            question=upload.question,
            added_at=upload.added_at,
        )
        share(file, upload)


def _files_on_path(filling: Filling) -> list[Upload]:
    """The files at questions that count. What stands on a page that is not asked for any more stays behind."""
    scans = Upload.objects.filter(party=filling.party, question=Upload.SCAN)
    return list(scans if filling.draft.is_assisted else ()) + [
        upload
        for path_step in filling.journey.path
        for page in (path_step.items or (path_step.page,))
        for question in page.asked
        for upload in filling.files_at(path_step.step.id, page.item, question)
    ]


def _tell(submission: Submission, letter: str) -> None:
    """A neutral word by email: no name of a child, no answers. None of a form whose handler has no letter."""
    if not letter:
        return
    path = reverse("forms:sent", args=[submission.pk])
    outbox.put(
        "email_person",
        {
            "person": str(submission.submitted_by_id),
            "template": "form-sent-for-you" if submission.is_assisted else letter,
            "context": {"reference": submission.reference, "path": path, "how": submission.assisted_how},
        },
    )
