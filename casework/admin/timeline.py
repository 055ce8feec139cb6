"""What has happened in a case, the newest first: steps, what was corrected, and what was done with its forms."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.admin.words import EVENT_NAMES
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event, is_step
from core.dates import day_text, local_day
from core.models import AuditEntry

_FORM_VERBS: Mapping[str, Promise] = {
    "action.asked": gettext_lazy("%(form)s asked of %(name)s"),
    "action.done": gettext_lazy("%(form)s came from %(name)s"),
    "action.accepted": gettext_lazy("%(form)s from %(name)s accepted"),
    "action.reopened": gettext_lazy("%(form)s opened again for %(name)s"),
    "action.withdrawn": gettext_lazy("%(form)s withdrawn from %(name)s"),
}
# These go with a reason; the assignment keeps the last one.
_WITH_REASON = ("action.reopened", "action.withdrawn")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line. `corrected`: who took it back, when and why; such a line is struck out."""

    name: str
    day: dt.date
    at: dt.datetime
    by: str
    note: str = ""
    corrected: str = ""
    correct_url: str = ""


def timeline(case: Case, actions: Sequence[Action], *, may_run: bool) -> list[Happened]:
    """Steps with a link to correct them for those who `may_run` the case. Two queries beside the case's events."""
    lines = [*(_step(row, may_run) for row in case.events.all()), *_of_forms(actions)]
    return sorted(lines, key=lambda line: (line.day, line.at), reverse=True)


def _step(row: CaseEvent, may_run: bool) -> Happened:
    can = may_run and row.stands and is_step(row.event)
    # One of two parents is not the family: each answers for herself.
    whose = row.by_name if row.event == Event.COMMENTS_RECEIVED else ""
    name = _("Comments on the draft came from %(name)s") % {"name": whose} if whose else ""
    return Happened(
        name=name or str(EVENT_NAMES[Event(row.event)]),
        day=row.day,
        at=row.recorded_at,
        by="" if whose else row.by_name or _name(row.recorded_by),
        corrected=_corrected(row),
        correct_url=reverse("case_correct", args=[row.pk]) if can else "",
    )


def _corrected(row: CaseEvent) -> str:
    if row.corrected_at is None:
        return ""
    words = {"name": _name(row.corrected_by), "day": day_text(row.corrected_at), "why": row.correction}
    return _("Wrong: corrected by %(name)s on %(day)s. %(why)s") % words


def _of_forms(actions: Sequence[Action]) -> Iterable[Happened]:
    """From the audit, which has every step of a form with its time and who took it."""
    by_id: dict[UUID | None, Action] = {action.pk: action for action in actions}
    entries = list(
        AuditEntry.objects.filter(
            object_type="casework.action", object_id__in=by_id, verb__in=_FORM_VERBS
        ).order_by("pk")
    )
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    last_reason = {entry.object_id: entry.pk for entry in entries if entry.verb in _WITH_REASON}
    for entry in entries:
        action = by_id[entry.object_id]
        yield Happened(
            name=_FORM_VERBS[entry.verb]
            % {"form": action.assignment.form.title, "name": action.assignment.addressee.full_name},
            day=local_day(entry.at),
            at=entry.at,
            by=_name(people.get(entry.actor_id)),
            note=action.assignment.reason if last_reason.get(entry.object_id) == entry.pk else "",
        )


def _name(person: User | None) -> str:
    return person.full_name if person else ""
