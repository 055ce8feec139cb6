"""The page that shows two texts of one page and asks which to keep."""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.dates import clock_text, local_day, weekday_day_text
from core.govuk.fields import problems
from forms_engine import stash
from forms_engine.drafts import Answers, Filling, Place, Row, saved_at
from forms_engine.pages.conflict import MOST_PAIRS, RESOLVING, clash_of, clashing
from forms_engine.pages.frame import frame, step_url
from forms_engine.pages.questions import hidden
from forms_engine.spec import Question, Step


def conflict_page(
    filling: Filling,
    step: Step,
    item: str,
    mine: Answers,
    theirs: Row,
    post: QueryDict,
    undecided: list[Question],
    *,
    shown: Collection[str],
    checking: bool,
) -> dict[str, Any]:
    """Each question that was answered differently, and its choice. `undecided` were left without one.

    `shown`: the questions that the page had when `post` was typed there.
    """
    differing = clashing([q for q in step.questions if q.id in shown], mine, theirs.answers)
    wording = filling.wording
    clashes = [
        clash_of(
            question,
            mine.get(question.id),
            theirs.answers.get(question.id),
            wording,
            pairs=MOST_PAIRS // len(differing),
            error=_("Choose what to keep") if question in undecided else "",
        )
        for question in differing
    ]
    shared = frame(filling, step, item=item, problems=problems([clash.field for clash in clashes]))
    # What was written here travels along, so that it is lost neither to a wrong choice nor to a closed lid.
    typed = [(name, value) for name, values in post.lists() if name.startswith("q-") for value in values]
    carried = hidden(filling, step, item, rev=theirs.rev, checking=checking)
    return shared | {
        "heading": wording(step.title),
        "clashes": clashes,
        "others_same": len(differing) < len(filling.page(step, item).asked),
        "saved_text": saved_text(filling, (step.id, item)),
        "action": step_url(filling, step, item),
        "hidden": [*carried, (stash.SHOWN, " ".join(sorted(shown))), (RESOLVING, "1"), *typed],
        "back": "",
        "due": None,
    }


def saved_text(filling: Filling, place: Place) -> str:
    """ "Today, 7:48pm."; nothing where the page is not there any more."""
    at = saved_at(filling, place)
    if at is None:
        return ""
    day, time = local_day(at), clock_text(at)
    if day == filling.today:
        return _("Today, %(time)s.") % {"time": time}
    return _("%(day)s, %(time)s.") % {"day": weekday_day_text(day), "time": time}
