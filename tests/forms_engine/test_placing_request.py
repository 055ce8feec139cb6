"""The placing request of Scotland: three choices at most, of which the law covers the first."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.journey import Journey, State, StepStore, walk
from forms_engine.spec import Level

FILE = Path(__file__).parents[2] / "fixtures" / "forms" / "placing-request-scotland.json"
FORM = build(json.loads(FILE.read_text(encoding="utf-8")))
OAKFIELD, NORTHGATE = {"id": "1", "words": "Oakfield"}, {"id": "2", "words": "Northgate"}

pytestmark = pytest.mark.capability("B31")


def journey(answers: dict[str, Any]) -> Journey:
    store = {
        (step.id, ""): StepStore({id: answers[id] for id in step.question_ids if id in answers})
        for step in FORM.steps
    }
    return walk(FORM, store, dt.date(2026, 10, 20))


@pytest.mark.parametrize(
    ("support", "level"), [("yes", Level.ADVISED), ("no", Level.OPTIONAL), (None, Level.OPTIONAL)]
)
def test_reasons_are_advised_where_the_law_on_support_needs_asks_for_them(
    support: str | None, level: Level
) -> None:
    asked = journey({"pla-asn": support} if support else {}).steps["pla-reasons"].step
    assert asked.questions_by_id["pla-why"].level is level


@pytest.mark.parametrize("next_choice", ["pla-second", "pla-third"])
def test_a_further_choice_may_stay_empty_and_says_that_the_law_covers_the_first(next_choice: str) -> None:
    assert FORM.question(next_choice).hint == "The law covers only your first choice."
    assert journey({"pla-first": OAKFIELD}).steps["pla-choices"].state is State.DONE


@pytest.mark.parametrize(
    ("third", "state"),
    [pytest.param(NORTHGATE, State.PROBLEM, id="again"), pytest.param(None, State.DONE, id="only two")],
)
def test_no_school_is_chosen_twice(third: Any, state: State) -> None:
    chosen = {"pla-first": OAKFIELD, "pla-second": NORTHGATE} | ({"pla-third": third} if third else {})
    assert journey(chosen).steps["pla-choices"].state is state
