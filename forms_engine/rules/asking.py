"""A page as it is asked now: the wording that fits, the options that can be chosen, what must be answered.

What changes a page are conditions on earlier steps. Each way in which they can stand makes one page, which its step
keeps.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from forms_engine.rules.conditions import Condition
from forms_engine.rules.operators import Compiled, Day, Values
from forms_engine.spec import Level, Option, Question, Step, Variant

logger = logging.getLogger(__name__)

# Pages of one step that are kept. A step that can be more than this is made anew each time.
_MOST_KEPT = 64


def holds(condition: Compiled, values: Values, day: Day, what: str, *, otherwise: bool) -> bool:
    """Whether the condition of `what` (an id) is True; `otherwise` where it cannot be worked out."""
    try:
        return condition(values, day) is True
    except Exception:  # whatever is wrong with a rule, the family's form must go on
        # No traceback: its message could hold an answer.
        logger.error("A condition could not be worked out: it is taken as %s, of %s", otherwise, what)
        return otherwise


def as_asked(step: Step, values: Values, day: Day) -> Step:
    """`step` with the answers `values` of earlier steps: itself where nothing of it depends on any."""
    if not step.varies:
        return step
    stands = tuple(
        holds(condition.compiled, values, day, what, otherwise=otherwise)
        for condition, what, otherwise in _conditions(step)
    )
    kept = step.as_asked
    if stands not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[stands] = _made(step, iter(stands))
    return kept[stands]


def without_closed(value: Any, closed: frozenset[str]) -> Any:
    """An answer without the options that cannot be chosen now; None where nothing is left."""
    if isinstance(value, list):
        return [entry for entry in value if not isinstance(entry, str) or entry not in closed] or None
    return None if isinstance(value, str) and value in closed else value


def _conditions(step: Step) -> Iterator[tuple[Condition, str, bool]]:
    """Each condition, what it stands on, and how it is taken where it fails. In the order of `_made`.

    A fault of ours takes no option away, and demands nothing.
    """
    yield from ((variant.when, step.id, False) for variant in step.variants)
    for question in step.questions:
        if question.required_if:
            yield question.required_if, question.id, False
        if question.advised_if:
            yield question.advised_if, question.id, False
        yield from ((variant.when, question.id, False) for variant in question.variants)
        yield from ((option.show_if, option.id, True) for option in question.options if option.show_if)


def _made(step: Step, stands: Iterator[bool]) -> Step:
    words = _words(step.variants, stands)
    questions = tuple(
        _question(question, stands) if question.varies else question for question in step.questions
    )
    closed = {
        before.id: gone
        for before, now in zip(step.questions, questions, strict=True)
        if (gone := _ids(before.options) - _ids(now.options))
    }
    kept = tuple(question for question in questions if not _stands_under_closed(question, step, closed))
    return replace(step, questions=kept, variants=(), closed=closed, **words)


def _stands_under_closed(question: Question, step: Step, closed: Mapping[str, frozenset[str]]) -> bool:
    """Whether it follows an answer that nobody can give now. Left on the page, it would look like any other."""
    opener, option = step.revealed_by.get(question.id, ("", ""))
    return option in closed.get(opener, ())


def _question(question: Question, stands: Iterator[bool]) -> Question:
    is_required = question.required_if is not None and next(stands)
    is_advised = question.advised_if is not None and next(stands)
    words = _words(question.variants, stands)
    options = tuple(option for option in question.options if option.show_if is None or next(stands))
    return replace(
        question,
        level=_level(question.level, is_required=is_required, is_advised=is_advised),
        options=tuple(replace(option, show_if=None) for option in options),
        required_if=None,
        advised_if=None,
        variants=(),
        **words,
    )


def _level(level: Level, *, is_required: bool, is_advised: bool) -> Level:
    """What an empty answer means now: a condition makes it weigh more, and none less."""
    if is_required:
        return Level.REQUIRED
    return Level.ADVISED if is_advised and level is Level.OPTIONAL else level


def _words(variants: tuple[Variant, ...], stands: Iterator[bool]) -> dict[str, Any]:
    """The words of the first variant whose condition is true."""
    fitting = [
        variant.words
        for variant, is_so in zip(variants, [next(stands) for _ in variants], strict=True)
        if is_so
    ]
    return dict(fitting[0]) if fitting else {}


def _ids(options: tuple[Option, ...]) -> frozenset[str]:
    return frozenset(option.id for option in options)
