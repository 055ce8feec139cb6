"""Whose turn it is in a case and until when, in one sentence for staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import wording
from casework.admin.words import aim_in_words, in_words, tone_of, worked_to
from casework.models import Action
from casework.rules.stages import Task, Whose
from casework.selectors import CaseReading
from core.closed_days import working_days

OURS: Mapping[Task, Promise] = {
    Task.RECORD_REQUEST: gettext_lazy("record the request"),
    Task.DECIDE_ASSESSMENT: gettext_lazy("decide whether to assess"),
    Task.DECIDE_PLAN: gettext_lazy("assess, and decide whether a plan is needed"),
    Task.WRITE_DRAFT: gettext_lazy("write the draft plan"),
    Task.FINISH_PLAN: gettext_lazy("finish the plan"),
}
ENDED: Mapping[Task, Promise] = {
    Task.ASSESSMENT_REFUSED: gettext_lazy("decided not to assess"),
    Task.PLAN_REFUSED: gettext_lazy("decided that no plan is needed"),
    Task.PLAN_FINISHED: gettext_lazy("the final plan was sent"),
    Task.CASE_CLOSED: gettext_lazy("the case was closed"),
}


@dataclass(frozen=True, slots=True)
class StaffTurn:
    """ "Waiting for" "Sam Parent: Parental Preference Form", "in 6 days". `tone` as `words.tone_of`, or ""."""

    who: str
    what: str
    day: str = ""
    said: str = ""
    tone: str = ""
    # What the council owes while it is the family's turn.
    also: str = ""


def staff_turn(reading: CaseReading) -> StaffTurn:
    """Whose turn it is as the rules read the case: the same that the family is told."""
    turn = reading.turn
    if not reading.case.is_open:
        return StaffTurn(_("Closed"), _("nothing more is done in this case"))
    if turn.whose is Whose.NOBODY:
        return StaffTurn(_("Nothing is due"), str(ENDED[turn.task]), _day(reading))
    if reading.is_aim:
        day = _("we aim for %(day)s") % {"day": _day(reading)}
        return StaffTurn(_("Our turn"), str(OURS[turn.task]), day, aim_in_words(turn.days), "far")
    if turn.whose is Whose.FAMILY:
        said, tone = (in_words(turn.days), tone_of(turn.days)) if turn.until else ("", "")
        return StaffTurn(
            _("Waiting for the family"), _asked(reading.waiting), _day(reading), said, tone, _owed(reading)
        )
    if turn.until is None:
        return StaffTurn(_("Our turn"), str(OURS[turn.task]))
    days, day = worked_to(turn.until, reading.today, working_days())
    return StaffTurn(_("Our turn"), str(OURS[turn.task]), day, in_words(days), tone_of(days))


def _day(reading: CaseReading) -> str:
    return wording.near_day(reading.turn.until, reading.today) if reading.turn.until else ""


def _asked(waiting: Sequence[Action]) -> str:
    """ "Parental Preference Form from Sam Parent and Alex Parent" """
    if not waiting:
        return _("comments on the draft plan")
    first = waiting[0].assignment.form
    names = [row.assignment.addressee.full_name for row in waiting if row.assignment.form_id == first.pk]
    return _("%(form)s from %(names)s") % {"form": first.title, "names": _(" and ").join(names)}


def _owed(reading: CaseReading) -> str:
    owed = reading.turn.council_owes
    if owed is None:
        return ""
    return _("We owe something too: %(late)s.") % {"late": wording.days_late(owed.days_late(reading.today))}
