"""What stands round each page of a form in progress: the sections at the side, the last day, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from core.govuk.attributes import attributes, linked_items
from core.govuk.fields import ForTemplates, Problem
from forms_engine.drafts import Filling
from forms_engine.models import Assignment, Draft, Party
from forms_engine.pages.last_day import due_line
from forms_engine.rules.journey import SectionState, State
from forms_engine.spec import Step
from forms_engine.ways_back import way_back_of

# "?check=1": this page was opened from "check your answers", and leads back there.
CHECKING = "check"
# "?errors=1": Continue or Submit was pressed, and the page says what is missing. A failed post leads to such an
# address, so that Back and Reload show pages, never a browser's question whether to send everything again.
ERRORS = "errors"
_SAID = {
    State.NOT_STARTED: gettext_noop("Not started"),
    State.IN_PROGRESS: gettext_noop("In progress"),
    State.PROBLEM: gettext_noop("There is a problem"),
}


@dataclass(frozen=True, slots=True)
class Side(ForTemplates):
    title: str
    tasks: str  # the address of the list of all sections, where the form has one
    summary: str  # what stands for the folded list on a phone
    sections: SafeString  # the items of the list
    print: str
    pdf: str
    close: str
    delete: str  # of a guest: the address at which she deletes what she typed


def frame(
    filling: Filling,
    step: Step | None,
    *,
    item: str = "",
    problems: Sequence[Problem] = (),
    checking: bool = False,
) -> dict[str, Any]:
    """The context that `forms_engine/layout.html` and its pages share. `step` is None beside the steps."""
    return {
        "draft": filling.draft,
        "trial": None,  # `authoring.trial` says; a name that a template does not find costs it four exceptions
        "side": side(filling, step),
        "due": due_line(filling.draft.assignment, filling.today),
        "again": again(filling.draft.assignment),
        "helped": helped(filling.draft, filling.party),
        "is_helper": filling.party.helper is not None,
        "back": back_url(filling, step, item, checking) if step else "",
        "caption": caption(filling, step) if step else "",
        "problems": problems,
        # A guest is signed in nowhere.
        "idle_minutes": 0 if filling.party.is_guest else idle_minutes(),
        "is_guest": filling.party.is_guest,
        "can_wait": can_wait(filling),
    }


def helped(draft: Draft, party: Party) -> str:
    """What to say where staff fill the form in for its person, to them or to her; "" where nobody does."""
    if not draft.is_helped:
        return ""
    words = {"name": party.user.full_name if party.user else "", "helper": draft.assisted_by.full_name}
    if party.helper:
        return (
            _(
                "You are filling this in for %(name)s. Write what was said, or what stands on the paper, and "
                "nothing of your own. %(name)s can read all of it, and gets an email when you send it. As soon as "
                "%(name)s saves a page, you cannot open it any more."
            )
            % words
        )
    return (
        _(
            "%(helper)s of the council is helping you with this form, and can see what is written in it. As soon as "
            "you save a page yourself you go on alone: what you write is then yours alone until you send it."
        )
        % words
    )


def can_wait(filling: Filling) -> bool:
    """Whether one comes back to the form and keeps a copy. One that an app's own page ends is done at once."""
    steps = filling.form.steps
    return not (steps and steps[-1].is_plugin)


def idle_minutes() -> int:
    """How long somebody may do nothing before she is signed out."""
    return settings.SESSION_IDLE_SECONDS["default"] // 60


def again(assignment: Assignment | None) -> str:
    """Why a form that was sent is wanted once more; "" where it is not."""
    return assignment.reason if assignment and assignment.is_wanted_again else ""


def step_url(
    filling: Filling, step: Step, item: str = "", *, checking: bool = False, errors: bool = False
) -> str:
    """A page of this draft. `checking`: it leads back to "check your answers". `errors`: it says what is missing."""
    # A page's address stands under its draft's: to look up each would cost as much as reading the answers.
    url = f"{filling.url}{step.id}/{item}/" if item else f"{filling.url}{step.id}/"
    flags = [f"{name}=1" for name, is_set in ((CHECKING, checking), (ERRORS, errors)) if is_set]
    return f"{url}?{'&'.join(flags)}" if flags else url


