"""What speaks against recording something yet: said before it is written down, and no bar to it."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from casework.models import Action, Case
from casework.rules.deadlines import deadlines, open_to_family
from casework.rules.timetable import TIMETABLES, Event
from casework.selectors import answers_draft
from core.dates import weekday_day_text


def too_early(case: Case, event: Event, day: dt.date) -> list[str]:
    """Sentences for staff: a final plan sent while somebody may still say what she thinks of the draft."""
    if event is not Event.FINAL_ISSUED:
        return []
    asked = case.actions.with_forms().select_related("assignment__addressee")
    waiting = [action for action in asked if answers_draft(action) and action.assignment.is_waiting]
    return [*_forms(waiting, day), *_by_law(case, waiting, day)]


def _forms(waiting: Sequence[Action], day: dt.date) -> list[str]:
    said = []
    for action in waiting:
        asked = action.assignment
        if asked.due is None or asked.due < day:
            continue
        words = {"name": asked.addressee.full_name, "day": weekday_day_text(asked.due)}
        if asked.is_wanted_again:
            said.append(_("The form of %(name)s was opened again, and can be sent until %(day)s.") % words)
        else:
            said.append(_("%(name)s has not sent comments on the draft, and has until %(day)s.") % words)
    return said


def _by_law(case: Case, waiting: Sequence[Action], day: dt.date) -> list[str]:
    """Where everybody who was asked has answered, nobody's days are cut short."""
    events = {row.event: row.day for row in case.history()}
    comments = open_to_family(deadlines(TIMETABLES.get(case.timetable, ()), events), day)
    if comments is None or not (comments.is_open or waiting):
        return []
    words = {"period": comments.row.period, "day": weekday_day_text(comments.due)}
    return [_("By law the family has at least %(period)s days from the draft: until %(day)s.") % words]
