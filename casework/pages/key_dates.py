"""The table of key dates: what was asked, what is due by law and how that was worked out, what happened."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import wording
from casework.models import CaseEvent
from casework.rules.deadlines import Deadline
from casework.rules.stages import StageName
from casework.rules.timetable import Event
from casework.selectors import CaseReading
from core.working_days import WorkingDays
from forms_engine.models import Assignment

# Which row of the timetable a stage is about.
_ROW_OF_STAGE = {StageName.DECISION: "E1", StageName.ASSESSMENT: "E3", StageName.FINAL: "E7"}


@dataclass(frozen=True, slots=True)
class KeyDate:
    """For `components/key_dates.html`. `label` says what the day is; an `aim` is good practice, not the law's."""

    name: str
    due: dt.date | None = None
    label: str = ""
    aim: bool = False
    working: list[str] = field(default_factory=list)
    citation: str = ""
    happened: list[str] = field(default_factory=list)
    late: str = ""
    current: bool = False


def key_dates(reading: CaseReading, calendar: WorkingDays) -> list[KeyDate]:
    """The request, then each row of the timetable that applies, in its order."""
    rows = sorted(reading.deadlines, key=lambda deadline: deadline.id)
    return [*_request(reading), *(_row(deadline, reading, calendar) for deadline in rows)]


def _request(reading: CaseReading) -> list[KeyDate]:
    event = reading.events.get(Event.REQUEST_RECEIVED)
    if event is None:
        return []
    return [KeyDate(_("Date of request"), happened=[wording.unbroken(event.day), *_requested_by(event)])]


def _requested_by(event: CaseEvent) -> list[str]:
    if not event.by_name:
        return []
    return [_("Requested by %(name)s") % {"name": event.by_name}]


def _row(deadline: Deadline, reading: CaseReading, calendar: WorkingDays) -> KeyDate:
    row = deadline.row
    late, happened = _comments(deadline, reading) if not row.is_councils else _council(deadline, reading)
    return KeyDate(
        name=wording.KEY_DATES[row.id].said(reading),
        due=deadline.due,
        label=_label(deadline, reading.today),
        aim=not row.is_law,
        working=wording.working(deadline, calendar),
        citation=row.citation,
        happened=happened,
        late=late,
        current=row.id == _current_row(reading),
    )


def _label(deadline: Deadline, today: dt.date) -> str:
    if not deadline.row.is_law:
        is_over = deadline.met_on is not None or deadline.due < today
        return _("We aimed for") if is_over else _("We aim for")
    return _("Last day by law") if deadline.row.is_councils else _("Last day")


def _current_row(reading: CaseReading) -> str:
    if reading.stage.name is StageName.DRAFT:
        return "E5" if any(deadline.id == "E5" for deadline in reading.deadlines) else "E4"
    return _ROW_OF_STAGE.get(reading.stage.name, "")


def _council(deadline: Deadline, reading: CaseReading) -> tuple[str, list[str]]:
    """(how late, what happened) for a step of the council."""
    days = deadline.days_late(reading.today)
    if deadline.met_on is not None and deadline.met_by is not None:
        said = str(wording.HAPPENED[deadline.met_by])
        if days < 0 and deadline.row.is_law:
            said = _("%(what)s, %(early)s") % {"what": said, "early": wording.days_early(-days)}
        late = wording.days_late(days) if days > 0 and deadline.row.is_law else ""
        return late, [wording.unbroken(deadline.met_on), said]
    if deadline.is_late(reading.today):
        stays = _("The legal date stays %(day)s.") % {"day": wording.near_day(deadline.due, reading.today)}
        return wording.days_late(days), [stays]
    return "", [_still_to_come(deadline, reading)]


def _still_to_come(deadline: Deadline, reading: CaseReading) -> str:
    settled = {"E3": Event.ASSESSMENT_AGREED, "E4": Event.PLAN_AGREED, "E7": Event.PLAN_AGREED}.get(
        deadline.id
    )
    if settled in reading.events or Event.DRAFT_SERVED in reading.events:
        return _("Still to come")
    return wording.STILL_TO_COME[deadline.id].said(reading)


def _wanted_again(reading: CaseReading) -> list[str]:
    """That the form is open once more, where it is, and until when."""
    asked = reading.comments
    if asked is None or asked not in reading.waiting or not asked.assignment.is_wanted_again:
        return []
    if asked.assignment.due is None:
        return [_("We asked you to send them again.")]
    return [
        _("We asked you to send them again by %(day)s.")
        % {"day": wording.near_day(asked.assignment.due, reading.today)}
    ]


def _comments(deadline: Deadline, reading: CaseReading) -> tuple[str, list[str]]:
    """(how late, what happened) for the family's own comments on the draft."""
    own = reading.events.get(Event.COMMENTS_RECEIVED)
    if own is not None and own.day >= deadline.trigger_day:
        return "", [wording.unbroken(own.day), _("You sent your comments"), *_wanted_again(reading)]
    if not deadline.is_open:
        return "", [_("We finished the plan without comments from you.")]
    asked = reading.comments
    if asked and asked.assignment.state == Assignment.State.WITHDRAWN:
        return "", [_("You do not need to send the form any more. You can still tell us what you think.")]
    last = asked.assignment.due if asked and asked.assignment.due else deadline.due
    left = (last - reading.today).days
    if left >= 0:
        days = ngettext("Not yet. You have %(days)s day.", "Not yet. You have %(days)s days.", left)
        return "", [days % {"days": left} if left else _("Not yet. Today is the last day.")]
    if asked and asked.assignment.is_waiting:
        return wording.days_late(-left), [_("You can still send it.")]
    return "", [_("The last day has passed. You can still tell us what you think.")]
