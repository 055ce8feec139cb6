"""What stands at one step, and which step follows it: of the way through a form, no more than decides that.

A page that is saved leads on to the next one. How far its person is elsewhere is asked by pages that are opened.
"""

import datetime as dt
from typing import Any

from forms_engine.rules.journey import PathStep, SectionState, Through
from forms_engine.spec import Form, Step


class Reach:
    """Answers as the whole `Journey` would, from the sections asked for and those on whose answers they rest."""

    def __init__(self, form: Form, today: dt.date, walked: Through) -> None:
        self._form, self._walked, self._day = form, walked, form.day(today)
        self._met: dict[int, SectionState | None] = {}
        # Place of a section -> the answers there and in those that it rests on.
        self._values: dict[int, dict[str, Any]] = {}

    def at(self, step_id: str) -> PathStep | None:
        """A step as it is asked on the path; None of one that is not on it."""
        met = self._meet(self._form.section_places[step_id])
        steps = met.steps if met else ()
        return next((each for each in steps if each.step.id == step_id), None)

    def next_after(self, step_id: str) -> Step | None:
        """The next step on the path. `step_id` may have left the path. None after the last."""
        places = self._form.places
        for section in range(self._form.section_places[step_id], len(self._form.route)):
            met = self._meet(section)
            for each in met.steps if met else ():
                if places[each.step.id] > places[step_id]:
                    return each.step
        return None

    def _meet(self, place: int) -> SectionState | None:
        if place not in self._met:
            values: dict[str, Any] = {}
            for earlier in self._form.rests_on[place]:
                self._meet(earlier)
                values.update(self._values[earlier])
            self._met[place] = self._walked(self._form.route[place], values, self._day)
            self._values[place] = values
        return self._met[place]
