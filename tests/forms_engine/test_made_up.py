"""Made-up answers that lead to a page of a form."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine import preview
from forms_engine.definition import build
from forms_engine.rules.journey import StepStore, Store, walk
from forms_engine.rules.made_up import Chosen, answers_to
from forms_engine.spec import Form
from tests.forms_engine.sample import SAMPLE
from tests.work import at_most

TODAY = dt.date(2026, 10, 20)
SHIPPED = sorted(Path("fixtures/forms").glob("*.json"))


def store_of(form: Form, chosen: Chosen) -> Store:
    """The answers as `journey.walk` takes them."""
    store: dict[tuple[str, str], StepStore] = {}
    for step in form.steps:
        if step.is_group and (items := chosen.get(step.id)):
            names = tuple(str(number) for number in range(len(items)))
            store[step.id, ""] = StepStore(items=names)
            store |= {(step.id, name): StepStore(item) for name, item in zip(names, items, strict=True)}
        else:
            store[step.id, ""] = StepStore({id: chosen[id] for id in step.question_ids if id in chosen})
    return store


def leads_to(form: Form, step_id: str) -> bool:
    """Whether answers are found with which the page is on the path."""
    chosen = answers_to(form, form.steps_by_id[step_id], form.day(TODAY), preview.choices, preview.example)
    return chosen is not None and step_id in walk(form, store_of(form, chosen), TODAY).steps


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_of_every_shipped_form_can_be_met(path: Path) -> None:
    form = build(json.loads(path.read_text("utf-8")))

    assert [step.id for step in form.steps if not leads_to(form, step.id)] == []


CONDITIONS: list[Any] = [
    {"question": "where", "op": "is-not", "value": "school"},
    {"question": "where", "op": "is-one-of", "value": ["home"]},
    {"question": "born", "op": "before", "value": "2010-09-01"},
    {"question": "born", "op": "after", "value": {"today": {"years": -16}}},
    {"question": "born", "op": "age-at-least", "value": 16},
    {"question": "born", "op": "age-under", "value": 5, "on": "2026-09-01"},
    {"question": "email", "op": "was-answered"},
    {"not": {"question": "email", "op": "was-answered"}},
    {"question": "home-why", "op": "was-answered"},
    {"question": "seen", "op": "is", "value": "no"},
    {
        "not": {
            "all": [
                {"question": "seen", "op": "is", "value": "no"},
                {"question": "email", "op": "was-answered"},
            ]
        }
    },
    {
        "any": [
            {"question": "name", "op": "is", "value": "Kim"},
            {"question": "seen", "op": "is", "value": "yes"},
        ]
    },
    {"items": "choices", "op": "more-than", "value": 1},
    {"any_item": "choices", "has": {"question": "school-why", "op": "was-answered"}},
    {"every_item": "choices", "has": {"question": "school-name", "op": "is", "value": "Northgate"}},
]


def with_condition(condition: Any) -> Form:
    data = json.loads(json.dumps(SAMPLE))
    data["sections"][3]["steps"][0]["show_if"] = condition
    return build(data)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: json.dumps(condition)[:60])
def test_answers_are_found_for_every_kind_of_condition(condition: Any) -> None:
    assert leads_to(with_condition(condition), "files")


@given(st.lists(st.sampled_from(CONDITIONS[:11]), min_size=1, max_size=4), st.sampled_from(["all", "any"]))
def test_answers_that_are_found_for_joined_conditions_do_lead_there(parts: list[Any], joint: str) -> None:
    form = with_condition({joint: parts})
    chosen = answers_to(form, form.steps_by_id["files"], form.day(TODAY), preview.choices, preview.example)

    assert chosen is not None or joint == "all"
    if chosen is not None:
        assert "files" in walk(form, store_of(form, chosen), TODAY).steps


@pytest.mark.parametrize("number", [3, 100, 10**9])
def test_more_items_than_a_group_may_have_are_not_made_up(number: int) -> None:
    form = with_condition({"items": "choices", "op": "more-than", "value": number})
    step = form.steps_by_id["files"]
    with at_most(200_000):
        chosen = answers_to(form, step, form.day(TODAY), preview.choices, preview.example)
    assert chosen is None or "choices" not in chosen


def test_a_page_that_nothing_leads_to_is_said_to_be_so() -> None:
    never = {"all": [{"question": "where", "op": "is", "value": answer} for answer in ("school", "home")]}

    assert not leads_to(with_condition(never), "files")
