"""The page before a form: what is asked, by whom, why, until when."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from core.dates import day_text
from forms_engine.models import Assignment, Submission
from forms_engine.pages.last_day import last_day
from forms_engine.pages.receipt import form_for
from forms_engine.start import open_draft
from forms_engine.ways_back import way_back
from forms_engine.wording import wording_for


def start_page(asked: Assignment, today: dt.date, *, unpublished: bool = False) -> dict[str, Any]:
    """`unpublished`: it cannot be started, since no version of the form is out."""
    wording = wording_for({"child": asked.about_name} if asked.about_name else {})
    return {
        "assignment": asked,
        "title": wording(asked.form.title),
        "intro": wording(asked.form.intro),
        "form_for": form_for(asked),
        "asked_text": asked_text(asked),
        "begun": asked.is_waiting and open_draft(asked) is not None,
        "sent": None if asked.is_waiting else Submission.objects.filter(assignment=asked).first(),
        "unpublished": unpublished,
        "last_day": last_day(asked, today),
        "way_back": way_back(asked),
    }


def asked_text(asked: Assignment) -> str:
    """Who asked, and when."""
    words = {"day": day_text(asked.asked_at)}
    if asked.asked_by is None:
        return _("We asked you for this on %(day)s.") % words
    return _("%(name)s asked you for this on %(day)s.") % {**words, "name": asked.asked_by.full_name}
