"""Staff fill in a form for somebody, by phone or from paper: begun here, then filled in on the form's own pages.

The form stays the person's: it stands among hers. As soon as she saves a page herself it is hers alone again.
"""

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.dates import local_day
from core.people import Person
from core.private_files import Taken, note, written
from forms_engine.access import shut_questions, subject_of
from forms_engine.models import Draft, Party, StepAnswers, Submission, Upload
from forms_engine.models.assisted import How
from forms_engine.spec import STAFF
from forms_engine.tree import Answered, Row, Tree, TreeFile, TreeSection
from forms_engine.upload_limits import count

# What a scan of paper may be.
SCANS = ("pdf", "jpg", "png", "heic")
SAID_YES = "said-yes"
# The part of the answers that says who typed them. No step has it: nothing in it can be changed.
PART = "assisted"


class BegunByHerself(Exception):
    """What she typed is hers alone until she sends it."""


class NotAllToRead(Exception):
    """It holds answers that fewer people may read, and whoever wants to help is not one of them."""


@dataclass(frozen=True)
class Help:
    """Who helps, where the answers come from, from which day they are, and the paper they stand on: `on_disk`."""

    by: Person
    how: How
    on: dt.date
    scan: Upload | None = None


def on_disk(scan: Taken | None) -> AbstractContextManager[Upload | None]:
    """The scan for `Help`, written before anything is held; it goes again where the help does not begin."""
    return written(Upload(step="", question=Upload.SCAN), scan) if scan else nullcontext()


def begin_help(draft: Draft, help: Help, now: dt.datetime, request: HttpRequest | None = None) -> None:
    """Let a member of staff fill in `draft`, which was begun at `now` or before. Raises BegunByHerself.

    A colleague who goes on with it takes it over. Whoever helps meets every answer, so that one who may not read all
    that is there already raises NotAllToRead: what was sent and opened again brings its answers along. Call it for
    staff who may: `access.may_help`. Raises Draft.DoesNotExist where somebody has just deleted it, and FileRefused
    where the scan is too much.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=draft.pk)
        if _is_hers(draft, now):
            raise BegunByHerself
        if not draft.is_for(help.by) and _holds_what_is_shut(draft, help.by):
            raise NotAllToRead
        draft.assisted_by_id, draft.assisted_how, draft.assisted_on = help.by.pk, help.how.value, help.on
        draft.save(update_fields=["assisted_by", "assisted_how", "assisted_on"])
        if help.scan:
            help.scan.party = draft.parties.get()
            count(help.scan, str(help.by.pk), local_day(now))
            note(help.scan)
        audit.record(
            "draft.assisted",
            actor=help.by,
            request=request,
            obj=draft,
            subject=subject_of(draft.assignment),
            reason=help.how.value,
        )


def go_on_alone(party: Party, request: HttpRequest | None = None) -> None:
    """End the help with a form, since its person goes on herself. Nobody else opens it until she sends it.

    Call it before anything of hers is kept. Where nobody helps it does nothing, and asks nothing.
    """
    draft = party.draft
    if not draft.is_helped:
        return
    with transaction.atomic():
        helped = Draft.objects.filter(pk=draft.pk, submitted_at=None, alone_since=None)
        draft.alone_since, draft.said_yes = timezone.now(), ""
        if helped.update(alone_since=draft.alone_since, said_yes=""):
            audit.record("draft.alone", request=request, obj=draft, subject=subject_of(draft.assignment))


def _is_hers(draft: Draft, now: dt.datetime) -> bool:
    """Whether its person has gone on alone, or has typed or added something without anybody's help."""
    if draft.alone_since:
        return True
    if draft.is_assisted or draft.begun_at >= now:
        return False
    return draft.has_been_typed_in


def _holds_what_is_shut(draft: Draft, person: Person) -> bool:
    """Whether something is answered in `draft` that `person` could not read once it is sent."""
    assignment = draft.assignment
    sent = Submission.objects.filter(assignment=assignment).first() if assignment else None
    as_sent = sent or Submission(version_id=draft.version_id, assignment=assignment)
    shut = shut_questions(as_sent, person)
    if not shut:
        return False
    typed = StepAnswers.objects.filter(party__draft=draft).values_list("answers", flat=True)
    # A scan of the paper says all that the form does.
    files = Upload.objects.filter(party__draft=draft, question__in={*shut, Upload.SCAN})
    answered = {id for answers in (draft.prefill, *typed) for id, raw in answers.items() if raw}
    return bool(shut & answered) or files.exists()


def note_yes(party: Party, said: str) -> None:
    """Keep what she said when she was asked whether the answers are right."""
    party.draft.said_yes = " ".join(said.split())[:500]
    Draft.objects.filter(pk=party.draft_id, submitted_at=None).update(said_yes=party.draft.said_yes)


def with_help(tree: Tree, party: Party) -> Tree:
    """The answers, and below them who typed them for whom: with what is sent it stands on every copy."""
    draft = party.draft
    if not draft.is_assisted:
        return tree
    rows = [
        _row("assisted-by", _("Who typed the answers"), draft.assisted_by.full_name),
        _row("assisted-how", _("Where the answers come from"), draft.how_text()),
    ]
    if party.helper:
        asked = _("What %(name)s said when we asked whether this is right") % {"name": _name(party)}
        rows.append(_row("assisted-yes", asked, draft.said_yes))
    if scans := list(Upload.objects.filter(party=party, question=Upload.SCAN)):
        files = tuple(TreeFile(str(file.pk), file.name, file.size, file.sha256) for file in scans)
        names = [file.name for file in files]
        rows.append(_row(Upload.SCAN, _("The form on paper"), *names, files=files, readers=_readers(tree)))
    title = _("Filled in for %(name)s") % {"name": _name(party)}
    return Tree(tree.title, (*tree.sections, TreeSection(PART, PART, title, tuple(rows))))


def _name(party: Party) -> str:
    return party.user.full_name if party.user else ""


def _row(id: str, asked: str, *said: str, files: tuple[TreeFile, ...] = (), readers: str = "") -> Row:
    state = Answered.GIVEN if any(said) else Answered.MISSING
    return Row(id, PART, "", asked, tuple(text for text in said if text), state, files, None, True, readers)


def _readers(tree: Tree) -> str:
    """Who may see the paper: it says all that its person answered. Of several circles, nobody is in them all."""
    return "+".join(sorted({row.readers for row in tree.rows()} - {"", STAFF}))
