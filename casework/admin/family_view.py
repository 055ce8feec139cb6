"""What each person of the family's side reads about a case: now, or once something is recorded or corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.pages.turn import Panel, panel
from casework.selectors import council_counting, read_case
from core.council import council_settings
from core.dates import today


@dataclass(frozen=True, slots=True)
class Reader:
    """A person to whom the case is open, and what she reads on its page."""

    access: CaseAccess
    panel: Panel


def readers(
    case: Case, access: Iterable[CaseAccess], actions: Sequence[Action], history: Sequence[CaseEvent]
) -> list[Reader]:
    """Each of `access` with the page's panel as `history` makes it. `actions`: all of the case. No query."""
    day, counting, council = today(), council_counting(), council_settings()
    found = []
    for row in access:
        reading = read_case(
            case,
            [action for action in actions if action.assignment.addressee_id == row.person_id],
            today=day,
            counting=counting,
            person=row.person,
            is_own=row.capacity == CaseAccess.Capacity.YOUNG_PERSON,
            history=history,
        )
        found.append(Reader(row, panel(reading, council)))
    return found


def would_read(case: Case, history: Sequence[CaseEvent]) -> list[Reader]:
    """What each would read if `history` were what has happened."""
    access = CaseAccess.objects.holding(today()).filter(case=case).select_related("person")
    actions = list(case.actions.with_forms())
    return readers(case, access, actions, history)
