"""Where a case stands and whose turn it is, read from what has happened. Pure, and without words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.deadlines import Deadline, next_duty, stands
from casework.rules.timetable import Event


class StageName(StrEnum):
    REQUEST = "request"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    DRAFT = "draft"
    FINAL = "final"


class State(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"


class Note(StrEnum):
    """What stands under a stage's name; most go with a day."""

    NONE = "none"
    ON = "on"  # it happened on the day
    YES = "yes"  # we said yes on the day
    NO = "no"
    BY = "by"  # due by the day
    WAS_DUE = "was-due"
    AFTER_DECISION = "after-decision"
    COMMENTS_BY = "comments-by"
    COMMENTS_WERE_DUE = "comments-were-due"
    COMMENTS_CAME = "comments-came"
    AGAIN_BY = "again-by"  # they came, and are wanted once more
    SENT = "sent"


@dataclass(frozen=True)
class Stage:
    name: StageName
    state: State
    note: Note = Note.NONE
    day: dt.date | None = None
    # Days that the council is late with this stage by law.
    days_late: int = 0


class Whose(StrEnum):
    FAMILY = "family"
    COUNCIL = "council"
    COUNCIL_LATE = "council-late"
    NOBODY = "nobody"


class Task(StrEnum):
    """What the turn is about."""

    RECORD_REQUEST = "record-request"
    DECIDE_ASSESSMENT = "decide-assessment"
    DECIDE_PLAN = "decide-plan"
    WRITE_DRAFT = "write-draft"
    FINISH_PLAN = "finish-plan"
    FILL_IN_FORM = "fill-in-form"
    COMMENT_ON_DRAFT = "comment-on-draft"
    ASSESSMENT_REFUSED = "assessment-refused"
    PLAN_REFUSED = "plan-refused"
    PLAN_FINISHED = "plan-finished"
    CASE_CLOSED = "case-closed"


# The row that says by when the council finishes its part.
_ROW_OF_TASK = {
    Task.DECIDE_ASSESSMENT: "E1",
    Task.DECIDE_PLAN: "E3",
    Task.WRITE_DRAFT: "E4",
    Task.FINISH_PLAN: "E7",
}
_TASK_OF_ROW = {row: task for task, row in _ROW_OF_TASK.items()}
_REFUSALS = {
    Event.ASSESSMENT_REFUSED: Task.ASSESSMENT_REFUSED,
    Event.PLAN_REFUSED: Task.PLAN_REFUSED,
}


@dataclass(frozen=True)
class Turn:
    """Who has to do what, until when. `days`: from today until then, negative when that day has passed."""

    whose: Whose
    task: Task
    until: dt.date | None = None
    days: int = 0
    # What the council owes by law while it is the family's turn: said, never hidden.
    council_owes: Deadline | None = None


Events = Mapping[str, dt.date]


def strip(
    events: Events, deadlines: Iterable[Deadline], today: dt.date, again: Sequence[dt.date | None] = ()
) -> tuple[Stage, ...]:
    """The stages in their order, exactly one of them NOW until all are done. A refusal ends the strip.

    `again`: the last day, if any, of each form about the draft that was opened again and has not come back.
    """
    by_id = {deadline.id: deadline for deadline in deadlines}
    if Event.REQUEST_RECEIVED not in events:
        return (Stage(StageName.REQUEST, State.NOW), *_to_come(StageName.REQUEST, by_id, today))
    stages = [Stage(StageName.REQUEST, State.DONE, Note.ON, events[Event.REQUEST_RECEIVED])]
    for stage in (
        _decision(events, by_id, today),
        _assessment(events, by_id, today),
        _draft(events, by_id, today, again),
    ):
        stages.append(stage)
        if stage.state is State.NOW:
            return (
                (*stages, *_to_come(stage.name, by_id, today)) if stage.note is not Note.NO else tuple(stages)
            )
    return (*stages, Stage(StageName.FINAL, State.DONE, Note.SENT, events[Event.FINAL_ISSUED]))


def current(stages: Sequence[Stage]) -> Stage:
    """The stage that the case is in: the last one when all are done."""
    return next((stage for stage in stages if stage.state is State.NOW), stages[-1])


def turn(
    events: Events,
    deadlines: Sequence[Deadline],
    waiting: Sequence[dt.date | None],
    today: dt.date,
    *,
    wants_comments: bool = True,
) -> Turn:
    """Whose turn it is for one person. `waiting`: the last day, if any, of each form that she has to fill in.

    A form that waits makes it her turn, even after its last day: she can still send it. Without `wants_comments`
    the council has told her that she need not comment on the draft.
    """
    owed = next_duty(deadlines)
    late = owed if owed is not None and owed.is_late(today) else None
    if waiting:
        first = min((day for day in waiting if day), default=None)
        return _turn(Whose.FAMILY, Task.FILL_IN_FORM, first, today, late)
    if late is not None:
        return _turn(Whose.COUNCIL_LATE, _TASK_OF_ROW[late.id], late.due, today)
    return _turn_without_forms(events, {one.id: one for one in deadlines}, today, wants_comments)


def closed(on: dt.date, today: dt.date) -> Turn:
    """Nobody's turn: the case was closed on that day."""
    return _turn(Whose.NOBODY, Task.CASE_CLOSED, on, today)


