"""What a page of another app in a form (`registries.StepPlugin`) is made with.

What is typed on it goes where the app keeps it, never into the draft, which learns only that the page is done.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.govuk.fields import Problem
from forms_engine import drafts
from forms_engine.drafts import Filling
from forms_engine.models import Submission
from forms_engine.pages.frame import frame, next_url, step_url
from forms_engine.spec import Step
from forms_engine.submit import shown_answers, submit

__all__ = ["done", "next_url", "page", "send", "step_url"]


def page(filling: Filling, step: Step, *, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """What `forms_engine/layout.html` needs round the page, and its `heading`."""
    return frame(filling, step, problems=problems) | {"heading": filling.wording(step.title)}


def done(filling: Filling, step: Step) -> None:
    """Note that the page is done. Raises `drafts.Shut`."""
    drafts.save_over(filling, step.id, {})


def send(filling: Filling, step: Step, now: dt.datetime) -> Submission:
    """Send the form from its last page, which is done with that. It has to have a user by then.

    Raises what `submit.submit` does.
    """
    done(filling, step)
    return submit(filling.party, now, filling.today, shown_answers(filling))
