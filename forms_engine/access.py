"""Who may open what. Each function fetches and authorises in one query; the rest is "not found", and noted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from core import audit, limiter
from core.access import is_signed_in, refuse
from core.dates import today
from core.people import Person
from core.prepared import prepared
from forms_engine.guest_cookie import browser_of
from forms_engine.models import (
    Assignment,
    Delivery,
    Draft,
    FormDefinition,
    LastCopy,
    Party,
    Submission,
    SubmissionFile,
    Upload,
)
from forms_engine.registries import (
    Audience,
    Matter,
    about_names,
    audiences,
    circles,
    helpers,
    matters,
    still_open,
    subjects,
)
from forms_engine.spec import STAFF
from forms_engine.tree import Tree, from_json
from forms_engine.versions import spec_for, spec_of


class HelpIsOver(Http404):
    """Its person goes on alone with the form that a member of staff helped with: `party` is hers, as the helper's."""

    def __init__(self, party: Party) -> None:
        super().__init__("help is over")
        self.party = party


def own_assignment(request: HttpRequest, assignment_id: UUID, at: dt.date | None = None) -> Assignment:
    """The form that this person was asked to fill in, and still may at `at` (today). A withdrawn one says so itself."""
    found = Assignment.objects.select_related("form", "asked_by")
    assignment = found.filter(pk=assignment_id, addressee=request.user.pk).first()
    if assignment is None or not is_still_open(signed_in_person(request), assignment, at or today()):
        refuse(request, "forms_engine.assignment", assignment_id)
    return assignment


def offered_form(request: HttpRequest, slug: str, at: dt.date) -> tuple[FormDefinition, Audience]:
    """A form that this person may begin by herself, and as whom."""
    form = FormDefinition.objects.filter(slug=slug, live=True).first()
    audience = audiences.get(form.offered_to) if form and form.offered_to in audiences else None
    if form is None or audience is None or not audience.holds(signed_in_person(request), at):
        refuse(request, "forms_engine.formdefinition", slug)
    return form, audience


def open_to_guests(request: HttpRequest, slug: str) -> FormDefinition | None:
    """A form that somebody may begin before she signs in; None where there is none such."""
    return FormDefinition.objects.for_guests().filter(slug=slug).first()


def guest_party(request: HttpRequest, draft_id: UUID) -> Party | None:
    """The part in a draft of whoever has begun it in this browser and has not signed in; None where it is not hers."""
    browser = browser_of(request)
    if not browser:
        return None
    found = Party.objects.select_related("draft__assignment")
    party = found.filter(draft=draft_id, browser=browser).first()
    if party:
        party.network = limiter.network(request)
    return party


def own_party(request: HttpRequest, draft_id: UUID, at: dt.date | None = None) -> Party:
    """This person's part in a draft that is still hers at `at` (today), with draft and assignment.

    Or somebody else's, for whom this member of staff fills it in: `helper` then says so. Sent and withdrawn ones too.
    A look of theirs is written down. Raises HelpIsOver, which is "not found" to whoever does not catch it.
    """
    party = _open_party(signed_in_person(request), draft_id, at or today())
    if party is None:
        refuse(request, "forms_engine.draft", draft_id)
    if party.helper:
        audit.record(
            "draft.read", request=request, obj=party.draft, subject=subject_of(party.draft.assignment)
        )
    return party


def _open_party(person: Person, draft_id: UUID, day: dt.date) -> Party | None:
    party = next(iter(_parties(draft_id, person.pk)), None) or _helped(person, draft_id, day)
    whose = cast(Person, party.user) if party and party.helper else person
    if party is None or not is_still_open(whose, party.draft.assignment, day):
        return None
    if party.helper and not party.draft.is_helped:
        raise HelpIsOver(party)
    return party


def _helped(person: Person, draft_id: UUID, day: dt.date) -> Party | None:
    """The part of somebody for whom `person` fills in a draft, and still may on `day`."""
    found = Party.objects.select_related("draft__assignment", "user")
    party = found.filter(draft=draft_id, draft__assisted_by=person.pk).first()
    if party is None or not may_help(person, party.draft.assignment, day):
        return None
    party.helper = person
    return party


