"""What case staff find on opening the admin: what is due first, which forms came in, what could not be delivered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from accounts.models import User
from casework.admin.unreached import Unreached, unreached
from casework.admin.words import DUTIES, in_words, tone_of, week_from, worked_to
from casework.models import Action, Case
from casework.rules.deadlines import next_duty
from casework.rules.stages import Whose
from casework.selectors import CaseReading, council_counting, knowing_turn, read_case
from casework.wording import near_day
from core.closed_days import working_days
from core.dates import local_day, today, weekday_day_text
from core.models import OutboxItem
from core.working_days import WorkingDays
from forms_engine.models import Assignment, Delivery

# Of each kind; what is left out is counted, and a link away.
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """A count, and the list behind it. `tone` as `words.tone_of`, or ""."""

    count: int
    name: str
    said: str
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class DueRow:
    case: Case
    # The next day by law, if any, under the working day before it.
    due: str
    said: str
    tone: str
    what: str
    # Where no draft plan has been sent: by when it has to be.
    draft: str
    # Who is waited for, and with what.
    whose: str
    asked: str


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Cases under one heading, the first due first. `url` leads to all of them."""

    heading: str
    count: int
    rows: list[DueRow]
    url: str


@dataclass(frozen=True, slots=True)
class CameIn:
    """A form that came back and is not accepted yet."""

    action: Action
    said: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the cases that are somebody's to run. `next`: the first day from today on by which something is owed."""

    open: int
    late: int
    today: int
    week: int
    nobodys: int
    # Ours to do, and late or due in 7 days.
    ours: int
    # Ours to do, due later, and without a draft plan.
    drafts: int
    others: int
    next: dt.date | None

    @property
    def soon(self) -> int:
        return self.today + self.week


@dataclass(frozen=True, slots=True)
class MyDay:
    today: dt.date
    counts: Counts
    teams: list[str]
    is_manager: bool
    cases_url: str
    tiles: list[Tile]
    due: list[DueGroup]
    came: list[CameIn]
    came_count: int
    dead: list[Delivery]
    dead_count: int
    unreached: list[Unreached]


class MyDayPanel(Component):
    name = "my_day"
    order = 1
    template_name = "casework/admin/my_day.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"day": my_day(self.request.user, today())}  # type: ignore[arg-type]


def my_day(person: User, day: dt.date) -> MyDay:
    """The page of `person` on `day`: a caseworker's own cases, a manager's those of all teams.

    Fourteen queries at the most, however many cases there are.
    """
    is_manager = person.has_perm("casework.see_all_cases")
    visible = Case.objects.visible_to(person).filter(closed_on=None)
    own = Q() if is_manager else Q(caseworker=person.pk)
    counts = _counts(visible, own, day)
    mine = visible.filter(own)
    cases_url = reverse("casework_case_modeladmin_index") + ("?" if is_manager else "?worker=me&")
    came = Action.objects.filter(case__in=mine.values("pk"), assignment__state=Assignment.State.SUBMITTED)
    dead = Delivery.objects.visible_to(person).filter(item__state=OutboxItem.State.DEAD)
    came_count, dead_count = came.count(), dead.count()
    return MyDay(
        today=day,
        counts=counts,
        teams=[] if is_manager else list(person.teams.values_list("name", flat=True)),
        is_manager=is_manager,
        cases_url=cases_url.rstrip("?&"),
        tiles=_tiles(counts, came_count, dead_count, cases_url),
        due=_groups(mine, counts, cases_url, day),
        came=[_came_in(action, day) for action in _longest(came)] if came_count else [],
        came_count=came_count,
        dead=list(_oldest(dead)) if dead_count else [],
        dead_count=dead_count,
        unreached=unreached(mine, day, MOST_ROWS),
    )


def _counts(cases: QuerySet[Case], own: Q, day: dt.date) -> Counts:
    week = (day + dt.timedelta(1), week_from(day))
    ours, drafts = _ours(day), _drafts(day)
    known = knowing_turn(cases.by_next_due(council_counting()), day)  # type: ignore[attr-defined]
    return Counts(
        **known.aggregate(
            open=Count("pk", filter=own),
            late=Count("pk", filter=own & Q(next_due__lt=day)),
            today=Count("pk", filter=own & Q(next_due=day)),
            week=Count("pk", filter=own & Q(next_due__range=week)),
            nobodys=Count("pk", filter=Q(caseworker=None)),
            ours=Count("pk", filter=own & ours),
            drafts=Count("pk", filter=own & drafts),
            others=Count("pk", filter=own & Q(is_others_turn=True)),
            next=Min("next_due", filter=own & Q(next_due__gte=day)),
        )
    )


def _ours(day: dt.date) -> Q:
    return Q(is_others_turn=False, next_due__lte=week_from(day))


def _drafts(day: dt.date) -> Q:
    return Q(is_others_turn=False, lacks_draft=True, next_due__gt=week_from(day))


