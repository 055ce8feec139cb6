"""The words for what the rules say, as a family reads them. Short sentences, with the child's name.

To a young person who reads about their own case they say "you".
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.models.actions import ACCESS_ENDED
from casework.rules.deadlines import Deadline
from casework.rules.stages import Note, Stage, StageName, State, Task
from casework.rules.timetable import Counting, Event, Unit
from casework.selectors import CaseReading
from core import closed_days
from core.dates import day_text
from core.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that speaks of a child by name, and the same for the child: in gettext's way, with %(child)s."""

    of_child: Promise
    of_you: Promise | None = None

    def said(self, reading: CaseReading, **words: object) -> str:
        """As the person who reads the case is to read it."""
        text = self.of_you if self.of_you and reading.is_own else self.of_child
        return str(text) % {"child": reading.case.child.called, **words}


STAGE_NAMES: Mapping[StageName, Promise] = {
    StageName.REQUEST: gettext_lazy("Request"),
    StageName.DECISION: gettext_lazy("Decision to assess"),
    StageName.ASSESSMENT: gettext_lazy("Assessment"),
    StageName.DRAFT: gettext_lazy("Draft plan"),
    StageName.FINAL: gettext_lazy("Final plan"),
}

# With the day in it.
STAGE_NOTES: Mapping[Note, Promise] = {
    Note.ON: gettext_lazy("%(day)s"),
    Note.YES: gettext_lazy("Yes, on %(day)s"),
    Note.NO: gettext_lazy("No, on %(day)s"),
    Note.BY: gettext_lazy("By %(day)s"),
    Note.WAS_DUE: gettext_lazy("Was due %(day)s"),
    Note.COMMENTS_BY: gettext_lazy("Comments by %(day)s"),
    Note.COMMENTS_WERE_DUE: gettext_lazy("Comments were due %(day)s"),
    Note.COMMENTS_CAME: gettext_lazy("Comments came on %(day)s"),
    Note.AGAIN_BY: gettext_lazy("Wanted again by %(day)s"),
    Note.SENT: gettext_lazy("Sent on %(day)s"),
}

SIDE_TITLE = Spoken(gettext_lazy("%(child)s’s SEND case"), gettext_lazy("Your SEND case"))
CHANGE_ANSWERS = Spoken(
    gettext_lazy("Change your answers in “%(form)s” for %(child)s, and send it again"),
    gettext_lazy("Change your answers in “%(form)s”, and send it again"),
)
FILL_IN = Spoken(gettext_lazy("Fill in “%(form)s” for %(child)s"), gettext_lazy("Fill in “%(form)s”"))
SEND_LATE = Spoken(
    gettext_lazy("You can still send “%(form)s” for %(child)s"), gettext_lazy("You can still send “%(form)s”")
)
COMMENT = Spoken(
    gettext_lazy("Tell us what you think of %(child)s’s draft plan"),
    gettext_lazy("Tell us what you think of your draft plan"),
)
COMMENT_LATE = Spoken(
    gettext_lazy("You can still send your comments on %(child)s’s draft plan"),
    gettext_lazy("You can still send your comments on your draft plan"),
)

# What the council does, and (late) has not done.
COUNCIL_TASKS: Mapping[Task, Spoken] = {
    Task.RECORD_REQUEST: Spoken(
        gettext_lazy("We are getting %(child)s’s case ready"),
        gettext_lazy("We are getting your case ready"),
    ),
    Task.DECIDE_ASSESSMENT: Spoken(
        gettext_lazy("We decide if we will assess %(child)s"),
        gettext_lazy("We decide if we will assess you"),
    ),
    Task.DECIDE_PLAN: Spoken(
        gettext_lazy("We find out if %(child)s needs a plan"),
        gettext_lazy("We find out if you need a plan"),
    ),
    Task.WRITE_DRAFT: Spoken(
        gettext_lazy("We write %(child)s’s draft plan"),
        gettext_lazy("We write your draft plan"),
    ),
    Task.FINISH_PLAN: Spoken(
        gettext_lazy("We finish %(child)s’s plan"),
        gettext_lazy("We finish your plan"),
    ),
}
COUNCIL_LATE: Mapping[Task, Spoken] = {
    Task.DECIDE_ASSESSMENT: Spoken(
        gettext_lazy("We have not decided if we will assess %(child)s"),
        gettext_lazy("We have not decided if we will assess you"),
    ),
    Task.DECIDE_PLAN: Spoken(
        gettext_lazy("We have not decided if %(child)s needs a plan"),
        gettext_lazy("We have not decided if you need a plan"),
    ),
    Task.FINISH_PLAN: Spoken(
        gettext_lazy("We have not finished %(child)s’s plan"),
        gettext_lazy("We have not finished your plan"),
    ),
}
ENDINGS: Mapping[Task, Spoken] = {
    Task.ASSESSMENT_REFUSED: Spoken(
        gettext_lazy("We decided not to assess %(child)s"),
        gettext_lazy("We decided not to assess you"),
    ),
    Task.PLAN_REFUSED: Spoken(
        gettext_lazy("We decided that %(child)s does not need a plan"),
        gettext_lazy("We decided that you do not need a plan"),
    ),
    Task.PLAN_FINISHED: Spoken(
        gettext_lazy("%(child)s has an EHC plan"),
        gettext_lazy("You have an EHC plan"),
    ),
    Task.CASE_CLOSED: Spoken(gettext_lazy("%(child)s’s case is closed"), gettext_lazy("Your case is closed")),
}

