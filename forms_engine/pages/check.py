""" "Check your answers": every answer with a way to change it, what is missing, what would help, and Submit."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import ngettext

from core.govuk.fields import Problem, problems
from forms_engine.drafts import Filling
from forms_engine.pages.answers import cards_of
from forms_engine.pages.frame import frame, step_url
from forms_engine.pages.questions import fields_of, hidden
from forms_engine.spec import Step
from forms_engine.types.base import Error

MOST_LISTED = 5


class Gap(NamedTuple):
    """A page on which something is missing or cannot stand."""

    title: str
    url: str


def check_page(
    filling: Filling, step: Step, *, errors: Mapping[str, tuple[Error, ...]] = {}, refused: bool = False
) -> dict[str, Any]:
    """The page; `refused` after a Submit that could not be taken, with the `errors` of its own questions."""
    gaps = gaps_in(filling, step)
    cards = cards_of(filling.tree(), filling, without=step.id)
    advised = [row for card in cards for row in card.all_rows() if row.is_advised]
    made = fields_of(filling, step, "", filling.row(step.id).answers, errors)
    problem_list: list[Problem] = [("missing", missing_text(gaps))] if gaps and refused else []
    shared = frame(filling, step, problems=[*problem_list, *problems(made)] if refused else [])
    return shared | {
        "heading": filling.wording(step.title),
        "missing": gaps,
        "missing_text": missing_text(gaps),
        # A long list would bury what it points at: the rows below are marked anyway.
        "advised": advised if len(advised) <= MOST_LISTED else [],
        "advised_text": advised_text(len(advised)) if advised else "",
        "cards": cards,
        "fields": made,
        "action": step_url(filling, step),
        "hidden": hidden(filling, step, "", rev=filling.row(step.id).rev),
    }


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