def _turn_without_forms(
    events: Events, by_id: Mapping[str, Deadline], today: dt.date, wants_comments: bool
) -> Turn:
    if ending := _ending(events):
        return _turn(Whose.NOBODY, ending[0], ending[1], today)
    comments = by_id.get("E5")
    if wants_comments and comments is not None and comments.is_open and today <= comments.due:
        return _turn(Whose.FAMILY, Task.COMMENT_ON_DRAFT, comments.due, today)
    task = _council_task(events)
    aim = by_id.get(_ROW_OF_TASK.get(task, ""))
    if (
        aim is not None and aim.due < today
    ):  # good practice alone can be past here: then the law's next date counts
        aim = by_id.get(_ROW_OF_TASK[Task.FINISH_PLAN])
    return _turn(Whose.COUNCIL, task, aim.due if aim else None, today)


def _turn(
    whose: Whose, task: Task, until: dt.date | None, today: dt.date, council_owes: Deadline | None = None
) -> Turn:
    return Turn(whose, task, until, (until - today).days if until else 0, council_owes)


def _ending(events: Events) -> tuple[Task, dt.date] | None:
    """How the case ended, and when, where it has."""
    for refusal, task in _REFUSALS.items():
        if stands(refusal, events):
            return task, events[refusal]
    final = events.get(Event.FINAL_ISSUED)
    return (Task.PLAN_FINISHED, final) if final else None


def _council_task(events: Events) -> Task:
    """What the council does next, where nothing has ended."""
    if Event.DRAFT_SERVED in events:
        return Task.FINISH_PLAN
    if Event.PLAN_AGREED in events:
        return Task.WRITE_DRAFT
    if Event.ASSESSMENT_AGREED in events:
        return Task.DECIDE_PLAN
    return Task.DECIDE_ASSESSMENT if Event.REQUEST_RECEIVED in events else Task.RECORD_REQUEST


def _decision(events: Events, by_id: Mapping[str, Deadline], today: dt.date) -> Stage:
    if stands(Event.ASSESSMENT_REFUSED, events):
        return Stage(StageName.DECISION, State.NOW, Note.NO, events[Event.ASSESSMENT_REFUSED])
    if Event.ASSESSMENT_AGREED in events:
        return Stage(StageName.DECISION, State.DONE, Note.YES, events[Event.ASSESSMENT_AGREED])
    if _is_past(StageName.DECISION, events):
        return Stage(StageName.DECISION, State.DONE)
    return _due(StageName.DECISION, State.NOW, by_id.get("E1"), today)


def _assessment(events: Events, by_id: Mapping[str, Deadline], today: dt.date) -> Stage:
    if stands(Event.PLAN_REFUSED, events):
        return Stage(StageName.ASSESSMENT, State.NOW, Note.NO, events[Event.PLAN_REFUSED])
    if Event.PLAN_AGREED in events:
        return Stage(StageName.ASSESSMENT, State.DONE, Note.YES, events[Event.PLAN_AGREED])
    if _is_past(StageName.ASSESSMENT, events):
        return Stage(StageName.ASSESSMENT, State.DONE)
    return _due(StageName.ASSESSMENT, State.NOW, by_id.get("E3"), today)


def _draft(
    events: Events, by_id: Mapping[str, Deadline], today: dt.date, again: Sequence[dt.date | None]
) -> Stage:
    if Event.FINAL_ISSUED in events:
        served = events.get(Event.DRAFT_SERVED)
        return Stage(StageName.DRAFT, State.DONE, Note.SENT if served else Note.NONE, served)
    comments = by_id.get("E5")
    if comments is None:
        aim = by_id.get("E4")
        if aim is None or aim.due < today:
            return Stage(StageName.DRAFT, State.NOW)
        return Stage(StageName.DRAFT, State.NOW, Note.BY, aim.due)
    if comments.met_on and again:
        return Stage(
            StageName.DRAFT, State.NOW, Note.AGAIN_BY, min((day for day in again if day), default=None)
        )
    if comments.met_on:
        return Stage(StageName.DRAFT, State.NOW, Note.COMMENTS_CAME, comments.met_on)
    note = Note.COMMENTS_BY if today <= comments.due else Note.COMMENTS_WERE_DUE
    return Stage(StageName.DRAFT, State.NOW, note, comments.due)


# Events that show that a stage is over, where its own event was never recorded (a case brought in half-way).
_LATER = {
    StageName.DECISION: (Event.PLAN_AGREED, Event.PLAN_REFUSED, Event.DRAFT_SERVED, Event.FINAL_ISSUED),
    StageName.ASSESSMENT: (Event.DRAFT_SERVED, Event.FINAL_ISSUED),
}


def _is_past(stage: StageName, events: Events) -> bool:
    return any(event in events for event in _LATER[stage])


def _to_come(after: StageName, by_id: Mapping[str, Deadline], today: dt.date) -> Iterable[Stage]:
    names = list(StageName)
    for name in names[names.index(after) + 1 :]:
        if name is StageName.DRAFT:
            yield Stage(name, State.NEXT, Note.AFTER_DECISION)
        else:
            row = {StageName.DECISION: "E1", StageName.ASSESSMENT: "E3", StageName.FINAL: "E7"}[name]
            yield _due(name, State.NEXT, by_id.get(row), today)


def _due(name: StageName, state: State, deadline: Deadline | None, today: dt.date) -> Stage:
    if deadline is None:
        return Stage(name, state)
    late = max(0, deadline.days_late(today)) if deadline.is_late(today) else 0
    return Stage(name, state, Note.WAS_DUE if late else Note.BY, deadline.due, late)
