"""The home page of somebody who is signed in: what is to do, and her children. Puts several apps together."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework import wording
from casework.models import Action
from casework.pages.turn import Panel, form_url, own_panel
from casework.selectors import CaseReading, council_counting, for_person, seen_by
from core.models import CouncilSettings
from core.people import Person
from families.selectors import LinkedChild, children_of
from schools.models import Child, Membership


@dataclass(frozen=True, slots=True)
class CaseLink:
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """One child: named once, whether known through a school's link, a SEND case, or both. Or the reader."""

    id: str
    name: str
    school: str
    is_you: bool = False
    cases: list[CaseLink] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ToDo:
    url: str
    text: str
    child: str
    due: dt.date | None
    late: bool


@dataclass(frozen=True, slots=True)
class FamilyHome:
    today: dt.date
    turn: Panel | None
    to_do: list[ToDo]
    cards: list[Card]
    memberships: list[Membership]
    heading: str

    @property
    def is_empty(self) -> bool:
        """Whether no child, no case and no school is here."""
        return not (self.cards or self.memberships)

    @classmethod
    def of(cls, person: User, council: CouncilSettings, today: dt.date, viewer: Person | None = None) -> Self:
        """The page of `person` on `today`. The same number of queries for one child and for six.

        `viewer`: a member of staff who sees it as she does, as far as both may: the cases that are hers too.
        """
        readings = for_person(person, today, council_counting())
        linked = [] if viewer else children_of(person, today)
        if viewer:
            readings = seen_by(viewer, readings)
        first = min(readings, key=_urgency, default=None)
        cards = _cards(linked, readings)
        return cls(
            today=today,
            turn=own_panel(first, council) if first else None,
            to_do=_to_do(readings, leave_out=first),
            cards=cards,
            memberships=[] if viewer else _memberships(person, today),
            heading=_heading(person, cards),
        )


def _memberships(person: User, today: dt.date) -> list[Membership]:
    rows = Membership.objects.holding(today).filter(person=person)
    return list(rows.select_related("school", "details_asked", "person"))


def _heading(person: User, cards: list[Card]) -> str:
    if cards and all(card.is_you for card in cards):
        return _("Your school and your support")
    return _("Cases that are open to you") if person.is_professional else _("Your children")


def _urgency(reading: CaseReading) -> tuple[int, dt.date]:
    """What comes first: a form that waits, by its last day; then what the council owes, late or not."""
    rank = 0 if reading.waiting else {"you": 1, "late": 2}.get(_kind(reading), 3)
    return rank, reading.turn.until or dt.date.max


def _kind(reading: CaseReading) -> str:
    return {"family": "you", "council-late": "late"}.get(reading.turn.whose, "council")


def _to_do(readings: list[CaseReading], leave_out: CaseReading | None) -> list[ToDo]:
    """The forms that wait, but for the one in the turn panel, by their last day."""
    shown = leave_out.waiting[0].pk if leave_out and leave_out.waiting else None
    rows = [_row(action, reading) for reading in readings for action in reading.waiting if action.pk != shown]
    return sorted(rows, key=lambda row: row.due or dt.date.max)


def _row(action: Action, reading: CaseReading) -> ToDo:
    asked = action.assignment
    return ToDo(
        url=form_url(action),
        text=asked.form.said("title"),
        child=_("For you") if reading.is_own else reading.case.child.called,
        due=asked.due,
        late=asked.is_late(reading.today),
    )


def _cards(linked: list[LinkedChild], readings: list[CaseReading]) -> list[Card]:
    children: dict[Child, str] = {row.child: row.school.name if row.school else "" for row in linked}
    for reading in readings:
        children.setdefault(reading.case.child, "")
    own = {row.child for row in linked if row.is_self} | {one.case.child for one in readings if one.is_own}
    return [
        Card(
            id=str(child.pk)[:8],
            name=_("You") if child in own else child.called,
            school=school,
            is_you=child in own,
            cases=[_case_link(reading) for reading in readings if reading.case.child == child],
        )
        for child, school in sorted(children.items(), key=lambda pair: (pair[0].called, str(pair[0].pk)))
    ]


def _case_link(reading: CaseReading) -> CaseLink:
    stage = str(wording.STAGE_NAMES[reading.stage.name])
    return CaseLink(
        url=reverse("casework:dashboard", args=[reading.case.pk]),
        said=f"{stage}. {_whose(reading)}",
    )


def _whose(reading: CaseReading) -> str:
    until = reading.turn.until
    if _kind(reading) == "you":
        return (
            _("Your turn, until %(day)s.") % {"day": wording.near_day(until, reading.today)}
            if until
            else _("Your turn.")
        )
    if _kind(reading) == "late":
        return _("The council is late.")
    return _("Nothing to do now.")
