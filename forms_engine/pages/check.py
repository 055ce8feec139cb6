""" "Check your answers": every answer with a way to change it, what is missing, what would help, and Submit."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.govuk import fields
from core.govuk.fields import Field, Problem, problems
from forms_engine.assist import SAID_YES
from forms_engine.drafts import Answers, Filling
from forms_engine.pages.answers import cards_of
from forms_engine.pages.frame import frame, step_url
from forms_engine.pages.questions import fields_of, hidden
from forms_engine.spec import Step
from forms_engine.submit import shown_answers
from forms_engine.types.base import Error

MOST_LISTED = 5
# What the page sends along, so that nothing else is sent than it showed.
ANSWERS_SHOWN = "answers"


class Gap(NamedTuple):
    """A page on which something is missing or cannot stand."""

    title: str
    url: str


def check_page(
    filling: Filling,
    step: Step,
    *,
    errors: Mapping[str, tuple[Error, ...]] = {},
    refused: bool = False,
    ticks: Answers | None = None,
    restored: str = "",
) -> dict[str, Any]:
    """The page; `refused` after a Submit that could not be taken, with the `errors` of its own questions.

    `ticks` are what was ticked when the sign-in had run out, kept under the name `restored`.
    """
    gaps = gaps_in(filling, step)
    cards = cards_of(filling.tree(), filling, without=step.id)
    # "You can send the form as it is" is only true where nothing is missing.
    advised = [] if gaps else [row for card in cards for row in card.all_rows() if row.is_advised]
    typed = filling.typed(step) if ticks is None else ticks
    made = fields_of(filling, step, "", typed, errors)
    if filling.party.helper:
        made.append(_yes_field(filling, refused=refused))
    problem_list: list[Problem] = [("missing", missing_text(gaps))] if gaps and refused else []
    shared = frame(filling, step, problems=[*problem_list, *problems(made)] if refused else [])
    return shared | {
        "heading": filling.wording(step.title),
        "missing": gaps,
        "missing_text": missing_text(gaps),
        # A long list would bury what it points at: the rows below are marked anyway.
        "advised": advised if len(advised) <= MOST_LISTED else [],
        "first_advised": advised[0].change if advised else "",
        "advised_text": advised_text(len(advised)) if advised else "",
        "cards": cards,
        "fields": made,
        "action": step_url(filling, step),
        "hidden": [
            *hidden(filling, step, "", rev=filling.row(step.id).rev, restored=restored),
            (ANSWERS_SHOWN, shown_answers(filling)),
        ],
        "restored": restored,
    }


def _yes_field(filling: Filling, *, refused: bool) -> Field:
    """What she said, where somebody else presses Submit."""
    name = {"name": filling.party.user.full_name if filling.party.user else ""}
    said = filling.draft.said_yes
    return Field(
        template=fields.TEXTAREA,
        id=SAID_YES,
        name=SAID_YES,
        label=_("What did %(name)s say when you asked whether this is right?") % name,
        hint=_(
            "Read the answers out first. You do not sign for anybody: write down the yes in their own words, or "
            "that the paper is signed, and by whom."
        ),
        value=said,
        error=_("Write down what %(name)s said: without a yes the form cannot be sent") % name
        if refused and not said
        else "",
        rows=2,
    )


def gaps_in(filling: Filling, step: Step) -> list[Gap]:
    """The pages before this one that stop the form from being sent."""
    blocking = [each.step for each in filling.journey.path if each.is_blocking and each.step.id != step.id]
    return [Gap(filling.wording(each.title), step_url(filling, each, checking=True)) for each in blocking]


def missing_text(gaps: list[Gap]) -> str:
    return ngettext("1 page still needs an answer", "%(pages)s pages still need an answer", len(gaps)) % {
        "pages": len(gaps)
    }


def advised_text(number: int) -> str:
    return ngettext("1 answer is empty", "%(answers)s answers are empty", number) % {"answers": number}
