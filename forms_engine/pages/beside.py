"""The pages beside a form's steps: "your form is saved", and the copy to print."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import clock_text, day_text, local_day
from forms_engine.drafts import Filling
from forms_engine.pages.answers import cards_of
from forms_engine.pages.frame import frame
from forms_engine.pages.last_day import last_day
from forms_engine.pages.receipt import form_for
from forms_engine.rules.journey import State
from forms_engine.ways_back import way_back


def saved_page(filling: Filling) -> dict[str, Any]:
    """That it is saved, and that it is not sent."""
    sections = filling.journey.sections
    done = sum(section.state is State.DONE for section in sections)
    progress = _("You have done %(done)s of %(sections)s sections.")
    return frame(filling, None) | {
        "form_for": form_for(filling.draft.assignment),
        "saved_text": saved_text(filling),
        "progress": progress % {"done": done, "sections": len(sections)},
        "last_day": last_day(filling.draft.assignment, filling.today),
        "close_text": way_back(filling.draft.assignment).text,
        "due": None,
    }


def saved_text(filling: Filling) -> str:
    """When something was last saved; nothing where nothing was yet."""
    if not filling.rows:
        return ""
    at = max(row.saved_at for row in filling.rows.values())
    if local_day(at) == filling.today:
        return _("Saved today at %(time)s.") % {"time": clock_text(at)}
    return _("Last saved on %(day)s at %(time)s.") % {"day": day_text(at), "time": clock_text(at)}


def print_page(filling: Filling) -> dict[str, Any]:
    """The answers so far: a copy, and it says so."""
    return {
        "title": filling.wording(filling.form.title),
        "form_for": form_for(filling.draft.assignment),
        "notice": _("This form has not been sent. It is a copy of the answers so far."),
        "cards": cards_of(filling.tree()),
        "back": reverse("forms:resume", args=[filling.draft.pk]),
    }
