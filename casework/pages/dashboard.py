"""The SEND dashboard of a case, and the list of what the family has to do in it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework import selectors, wording
from casework.models import Action, Case, CaseAccess
from casework.pages.key_dates import KeyDate, key_dates
from casework.pages.turn import Panel, form_button, form_url, how_far, own_panel
from casework.rules.stages import Note
from casework.selectors import CaseReading
from core.closed_days import reach_us_by, working_days
from core.models import CouncilSettings
from forms_engine.models import Assignment, Submission


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    note: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class StageItem:
    """For `components/stages.html`."""

    state: str
    name: str
    note: str
    late: str


@dataclass(frozen=True, slots=True)
class Tile:
    """For `components/tiles.html`."""

    url: str
    count: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Extra:
    """What the current stage means: the words to open it by, and the template that says it."""

    summary: str
    template: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`is_own`: the reader is the young person whom the case is about, and is spoken to as "you"."""

    case: Case
    is_own: bool
    school: str
    side_title: str
    side: list[Link]
    turn: Panel
    stages: list[StageItem]
    extra: Extra
    tiles: list[Tile]
    caseworker: User | None
    phone: str
    key_dates: list[KeyDate]


@dataclass(frozen=True, slots=True)
class ToDo:
    """One form to fill in."""

    title: str
    why: str
    reason: str
    due: dt.date | None
    until: str
    url: str
    button: str


@dataclass(frozen=True, slots=True)
class Settled:
    """One form that nothing is to be done about any more."""

    title: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class ActionsPage:
    case: Case
    side_title: str
    side: list[Link]
    waiting: list[ToDo]
    settled: list[Settled]


def dashboard(access: CaseAccess, person: User, council: CouncilSettings, today: dt.date) -> Dashboard:
    """All that the page shows. The same number of queries for one action and for fifty."""
    case = access.case
    reading = selectors.own_case(person, access, today=today, counting=selectors.council_counting())
    school = case.child.school_on(today)
    return Dashboard(
        case=case,
        is_own=reading.is_own,
        school=school.name if school else "",
        side_title=wording.SIDE_TITLE.said(reading),
        side=side(reading, "dashboard"),
        turn=own_panel(reading, council),
        stages=stage_items(reading),
        extra=extra(reading),
        tiles=[actions_tile(reading)],
        caseworker=case.caseworker,
        phone=case.team.phone or council.phone,
        key_dates=key_dates(reading, working_days()),
    )


def actions_page(access: CaseAccess, person: User, today: dt.date) -> ActionsPage:
    """What waits, by its last day, and what is settled."""
    reading = selectors.own_case(person, access, today=today, counting=selectors.council_counting())
    sent = _last_submissions(reading.settled)
    return ActionsPage(
        case=access.case,
        side_title=wording.SIDE_TITLE.said(reading),
        side=side(reading, "actions"),
        waiting=[_to_do(action, today) for action in reading.waiting],
        settled=[_settled(action, sent.get(action.assignment_id)) for action in reading.settled],
    )


def side(reading: CaseReading, page: str) -> list[Link]:
    """The pages of a case. One appears here with the page behind it."""
    names = {"dashboard": _("SEND dashboard"), "actions": _("Actions to complete")}
    waiting = len(reading.waiting)
    notes = {"actions": str(waiting) if waiting else ""}
    return [
        Link(
            reverse(f"casework:{name}", args=[reading.case.pk]),
            text,
            notes.get(name, ""),
            current=name == page,
        )
        for name, text in names.items()
    ]


def stage_items(reading: CaseReading) -> list[StageItem]:
    return [
        StageItem(
            state=stage.state,
            name=str(wording.STAGE_NAMES[stage.name]),
            note=wording.stage_note(stage, reading.today),
            late=wording.days_late(stage.days_late) if stage.days_late else "",
        )
        for stage in reading.stages
    ]


def extra(reading: CaseReading) -> Extra:
    stage = reading.stage
    name = f"{stage.name}-refused" if stage.note is Note.NO else stage.name.value
    return Extra(
        summary=_("Extra information: what “%(stage)s” means") % {"stage": wording.STAGE_NAMES[stage.name]},
        template=f"casework/extra/{name}.html",
    )


def actions_tile(reading: CaseReading) -> Tile:
    return Tile(
        url=reverse("casework:actions", args=[reading.case.pk]),
        count=len(reading.waiting),
        name=_("Actions to complete"),
        note=_actions_note(reading),
    )


def _actions_note(reading: CaseReading) -> str:
    if not reading.waiting:
        return _("Nothing to do")
    first = reading.waiting[0].assignment
    if first.due is None:
        return _("No last day")
    if first.is_late(reading.today):
        return wording.days_late((reading.today - first.due).days)
    return _("Last day %(day)s") % {"day": wording.near_day(first.due, reading.today)}


def _to_do(action: Action, today: dt.date) -> ToDo:
    asked = action.assignment
    until = ""
    if asked.due is not None:
        left = (asked.due - today).days
        said = [how_far(left), *reach_us_by(asked.due, today)]
        until = " ".join(said) if left >= 0 else _("That day has passed. You can still send it.")
    return ToDo(
        title=asked.form.said("title"),
        why=asked.why,
        reason=asked.reason if asked.is_wanted_again else "",
        due=asked.due,
        until=until,
        url=form_url(action),
        button=form_button(action),
    )


def _settled(action: Action, sent: Submission | None) -> Settled:
    asked = action.assignment
    if asked.state == Assignment.State.WITHDRAWN:
        said = _("We do not need this any more. %(reason)s") % {"reason": asked.why_withdrawn}
    elif asked.is_waiting:
        said = _("We have sent the final plan, so we do not need this any more.")
    elif sent is None:
        said = _("Sent")
    else:
        words = {"day": wording.unbroken(sent.submitted_at), "reference": sent.reference}
        said = _("Sent on %(day)s. Your reference is %(reference)s.") % words
        if asked.state == Assignment.State.ACCEPTED:
            said = f"{said} {_('We have read it and need nothing more.')}"
    return Settled(asked.form.said("title"), said, reverse("forms:sent", args=[sent.pk]) if sent else "")


def _last_submissions(actions: list[Action]) -> dict[object, Submission]:
    """Assignment's id -> what was sent last. One query."""
    asked = [action.assignment_id for action in actions]
    found = Submission.objects.filter(assignment__in=asked).order_by("submitted_at")
    return {submission.assignment_id: submission for submission in found}
