"""What a stored page says once its answers are cleaned: every page of a form reads all of them, at each request.

Cleaning is pure (`types.base.QuestionType`): the same text says the same on the same day, whoever typed it. The pages
read last are kept, in the memory of the process alone.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache

from forms_engine.rules.journey import StepStore
from forms_engine.spec import Itself, PrefillMode
from forms_engine.types import asking, takes_files
from forms_engine.types.base import Cleaned

MOST_KEPT = 4_000
# Characters. A longer text is read anew each time: what is kept stays within some ten megabytes.
LONGEST_KEPT = 2_000


def of_text(page: Itself, text: str, today: dt.date) -> StepStore:
    """What `text` says, the answers as they are stored to a step that `is_only_typed`."""
    return _kept(page, text, today) if len(text) <= LONGEST_KEPT else _read(page, text, today)


def page_of(cleaned: Mapping[str, Cleaned]) -> StepStore:
    """A visited page as the walk takes it, of how each answer on it counts."""
    return StepStore(
        values={id: each.value for id, each in cleaned.items() if each.value is not None},
        errors=frozenset(id for id, each in cleaned.items() if each.is_invalid),
    )


@lru_cache(maxsize=MOST_KEPT)
def is_only_typed(page: Itself) -> bool:
    """Whether what is stored of the step says all: no files, nothing that its source knows better."""
    return not any(
        takes_files(question) or question.prefill_mode is PrefillMode.FIXED
        for question in page.step.questions
    )


def _read(page: Itself, text: str, today: dt.date) -> StepStore:
    typed = json.loads(text)
    return page_of(
        {
            question.id: asking.clean(question, typed.get(question.id), today)
            for question in page.step.questions
        }
    )


_kept = lru_cache(maxsize=MOST_KEPT)(_read)