def own_last_copy(request: HttpRequest, copy_id: UUID) -> LastCopy:
    """What is left of a form of this person that was deleted unfinished. That she took it is written down."""
    copy = LastCopy.objects.open_to(signed_in_person(request), today()).filter(pk=copy_id).first()
    if copy is None:
        refuse(request, "forms_engine.lastcopy", copy_id)
    audit.record_hourly("lastcopy.download", request=request, obj=copy)
    return copy


def may_help(person: Person, assignment: Assignment | None, day: dt.date) -> bool:
    """Whether `person`, of the council's staff, may fill in a form for its addressee: the domain says so."""
    if assignment is None or assignment.about_kind not in helpers:
        return False
    return helpers.get(assignment.about_kind).may(person, assignment, day)


@prepared
def _parties(draft: Any, person: Any) -> QuerySet[Party]:
    found = Party.objects.select_related("draft__assignment")
    return found.filter(draft=draft, user=person)


def own_upload(request: HttpRequest, draft_id: UUID, file_id: UUID, *, is_small: bool) -> Upload:
    """A file of an unsent form that is still this person's, or that she fills in for somebody.

    It is written down, of one's own once an hour, but for one's own small pictures (`is_small`), which are a part of
    one's own pages.
    """
    if is_signed_in(request):
        party = _open_party(signed_in_person(request), draft_id, today())
    else:
        party = guest_party(request, draft_id)
    upload = Upload.objects.filter(pk=file_id, party=party).first() if party else None
    if party is None or upload is None or not _is_asked_for(upload, party):
        refuse(request, "forms_engine.upload", file_id)
    if party.helper or not is_small:
        write = audit.record if party.helper else audit.record_hourly
        write("upload.read", request=request, obj=upload, subject=subject_of(party.draft.assignment))
    return upload


def _is_asked_for(upload: Upload, party: Party) -> bool:
    """Whether it answers what this typist is asked: what staff keep for themselves is not their person's to open.

    The scan of her paper answers no question, and is hers.
    """
    form = spec_for(party.draft, today(), by_staff=party.helper is not None)
    return upload.question == Upload.SCAN or upload.question in {question.id for question in form.questions()}


def is_still_open(person: Person, assignment: Assignment | None, day: dt.date) -> bool:
    """Whether what the form is about is open to its addressee on `day`: the domain that asked for it says so."""
    if assignment is None or assignment.about_kind not in still_open:
        return True
    return still_open.get(assignment.about_kind)(person, assignment, day)


def visible_submission(request: HttpRequest, submission_id: UUID, *, is_download: bool = False) -> Submission:
    """A sent form that this person may read. A look by anybody but the sender is written down, and any download.

    The sender's own are written once an hour.
    """
    found = Submission.objects.visible_to(signed_in_person(request)).select_related(
        "assignment", "content", "notice", "assisted_by"
    )
    submission = found.filter(pk=submission_id).first()
    if submission is None:
        refuse(request, "forms_engine.submission", submission_id)
    if is_download or not is_sender(request, submission):
        verb = "submission.download" if is_download else "submission.read"
        write = audit.record_hourly if is_sender(request, submission) else audit.record
        write(verb, request=request, obj=submission, subject=subject_of(submission))
    return submission


def visible_file(
    request: HttpRequest, submission_id: UUID, file_id: UUID, *, is_small: bool
) -> SubmissionFile:
    """A file of a sent form that this person may read. It is written down, of the sender's own once an hour.

    Small pictures (`is_small`) of the sender's own are not: they are a part of her pages.

    Whether it may be opened yet is `core.private_files.respond`'s to say.
    """
    person = signed_in_person(request)
    visible = Submission.objects.visible_to(person).filter(pk=submission_id)
    found = SubmissionFile.objects.filter(submission__in=visible, pk=file_id)
    file = found.select_related("submission__content", "submission__assignment").first()
    if file is None or str(file.pk) in hidden_files(file.submission, person):
        refuse(request, "forms_engine.submissionfile", file_id)
    if not (is_small and is_sender(request, file.submission)):
        write = audit.record_hourly if is_sender(request, file.submission) else audit.record
        write("submission.file", request=request, obj=file, subject=subject_of(file.submission))
    return file


def subject_of(form: Submission | Assignment | None) -> Model | None:
    """Whom a form is about that was sent or asked for, for the audit; None where no domain says so."""
    if form is None or form.about_id is None or form.about_kind not in subjects:
        return None
    return subjects.get(form.about_kind)(form.about_id)


