"""The PDF of a form: of one in progress, marked as not sent, and of one that was sent, made once and kept."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core import pdf
from core.council import council_settings
from core.private_files import keep_made
from forms_engine.models import Submission, SubmissionFile
from forms_engine.pages.answers import Answer, Card, cards_of
from forms_engine.pages.receipt import assisted_text, form_for, language_of, sent_text
from forms_engine.tree import Tree, from_json


def pdf_of_draft(tree: Tree, request: HttpRequest) -> bytes:
    """A copy to keep or discuss: it says that it was not sent."""
    return pdf_of_unsent(tree, _("This form has not been sent. It is a copy of the answers so far."), request)


def pdf_of_unsent(tree: Tree, notice: str, request: HttpRequest | None = None) -> bytes:
    """The same with what `notice` says of it."""
    return pdf.render("answers", _data(tree, request, notice=notice))


def pdf_of_submission(submission: Submission, request: HttpRequest) -> SubmissionFile:
    """The PDF of what was sent: made when it is first asked for, in the language it was sent in, and kept."""
    kept = submission.files.filter(role=SubmissionFile.Role.PDF).first()
    if kept:
        return kept
    with override(language_of(submission)):
        return _keep(submission, _render(submission, request))


def _render(submission: Submission, request: HttpRequest) -> bytes:
    # One file for all who may read the form: what fewer may read is not in it.
    tree = from_json(submission.content.tree).without(lambda circle: True)
    data = _data(
        tree, request, whose=whose(submission), reference=submission.reference, sent=sent_text(submission)
    )
    return pdf.render("answers", data)


def whose(submission: Submission) -> str:
    """ "For Ada. Sent by Sam Parent." """
    about, person = form_for(submission.assignment), submission.submitted_by
    by = _("Sent by %(name)s.") % {"name": person.full_name} if person else ""
    by = assisted_text(submission) or by
    return " ".join(part for part in (f"{about}." if about else "", by) if part)


def _keep(submission: Submission, content: bytes) -> SubmissionFile:
    file = SubmissionFile(submission=submission, role=SubmissionFile.Role.PDF)
    try:
        with transaction.atomic():
            return keep_made(file, f"{submission.reference}.pdf", content)
    except IntegrityError:
        # Somebody asked for it at the same moment: theirs is the one.
        return submission.files.get(role=SubmissionFile.Role.PDF)


def _data(
    tree: Tree,
    request: HttpRequest | None,
    *,
    notice: str = "",
    whose: str = "",
    reference: str = "",
    sent: str = "",
) -> dict[str, Any]:
    """What `core/pdf/answers.typ` asks for."""
    return {
        "lang": get_language() or "en-gb",
        "title": tree.title,
        "council": council_settings(request).council_name,
        "whose": whose,
        "reference": reference,
        "sent": sent,
        "notice": notice,
        "labels": {
            "reference": _("Reference"),
            "question": _("Question"),
            "answer": _("Answer"),
            "none": _("Not answered"),
            "page": _("Page"),
            "of": _("of"),
        },
        "sections": [_section(card) for card in cards_of(tree)],
    }


def _section(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "rows": [_row(row) for row in card.rows],
        "items": [{"title": item.title, "rows": [_row(row) for row in item.rows]} for item in card.items],
    }


def _row(row: Answer) -> dict[str, Any]:
    table = asdict(row.table) if row.table else None
    return {"asked": row.asked, "said": list(row.said), "empty": not row.said, "table": table}
