"""What the pages of a sent form show."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import clock_text, day_text, local_day
from core.people import Person
from forms_engine import richtext
from forms_engine.access import hidden_files, sent_before_and_after
from forms_engine.models import Assignment, Submission, SubmissionFile
from forms_engine.pages.answers import cards_of
from forms_engine.pages.files import file_line
from forms_engine.pages.notice import notice_of
from forms_engine.registries import turns
from forms_engine.start import names_for
from forms_engine.tree import from_json
from forms_engine.versions import spec_said
from forms_engine.ways_back import way_back
from forms_engine.wording import wording_for


def receipt_page(submission: Submission, reader: Person, *, is_sender: bool) -> dict[str, Any]:
    """The receipt: reference, when, what happens next, and the files that `reader` may see."""
    hidden = hidden_files(submission, reader)
    form = spec_said(submission.version_id)
    wording = wording_for(names_of(submission), form.translations)
    _before, after = sent_before_and_after(submission, reader)
    return {
        "submission": submission,
        "title": wording(form.title),
        "form_for": form_for(submission.assignment),
        "is_sender": is_sender,
        "after": after,
        "turn": _turn(submission, reader) if is_sender and not after else None,
        "assisted_text": assisted_text(submission),
        "sent_text": sent_text(submission),
        "margin_text": margin_text(submission.due, local_day(submission.submitted_at)),
        "has_content": hasattr(submission, "content"),
        "files": [
            file_line(file, is_sender=is_sender)
            for file in uploads_of(submission)
            if str(file.pk) not in hidden
        ],
        "next_nodes": richtext.parse(form.submitted, wording) if form.submitted else [],
        "notice": notice_of(submission),
        "way_back": way_back(submission.assignment),
    }


def _turn(submission: Submission, reader: Person) -> object | None:
    """What its sender waits for now, and until when. Domains say it in English: on a page in Welsh it is left out."""
    asked = submission.assignment
    if asked is None or asked.about_kind not in turns or get_language() != settings.LANGUAGE_CODE:
        return None
    return turns.get(asked.about_kind)(reader, asked)


def sent_print_page(submission: Submission) -> dict[str, Any]:
    # A copy: what fewer people may read than the rest stands on none.
    tree = from_json(submission.content.tree).without(lambda circle: True)
    return {
        "title": tree.title,
        "form_for": form_for(submission.assignment),
        "reference": submission.reference,
        "sent_text": sent_text(submission),
        "cards": cards_of(tree),
        "back": reverse("forms:sent", args=[submission.pk]),
    }


def language_of(submission: Submission) -> str:
    """In which it was filled in."""
    return submission.language or settings.LANGUAGE_CODE


def names_of(submission: Submission) -> dict[str, str]:
    """What wordings name, as the form was sent."""
    assignment = submission.assignment
    return names_for(assignment) if assignment else {}


def form_for(assignment: Assignment | None) -> str:
    """ "For Ada"; nothing where the form is about nobody by name."""
    return _("For %(name)s") % {"name": assignment.about_name} if assignment and assignment.about_name else ""


def sent_text(submission: Submission) -> str:
    return _("Sent on %(day)s at %(time)s.") % {
        "day": day_text(submission.submitted_at),
        "time": clock_text(submission.submitted_at),
    }


def assisted_text(submission: Submission) -> str:
    """Who filled it in for whom; "" where its person did so herself."""
    if not submission.is_assisted:
        return ""
    words = {
        "helper": submission.assisted_by.full_name,
        "name": submission.submitted_by.full_name if submission.submitted_by else "",
        "how": submission.how_text(),
    }
    return _("%(helper)s of the council filled it in for %(name)s (%(how)s).") % words


def margin_text(due: dt.date | None, sent_on: dt.date) -> str:
    """How long before the last day that was; nothing where there is none, or it had passed."""
    if due is None or sent_on > due:
        return ""
    days = (due - sent_on).days
    if not days:
        return _("That was on the last day.")
    return ngettext(
        "That is %(days)s day before the last day.", "That is %(days)s days before the last day.", days
    ) % {"days": days}


def uploads_of(submission: Submission) -> list[SubmissionFile]:
    return list(submission.files.filter(role=SubmissionFile.Role.UPLOAD))