def names_of_subjects(submissions: Iterable[Submission], person: Person) -> dict[UUID, str]:
    """The full names of whom `submissions` are about, by `about_id`, of those that `person` may know.

    `submissions`: ones that she may see. One query for each kind of thing that they are about.
    """
    ids: dict[str, set[UUID]] = defaultdict(set)
    for submission in submissions:
        if submission.about_id and submission.about_kind in about_names:
            ids[submission.about_kind].add(submission.about_id)
    found: dict[UUID, str] = {}
    for kind, wanted in ids.items():
        found |= about_names.get(kind)(person, wanted)
    return found


def references_of_files(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Of the sent forms that these files came with, of those that `person` may see. A file's own name is private."""
    visible = Submission.objects.visible_to(person)
    found = SubmissionFile.objects.filter(pk__in=ids, submission__in=visible)
    return dict(found.values_list("pk", "submission__reference"))


def references_of_deliveries(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Of the sent forms that are or were on their way, of those that `person` may see."""
    found = Delivery.objects.visible_to(person).filter(pk__in=ids)
    return dict(found.values_list("pk", "submission__reference"))


def ids_of_reference(person: Person, reference: str) -> Iterable[UUID]:
    """The sent form with this reference, its files and its deliveries, where `person` may see it."""
    found = Submission.objects.visible_to(person).filter(reference=reference)
    parts = found.values_list("pk", "files", "deliveries")
    return (pk for row in parts for pk in row if pk)


def sent_before_and_after(
    submission: Submission, person: Person
) -> tuple[Submission | None, Submission | None]:
    """(what it replaced, what replaced it), of what `person` may see: sent next before and after it. One query."""
    if submission.assignment_id is None:
        return None, None
    sent = Submission.objects.visible_to(person).filter(assignment=submission.assignment_id)
    rows: list[Submission | None] = [None, *sent.order_by("submitted_at", "id"), None]
    at = rows.index(submission)
    return rows[at - 1], rows[at + 1]


def matter_of(submission: Submission, person: Person) -> Matter | None:
    """What `submission` belongs to in the app that asked for it, with what `person` may do there."""
    if submission.about_kind not in matters:
        return None
    return matters.get(submission.about_kind)(person, submission)


def readable(submission: Submission, person: Person) -> Tree:
    """The answers of `submission`, which has its content, that `person` may read. Nobody is in an unknown circle."""
    return from_json(submission.content.tree).without(_shut_to(person, submission))


def hidden_files(submission: Submission, person: Person) -> frozenset[str]:
    """The ids of its files that `person` may not see, since they belong to answers that fewer people may read."""
    if not hasattr(submission, "content"):
        return frozenset()
    is_shut = _shut_to(person, submission)
    return frozenset(
        file.id
        for row in from_json(submission.content.tree).rows()
        if row.files and row.readers and is_shut(row.readers)
        for file in row.files
    )


def shut_questions(submission: Submission, person: Person) -> frozenset[str]:
    """The ids of the questions of its form whose answers in `submission` are not for `person` to read."""
    is_shut = _shut_to(person, submission)
    return frozenset(
        question.id
        for question in spec_of(submission.version_id).questions()
        if question.readers and is_shut(question.readers)
    )


def _shut_to(person: Person, submission: Submission) -> Callable[[str], bool]:
    """Whether answers for a circle are none for `person` to read. Each circle is asked about once, which may query."""
    return cache(lambda circle: not is_in_circle(circle, person, submission))


def is_in_circle(circle: str, person: Person, submission: Submission) -> bool:
    """Whether `person` may read the answers of `submission` that are for this circle alone."""
    if circle == STAFF:
        return Submission.objects.read_at_work(person).filter(pk=submission.pk).exists()
    return circle in circles and circles.get(circle)(person, submission)


def is_sender(request: HttpRequest, submission: Submission) -> bool:
    return submission.submitted_by_id == request.user.pk


def may_fill(party: Party) -> bool:
    """Whether there is still something to fill in: not sent, not withdrawn, not accepted."""
    draft: Draft = party.draft
    return draft.is_open and (draft.assignment is None or draft.assignment.is_waiting)


def signed_in_person(request: HttpRequest) -> Person:
    """The person behind a request that `core.access.signed_in` let through."""
    return cast(Person, request.user)