def side(filling: Filling, step: Step | None) -> Side:
    form, wording = filling.form, filling.wording
    states, language = filling.journey.sections, get_language()
    current = form.section_of[step.id].id if step else ""
    place = next((place for place, state in enumerate(states, start=1) if state.section.id == current), 0)
    words = {"place": place, "sections": len(states)}
    summary = _("Section %(place)s of %(sections)s: see all") if place else _("Sections of this form")
    return Side(
        title=wording(form.title),
        tasks=filling.url if form.task_list else "",
        summary=summary % words,
        sections=linked_items(
            [
                _link(filling, state, number, language, is_current=number == place)
                for number, state in enumerate(states, start=1)
            ]
        ),
        print=f"{filling.url}print/" if can_wait(filling) else "",
        pdf=f"{filling.url}pdf/" if can_wait(filling) else "",
        close=way_back_of(filling.party).url,
        delete=f"{filling.url}delete/" if filling.party.is_guest else "",
    )


def _link(
    filling: Filling, section: SectionState, number: int, language: str | None, *, is_current: bool
) -> tuple[SafeString, SafeString]:
    """The attributes of the link to a section's first page, and what it says."""
    url, title = step_url(filling, section.steps[0].step), filling.wording(section.section.title)
    link = attributes((("href", url), ("aria-current", "step" if is_current else "")))
    return link, _line(language, number, title, None if is_current else section.state)


@lru_cache(maxsize=1_000)
def _line(language: str | None, number: int, title: str, state: State | None) -> SafeString:
    """What the link to a section says, wherever it leads; `state` is None of the one that is open.

    The lines of all forms and people look alike: most have been made before.
    """
    said, mark = said_of(state) if state else (_("You are here"), "now")
    line = {"number": number, "title": title, "said": said, "mark": mark}
    return render_to_string("forms_engine/section.html", line)


def said_of(state: State) -> tuple[str, str]:
    """How far a section is, in words and as its mark."""
    if state is State.DONE:
        return pgettext("a section of a form", "Done"), "done"
    return _(_SAID[state]), "problem" if state is State.PROBLEM else ""


def caption(filling: Filling, step: Step) -> str:
    """Where in the form a page is: its section and page, or the section's number where that has one page.

    Not of how many pages: an answer may open more of them. Nothing of a page that has left the path.
    """
    if not filling.journey.at(step.id):
        return ""
    sections, section = filling.journey.sections, filling.form.section_of[step.id]
    number, state = next(
        (number, state) for number, state in enumerate(sections, start=1) if state.section.id == section.id
    )
    pages = [each.step.id for each in state.steps]
    if len(pages) == 1:
        return _("Section %(number)s of %(sections)s") % {"number": number, "sections": len(sections)}
    return _("%(section)s, page %(page)s") % {
        "section": filling.wording(state.section.title),
        "page": pages.index(step.id) + 1,
    }


def back_url(filling: Filling, step: Step, item: str, checking: bool) -> str:
    """An item leads back to its list, a page opened from "check your answers" to those, others to the page before.

    The first of a section leads to the list of sections, where the form has one.
    """
    if item:
        return step_url(filling, step, checking=checking)
    if checking:
        return step_url(filling, check_step(filling))
    before = filling.journey.previous_before(step.id)
    if filling.form.task_list and not is_with(filling, step, before):
        return filling.url
    return step_url(filling, before) if before else way_back_of(filling.party).url


def is_with(filling: Filling, step: Step, other: Step | None) -> bool:
    """Whether both stand in one section."""
    return other is not None and filling.form.section_of[step.id] is filling.form.section_of[other.id]


def check_step(filling: Filling) -> Step:
    """The step that sends the form: each path ends there."""
    return filling.journey.path[-1].step


def next_url(filling: Filling, step: Step, *, checking: bool) -> str:
    """Where Continue leads. Back to "check your answers" by way of the pages that a changed answer has opened.

    The last page of a section leads to the list of sections, where the form has one.
    """
    if checking:
        missed = filling.journey.first_missed(step.id)
        return step_url(filling, missed, checking=missed.id != check_step(filling).id)
    following = filling.reach.next_after(step.id) or check_step(filling)
    if filling.form.task_list and not is_with(filling, step, following):
        return filling.url
    return step_url(filling, following)
