"""The page before a form: what is asked, by whom, why, until when."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from core.dates import day_text, local_day
from forms_engine.models import Assignment, Submission
from forms_engine.pages.frame import helped, idle_minutes
from forms_engine.pages.last_day import last_day
from forms_engine.pages.not_open import closed_text
from forms_engine.pages.notice import notice_shown
from forms_engine.pages.receipt import form_for
from forms_engine.rules.opening import Opening
from forms_engine.start import may_not_begin, names_for, open_draft
from forms_engine.ways_back import way_back
from forms_engine.wording import wording_for


def start_page(asked: Assignment, now: dt.datetime, *, unpublished: bool = False) -> dict[str, Any]:
    """`unpublished`: it cannot be started, since no version of the form is out."""
    begun = open_draft(asked) if asked.is_waiting else None
    shut = may_not_begin(asked, now) if asked.is_waiting and not begun else None
    unpublished = unpublished or shut is Opening.NOT_READY
    wording = wording_for(names_for(asked), asked.form.translations)
    return {
        "assignment": asked,
        "title": wording(asked.form.said("title")),
        "intro": wording(asked.form.said("intro")),
        "form_for": form_for(asked),
        "asked_text": asked_text(asked),
        "begun": begun is not None,
        "draft": begun,
        "helped": helped(begun, begun.parties.get()) if begun and begun.is_helped else "",
        "notice": notice_shown(asked.form),
        "closed": closed_text(asked.form, shut, wording) if shut else None,
        "sent": None if asked.is_waiting else Submission.objects.filter(assignment=asked).first(),
        "unpublished": unpublished,
        # Where it is not, that comes first, and nothing asks for it.
        "may_fill": asked.is_waiting and not shut and not unpublished,
        "idle_minutes": idle_minutes(),
        "last_day": last_day(asked, local_day(now)),
        "way_back": way_back(asked),
    }


def asked_text(asked: Assignment) -> str:
    """Who asked, and when."""
    words = {"day": day_text(asked.asked_at)}
    if asked.is_own:
        return _("You began this form on %(day)s.") % words
    if asked.asked_by is None:
        return _("We asked you for this on %(day)s.") % words
    return _("%(name)s asked you for this on %(day)s.") % {**words, "name": asked.asked_by.full_name}
