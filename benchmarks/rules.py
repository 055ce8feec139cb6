"""The rules of a form, in one process: `python -m benchmarks.rules` prints the microseconds of 100 rules and of a walk.

The walk is through 60 pages of two questions, every third of them on a condition, with an answer to each; the rules are
a mix of all operators. Both are the least of many rounds: whatever else the machine did is no part of them.
"""

import datetime as dt
import json
import timeit
from collections.abc import Callable
from typing import Any

from benchmarks.long_forms import answers, long_form
from forms_engine.definition import build
from forms_engine.rules import condition_json
from forms_engine.rules.journey import StepStore, walk

PAGES, RULES = 60, 100
ROUNDS, TIMES = 60, 20
TODAY = dt.date(2026, 10, 20)

ANSWERS: dict[str, Any] = {
    "choice": "a",
    "choices": ["a", "b"],
    "number": 3,
    "money": "7400.50",
    "born": "2010-05-01",
    "schools": [{"kind": "special"}, {"kind": "other"}],
}
_TESTS: list[dict[str, Any]] = [
    {"question": "choice", "op": "is", "value": "a"},
    {"question": "choice", "op": "is-one-of", "value": ["b", "c"]},
    {"question": "choices", "op": "contains-any", "value": ["b"]},
    {"question": "number", "op": "more-than", "value": 2},
    {"question": "born", "op": "before", "value": {"today": {"years": -16}}},
    {"question": "missing", "op": "is-not", "value": "a"},
    {"question": "missing", "op": "was-answered"},
    {
        "all": [
            {"question": "choice", "op": "is", "value": "a"},
            {"question": "number", "op": "less-than", "value": 9},
        ]
    },
    {"not": {"question": "choice", "op": "is", "value": "b"}},
    {"question": "born", "op": "after", "value": "2008-01-01"},
]


def _least(what: Callable[[], object]) -> float:
    """Microseconds."""
    return min(timeit.repeat(what, number=TIMES, repeat=ROUNDS)) / TIMES * 1e6


def rules() -> float:
    conditions = [condition_json.read(_TESTS[number % len(_TESTS)]).compiled for number in range(RULES)]
    day = build({}).day(TODAY)
    return _least(lambda: [condition(ANSWERS, day) for condition in conditions])


def steps() -> float:
    form = build(long_form(PAGES))
    store = {(f"s{number}", ""): StepStore(answers(number)) for number in range(1, PAGES + 1)}
    journey = walk(form, store, TODAY)
    if len(journey.path) != PAGES + 1:
        raise RuntimeError(f"The walk met {len(journey.path)} pages, not {PAGES} and the last")
    return _least(lambda: walk(form, store, TODAY))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"rules": rules(), "walk": steps()}))
