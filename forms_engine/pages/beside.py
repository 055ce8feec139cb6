"""The pages beside a form's steps: "your form is saved", and the copy to print."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import clock_text, day_text, local_day
from forms_engine import expiry, progress
from forms_engine.drafts import Filling, saved_at
from forms_engine.pages.answers import cards_of
from forms_engine.pages.frame import frame
from forms_engine.pages.last_day import last_day
from forms_engine.pages.receipt import form_for
from forms_engine.ways_back import way_back_of


def saved_page(filling: Filling) -> dict[str, Any]:
    """That it is saved, and that it is not sent."""
    saved = saved_at(filling)
    return frame(filling, None) | {
        "form_for": form_for(filling.draft.assignment),
        "saved_text": saved_text(saved, filling.today) if saved else "",
        "progress": progress.said(filling),
        "last_day": last_day(filling.draft.assignment, filling.today),
        "close_text": way_back_of(filling.party).text,
        "due": None,
        "kept_until": expiry.of(filling.draft, _last_worked(filling, saved)),
    }


def _last_worked(filling: Filling, saved: dt.datetime | None) -> dt.datetime:
    added = [upload.added_at for uploads in filling.files.values() for upload in uploads]
    return max([filling.draft.begun_at, *([saved] if saved else []), *added])


def saved_text(at: dt.datetime, today: dt.date) -> str:
    """When something was last saved."""
    if local_day(at) == today:
        return _("Saved today at %(time)s.") % {"time": clock_text(at)}
    return _("Last saved on %(day)s at %(time)s.") % {"day": day_text(at), "time": clock_text(at)}


def print_page(filling: Filling) -> dict[str, Any]:
    """The answers so far: a copy, and it says so."""
    return {
        "title": filling.wording(filling.form.title),
        "form_for": form_for(filling.draft.assignment),
        "notice": _("This form has not been sent. It is a copy of the answers so far."),
        "cards": cards_of(filling.copy()),
        "back": reverse("forms:resume", args=[filling.draft.pk]),
    }
