"""The PDF of a form: of one in progress, marked as not sent, and of one that was sent, made once and kept."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import pdf
from core.council import council_settings
from core.private_files import private_storage
from forms_engine.models import Submission, SubmissionFile
from forms_engine.pages.answers import Answer, Card, cards_of
from forms_engine.pages.receipt import sent_text
from forms_engine.tree import Tree, from_json


def pdf_of_draft(tree: Tree, request: HttpRequest) -> bytes:
    """A copy to keep or discuss: it says that it was not sent."""
    notice = _("This form has not been sent. It is a copy of the answers so far.")
    return pdf.render("answers", _data(tree, request, notice=notice))


def pdf_of_submission(submission: Submission, request: HttpRequest) -> SubmissionFile:
    """The PDF of what was sent: made when it is first asked for, the same file ever after."""
    kept = submission.files.filter(role=SubmissionFile.Role.PDF).first()
    return kept or _keep(submission, _render(submission, request))


def _render(submission: Submission, request: HttpRequest) -> bytes:
    tree = from_json(submission.content.tree)
    return pdf.render(
        "answers", _data(tree, request, reference=submission.reference, sent=sent_text(submission))
    )


def _keep(submission: Submission, content: bytes) -> SubmissionFile:
    file = SubmissionFile(
        submission=submission,
        role=SubmissionFile.Role.PDF,
        name=f"{submission.reference}.pdf",
        media_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        # We made it ourselves.
        scan=SubmissionFile.Scan.CLEAN,
    )
    file.stored.save(file.name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        # Somebody asked for it at the same moment: theirs is the one.
        private_storage().delete(str(file.stored.name))
        return submission.files.get(role=SubmissionFile.Role.PDF)
    return file


def _data(
    tree: Tree, request: HttpRequest, *, notice: str = "", reference: str = "", sent: str = ""
) -> dict[str, Any]:
    """What `core/pdf/answers.typ` asks for."""
    return {
        "lang": get_language() or "en-gb",
        "title": tree.title,
        "council": council_settings(request).council_name,
        "reference": reference,
        "sent": sent,
        "notice": notice,
        "labels": {
            "reference": _("Reference"),
            "sent": "",
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
    return {"asked": row.asked, "said": list(row.said), "empty": not row.said}
