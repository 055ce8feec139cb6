"""The forms that somebody sent or began, for the download of all that is held about her."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.dates import day_text
from core.people import Person
from core.personal_data import Section
from forms_engine import drafts
from forms_engine.access import hidden_files, is_still_open
from forms_engine.models import LastCopy, Party, Submission, SubmissionFile
from forms_engine.pages.answers import Answer, cards_of
from forms_engine.tree import Tree, from_json


def export(person: Person, day: dt.date) -> Iterator[Section]:
    """Those about what she may still open. What only staff may read in a form is left out."""
    sent = Submission.objects.sent_by(person, day).filter(content__isnull=False)
    for submission in sent.select_related("content").prefetch_related("files"):
        title = _("Sent form %(reference)s") % {"reference": submission.reference}
        hidden = hidden_files(submission, person)
        uploads = [file for file in submission.files.all() if file.role == SubmissionFile.Role.UPLOAD]
        files = [file.name for file in uploads if str(file.pk) not in hidden]
        facts = [(_("Sent on"), [day_text(submission.submitted_at)]), (_("Files"), files)]
        yield from _form(title, facts, from_json(submission.content.tree).without(bool))
    begun = Party.objects.filter(user=person.pk, draft__submitted_at=None).select_related("draft__assignment")
    for party in begun.order_by("draft__begun_at"):
        if is_still_open(person, party.draft.assignment, day):
            filling = drafts.load(party, day)
            facts = [(_("Begun on"), [day_text(party.draft.begun_at)])]
            yield from _form(_("Form that you began"), facts, filling.copy())
    copies = LastCopy.objects.open_to(person, day)
    yield Section(
        _("Last copies of forms that were deleted"),
        [
            (copy.title, [copy.about, _("Kept until %(day)s") % {"day": day_text(copy.until)}])
            for copy in copies
        ],
    )


def _form(title: str, facts: Iterable[tuple[str, list[str]]], tree: Tree) -> Iterator[Section]:
    yield Section(f"{title}: {tree.title}", [fact for fact in facts if fact[1]])
    for card in cards_of(tree):
        yield Section(f"{tree.title}: {card.title}", [_said(row) for row in card.rows])
        for item in card.items:
            yield Section(f"{tree.title}: {card.title}, {item.title}", [_said(row) for row in item.rows])


def _said(row: Answer) -> tuple[str, list[str]]:
    if row.table:
        return row.asked, [", ".join(cells) for cells in row.table.rows]
    return row.asked, [str(line) for line in row.said]
