"""The list of a form's sections, from which people choose the one to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.govuk.fields import ForTemplates
from forms_engine import progress
from forms_engine.drafts import Filling
from forms_engine.pages.frame import check_step, frame, step_url
from forms_engine.pages.receipt import form_for
from forms_engine.rules.journey import SectionState, State
from forms_engine.ways_back import way_back_of

# As the GOV.UK Design System has it; the colour of the tag, "" for plain words.
_SAID = {
    State.NOT_STARTED: (gettext_noop("Not yet started"), "blue"),
    State.IN_PROGRESS: (gettext_noop("Incomplete"), "light-blue"),
    State.DONE: (gettext_noop("Completed"), ""),
    State.PROBLEM: (gettext_noop("There is a problem"), "red"),
}


@dataclass(frozen=True, slots=True)
class Task(ForTemplates):
    """One section. `url` is empty where it cannot be started yet."""

    id: str
    title: str
    url: str
    said: str
    tag: str


def tasks_page(filling: Filling) -> dict[str, Any]:
    way_back = way_back_of(filling.party)
    return frame(filling, None) | {
        "form_for": form_for(filling.draft.assignment),
        "progress": progress.said(filling),
        "tasks": tasks(filling),
        "back": way_back.url,
    }


def tasks(filling: Filling) -> Sequence[Task]:
    """The sections on the path, each with how far it is, leading to its first page that is not done."""
    return [_task(filling, section) for section in filling.journey.sections]


def _task(filling: Filling, section: SectionState) -> Task:
    id, title = f"task-{section.section.id}", filling.wording(section.section.title)
    if _waits(filling, section):
        return Task(id, title, "", _("Cannot start yet"), "")
    to_do = next((each.step for each in section.steps if each.state is not State.DONE), section.steps[0].step)
    said, tag = _SAID[section.state]
    return Task(id, title, step_url(filling, to_do), _(said), tag)


def _waits(filling: Filling, section: SectionState) -> bool:
    """Whether it is the one that sends the form, and something in the others still keeps it from being sent."""
    first_open = filling.journey.first_open()
    only_sends = section.steps[0].step is check_step(filling)
    return only_sends and first_open is not None and first_open.id != section.steps[0].step.id
