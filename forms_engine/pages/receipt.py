"""What the pages of a sent form show."""

import datetime as dt
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import clock_text, day_text, local_day
from forms_engine import richtext
from forms_engine.models import Assignment, Submission, SubmissionFile
from forms_engine.pages.answers import cards_of
from forms_engine.tree import from_json
from forms_engine.versions import spec_of
from forms_engine.ways_back import way_back
from forms_engine.wording import wording_for


class FileLine(NamedTuple):
    name: str
    url: str
    size: int  # bytes
    said: str
    opens: bool


def receipt_page(submission: Submission, *, is_sender: bool) -> dict[str, Any]:
    """The receipt: reference, when, what happens next, and the files."""
    form = spec_of(submission.version)
    wording = wording_for(names_of(submission))
    return {
        "submission": submission,
        "title": wording(form.title),
        "is_sender": is_sender,
        "sent_text": sent_text(submission),
        "margin_text": margin_text(submission.assignment, local_day(submission.submitted_at)),
        "has_content": hasattr(submission, "content"),
        "files": [file_line(file, is_sender=is_sender) for file in uploads_of(submission)],
        "next_nodes": richtext.parse(wording(form.submitted)) if form.submitted else [],
        "way_back": way_back(submission.assignment),
    }


def sent_print_page(submission: Submission) -> dict[str, Any]:
    tree = from_json(submission.content.tree)
    return {
        "title": tree.title,
        "form_for": form_for(submission.assignment),
        "reference": submission.reference,
        "sent_text": sent_text(submission),
        "cards": cards_of(tree),
        "back": reverse("forms:sent", args=[submission.pk]),
    }


def names_of(submission: Submission) -> dict[str, str]:
    about = submission.assignment.about_name if submission.assignment else ""
    return {"child": about} if about else {}


def form_for(assignment: Assignment | None) -> str:
    """ "For Ada"; nothing where the form is about nobody by name."""
    return _("For %(name)s") % {"name": assignment.about_name} if assignment and assignment.about_name else ""


def sent_text(submission: Submission) -> str:
    return _("Sent on %(day)s at %(time)s.") % {
        "day": day_text(submission.submitted_at),
        "time": clock_text(submission.submitted_at),
    }


def margin_text(assignment: Assignment | None, sent_on: dt.date) -> str:
    """How long before the last day that was; nothing where there is none, or it had passed."""
    if assignment is None or assignment.due is None or sent_on > assignment.due:
        return ""
    days = (assignment.due - sent_on).days
    if not days:
        return _("That was on the last day.")
    return ngettext(
        "That is %(days)s day before the last day.", "That is %(days)s days before the last day.", days
    ) % {"days": days}


def uploads_of(submission: Submission) -> list[SubmissionFile]:
    return list(submission.files.filter(role=SubmissionFile.Role.UPLOAD))


def file_line(file: SubmissionFile, *, is_sender: bool) -> FileLine:
    opens = file.opens_for_uploader if is_sender else file.opens_for_others
    url = reverse("forms:sent_file", args=[file.submission_id, file.pk])
    return FileLine(file.name, url, file.size, file.get_scan_display(), opens)
