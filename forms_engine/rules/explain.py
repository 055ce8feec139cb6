"""Why something of a form is asked: which of the answers make its condition true.

The fewest that do: of "any of", the first part that is true; of "all of", every part. Pure; the words are made where
the page is (`forms_engine/pages/why.py`).
"""

from collections.abc import Iterator

from forms_engine.rules.conditions import All, AnyOf, Condition, Leaf, Not
from forms_engine.rules.operators import Day, Values


def reasons(condition: Condition, values: Values, day: Day) -> tuple[Leaf, ...]:
    """The tests that make `condition` True with the answers `values`: true ones, and under a "not" false ones.

    Empty where it is not True, or cannot be worked out.
    """
    try:
        return tuple(dict.fromkeys(_why(condition, values, day, wanted=True)))
    except Exception:  # it is shown all the same (`rules/asking.py`), and nothing is made up
        return ()


def _why(condition: Condition, values: Values, day: Day, *, wanted: bool) -> Iterator[Leaf]:
    """The reasons for `condition` being as `wanted`; none where it is not."""
    if condition.compiled(values, day) is not wanted:
        return
    if isinstance(condition, Not):
        yield from _why(condition.part, values, day, wanted=not wanted)
    elif isinstance(condition, All | AnyOf):
        deciding = [part for part in condition.parts if part.compiled(values, day) is wanted]
        # One is enough to make "any of" true, and to make "all of" false.
        one_is_enough = isinstance(condition, AnyOf) is wanted
        for part in deciding[:1] if one_is_enough else deciding:
            yield from _why(part, values, day, wanted=wanted)
    elif isinstance(condition, Leaf):
        yield condition