KEY_DATES: Mapping[str, Spoken] = {
    "E1": Spoken(gettext_lazy("Do we assess %(child)s?"), gettext_lazy("Do we assess you?")),
    "E3": Spoken(gettext_lazy("Does %(child)s need a plan?"), gettext_lazy("Do you need a plan?")),
    "E4": Spoken(gettext_lazy("Draft plan")),
    "E5": Spoken(gettext_lazy("Your comments on the draft")),
    "E7": Spoken(gettext_lazy("Final plan")),
}
_IF_A_PLAN = Spoken(
    gettext_lazy("Still to come, if %(child)s needs a plan"),
    gettext_lazy("Still to come, if you need a plan"),
)
STILL_TO_COME: Mapping[str, Spoken] = {
    "E1": Spoken(gettext_lazy("Still to come")),
    "E3": Spoken(gettext_lazy("Still to come, if we assess")),
    "E4": _IF_A_PLAN,
    "E7": _IF_A_PLAN,
}
HAPPENED: Mapping[Event, Promise] = {
    Event.ASSESSMENT_AGREED: gettext_lazy("We said yes"),
    Event.ASSESSMENT_REFUSED: gettext_lazy("We said no"),
    Event.PLAN_AGREED: gettext_lazy("We said yes"),
    Event.PLAN_REFUSED: gettext_lazy("We said no"),
    Event.DRAFT_SERVED: gettext_lazy("We sent you the draft"),
    Event.COMMENTS_RECEIVED: gettext_lazy("Comments came"),
    Event.FINAL_ISSUED: gettext_lazy("We sent you the final plan"),
}

_NBSP = "\N{NO-BREAK SPACE}"
_TRIGGERS: Mapping[Event, Promise] = {
    Event.REQUEST_RECEIVED: gettext_lazy("We got the request on %(day)s."),
    Event.DRAFT_SERVED: gettext_lazy("We sent the draft plan on %(day)s."),
}


def near_day(day: dt.date, today: dt.date) -> str:
    """ "26 October", with the year where it is not this one."""
    text = unbroken(day)
    return text if day.year != today.year else text.rpartition(" ")[0]


def unbroken(day: dt.date) -> str:
    """ "26 October 2026": in a narrow column the year may stand alone, day and month never."""
    return day_text(day).replace(" ", _NBSP, 1)


def stage_note(stage: Stage, today: dt.date) -> str:
    """What stands under a stage's name; nothing where there is no date to tell."""
    if stage.note is Note.AFTER_DECISION:
        return _("After we decide")
    if stage.day is None:
        return ""
    # The first stage says in which year all of it began.
    whole = stage.name is StageName.REQUEST and stage.state is State.DONE
    day = unbroken(stage.day) if whole else near_day(stage.day, today)
    return str(STAGE_NOTES[stage.note]) % {"day": day}


def days_late(days: int) -> str:
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def days_early(days: int) -> str:
    return ngettext("%(days)s day early", "%(days)s days early", days) % {"days": days}


def period(deadline: Deadline) -> str:
    """ "6 weeks" """
    count = deadline.row.period
    words = {
        Unit.CALENDAR_DAYS: ngettext("%(count)s day", "%(count)s days", count),
        Unit.WEEKS: ngettext("%(count)s week", "%(count)s weeks", count),
        Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", count),
        Unit.WORKING_DAYS: ngettext("%(count)s working day", "%(count)s working days", count),
    }
    return words[deadline.row.unit] % {"count": count}


WITHDRAWALS = {ACCESS_ENDED: gettext_lazy("Your access to this case has ended.")}


def working(deadline: Deadline, calendar: WorkingDays) -> list[str]:
    """How a date was worked out, in sentences: from when, how long, counted how, and what a weekend changes."""
    trigger = unbroken(deadline.trigger_day)
    sentences = [_TRIGGERS[deadline.row.trigger] % {"day": trigger}, _allowed(deadline)]
    if deadline.counting is Counting.BEGINNING_WITH:
        sentences.append(_("We count %(day)s as day one.") % {"day": trigger})
    else:
        sentences.append(_("We count the day after as day one."))
    if deadline.legal != deadline.due:
        sentences.append(
            _("Counted from the day after, as the law is worded, the last day is %(day)s.")
            % {"day": unbroken(deadline.legal)}
        )
    return sentences + _weekend(deadline, calendar)


def _allowed(deadline: Deadline) -> str:
    if not deadline.row.is_law:
        text = _("Good practice is %(period)s. This is an aim, not the law.")
    elif deadline.row.is_councils:
        text = _("The law gives us %(period)s.")
    else:
        text = _("You have at least %(period)s.")
    return text % {"period": period(deadline)}


def _weekend(deadline: Deadline, calendar: WorkingDays) -> list[str]:
    """A legal date that is no working day stays; the council aims for the working day before it."""
    say = closed_days.we_aim_for if deadline.row.is_councils else closed_days.reach_us_by
    return say(deadline.due, calendar=calendar)
