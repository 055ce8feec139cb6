"""What stored pages say once their answers are cleaned, and how far that brings their person through a section.

Every page of a form asks this of all pages, at each request. Cleaning (`types.base.QuestionType`) and walking are pure:
the same texts say the same on the same day, whoever typed them. What was read last is kept, in the memory of the
process alone.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from forms_engine.rules.journey import SectionState, StepStore, through
from forms_engine.rules.operators import Values
from forms_engine.spec import Itself, PrefillMode, Stretch
from forms_engine.types import asking, takes_files
from forms_engine.types.base import Cleaned

MOST_KEPT = 4_000
# Characters of a page, or of a section. What is longer is read anew each time: each of both stays within some ten
# megabytes.
LONGEST_KEPT = 2_000
# The texts of a section's pages as they are stored, None of those that were not saved yet.
Texts = tuple[str | None, ...]


def of_text(page: Itself, text: str, today: dt.date) -> StepStore:
    """What `text` says, the answers as they are stored to a step that `is_only_typed`."""
    return _kept(page, text, today) if len(text) <= LONGEST_KEPT else _read(page, text, today)


def walked(stretch: Stretch, texts: Texts, values: dict[str, Any], today: dt.date) -> SectionState | None:
    """The way `through` a section of which the stored texts say all, which `is_told_by` knows."""
    read = tuple([values.get(id) for id in stretch.reads])
    # Several choices and the items of a group cannot be looked up by.
    find = _kept_walk if all(each is None or isinstance(each, str | int) for each in read) else _walk
    state, said = find(stretch, texts, read, today)
    values.update(said)
    return state


def is_told_by(stretch: Stretch, texts: Texts) -> bool:
    """Whether the stored texts of a section's pages say all that stands there, and are short enough to be kept."""
    return _is_only_typed(stretch) and sum([len(text) for text in texts if text]) <= LONGEST_KEPT


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


@lru_cache(maxsize=MOST_KEPT)
def _is_only_typed(stretch: Stretch) -> bool:
    return all(is_only_typed(step.itself) and not step.is_group for step in stretch.section.steps)


def _walk(
    stretch: Stretch, texts: Texts, read: tuple[Any, ...], today: dt.date
) -> tuple[SectionState | None, Values]:
    """The way through a section, and the answers that it puts there. `read`: the answers to what it `reads`."""
    stored = zip(stretch.section.steps, texts, strict=True)
    store = {step.place: of_text(step.itself, text, today) for step, text in stored if text is not None}
    earlier = {id: value for id, value in zip(stretch.reads, read, strict=True) if value is not None}
    values = dict(earlier)
    state = through(stretch, store, values, stretch.form.day(today))
    return state, {id: value for id, value in values.items() if id not in earlier}


_kept_walk = lru_cache(maxsize=MOST_KEPT)(_walk)


def _read(page: Itself, text: str, today: dt.date) -> StepStore:
    typed = json.loads(text)
    return page_of(
        {
            question.id: asking.clean(question, typed.get(question.id), today)
            for question in page.step.questions
        }
    )


_kept = lru_cache(maxsize=MOST_KEPT)(_read)