def _longest(came: QuerySet[Action]) -> QuerySet[Any]:
    """Those that have waited longest, each with the time at which it came as `came_at`."""
    shown = came.with_forms().select_related("case__child", "assignment__addressee")  # type: ignore[attr-defined]
    longest: QuerySet[Any] = shown.annotate(came_at=Max("assignment__submissions__submitted_at"))
    return longest.order_by("came_at", "pk")[:MOST_ROWS]


def _oldest(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return deliveries.select_related("submission", "item").order_by("item__created_at", "pk")[:MOST_ROWS]


def _tiles(counts: Counts, came: int, dead: int, cases_url: str) -> list[Tile]:
    """The day's three always, so that each keeps its place; what should not be only where it is."""
    near = _("the next on %(day)s") % {"day": weekday_day_text(counts.next)} if counts.next else ""
    days = [
        Tile(counts.late, _("Overdue"), _("the law’s date has passed"), f"{cases_url}due=late", "late"),
        Tile(counts.soon, _("Due in 7 days"), near, f"{cases_url}due=soon", "soon"),
        Tile(came, _("Forms to read"), _("sent, and not accepted yet"), "#came"),
    ]
    faults = [
        Tile(
            dead,
            _("Did not arrive"),
            _("forms given up, until somebody tries again"),
            reverse("forms_engine_delivery_modeladmin_index") + "?state=dead",
            "late",
        ),
        Tile(
            counts.nobodys,
            _("No caseworker"),
            _("open, and given to nobody"),
            reverse("casework_case_modeladmin_index") + "?worker=none",
        ),
    ]
    return [*days, *(tile for tile in faults if tile.count)]


def _groups(mine: QuerySet[Case], counts: Counts, cases_url: str, day: dt.date) -> list[DueGroup]:
    """By whose turn it is: what waits for others, however late, hides nothing that she can do today.

    Hers is what is late or due in 7 days; and the draft plans that are lacking, since the law has no date for them
    and the family needs its days before the final plan. A group with nothing in it is left out.
    """
    known = knowing_turn(mine.by_next_due(council_counting()), day)  # type: ignore[attr-defined]
    found = known.select_related("child", "caseworker")
    groups = (
        (_("Yours to do"), counts.ours, _ours(day), "due=now&turn=ours"),
        (_("No draft plan yet"), counts.drafts, _drafts(day), "due=later&turn=draft"),
        (_("Waiting for others"), counts.others, Q(is_others_turn=True), "turn=others"),
    )
    cases = {query: list(found.filter(which)[:MOST_ROWS]) for _name, count, which, query in groups if count}
    _read_at_once([case for rows in cases.values() for case in rows])
    calendar = working_days()
    return [
        DueGroup(
            heading, count, [_due_row(case, day, calendar) for case in cases[query]], f"{cases_url}{query}"
        )
        for heading, count, _which, query in groups
        if count
    ]


def _read_at_once(cases: Sequence[Case]) -> None:
    """What the rules read of all these cases: their events, and the forms that wait or were withdrawn. Two queries."""
    states = [*Assignment.WAITING, Assignment.State.WITHDRAWN]
    waiting = Action.objects.filter(assignment__state__in=states).with_forms()
    people = waiting.select_related("assignment__addressee")
    prefetch_related_objects(cases, "events", Prefetch("actions", people, to_attr="waiting_actions"))


def _due_row(case: Any, day: dt.date, calendar: WorkingDays) -> DueRow:
    """`case` has its `next_due`, its events and its `waiting_actions`."""
    reading = read_case(case, case.waiting_actions, today=day, counting=council_counting())
    owed = next_duty(reading.deadlines)
    left, due = worked_to(case.next_due, day, calendar) if case.next_due else (None, "")
    whose, asked = _whose(reading)
    return DueRow(
        case=case,
        due=due,
        said=_("Nothing due") if left is None else in_words(left),
        tone="far" if left is None else tone_of(left),
        what=str(DUTIES[owed.id]) if owed else "",
        draft=_draft(reading, calendar) if reading.lacks_draft else "",
        whose=whose,
        asked=asked,
    )


def _draft(reading: CaseReading, calendar: WorkingDays) -> str:
    """When the draft plan has to go, for the family to have its days before the final plan."""
    last = reading.draft_by(calendar)
    if last is None:
        return _("No draft plan yet")
    words = {"day": near_day(last, reading.today)}
    if last < reading.today:
        return _("No draft plan yet: it had to go by %(day)s") % words
    return _("No draft plan yet: send it by %(day)s") % words


def _whose(reading: CaseReading) -> tuple[str, str]:
    """("Sam Parent and Pat Advocate", "Parental Preference Form, 3 days late")"""
    if reading.turn.whose is not Whose.FAMILY:
        return _("Us"), ""
    if not reading.waiting:
        return _("The family"), _("comments on the draft plan")
    people = dict.fromkeys(action.assignment.addressee.full_name for action in reading.waiting)
    form, until = reading.waiting[0].assignment.form.title, reading.turn.until
    words = [form, *([in_words((until - reading.today).days)] if until else [])]
    return _(" and ").join(people), ", ".join(words)


def _came_in(action: Any, day: dt.date) -> CameIn:
    days = (day - local_day(action.came_at)).days if action.came_at else 0
    ago = ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return CameIn(action, ago if days else _("today"))
