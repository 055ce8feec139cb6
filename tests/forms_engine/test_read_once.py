"""Stored pages are read once: never as another question asks, as on another day, or without their files.

So are sections walked: never with other answers than the ones that stand there and in the sections before.
"""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.drafts import ITEMS, Filling, Place, Row
from forms_engine.models import Draft, Party
from forms_engine.read_once import LONGEST_KEPT, is_only_typed, is_told_by, of_text
from forms_engine.rules.journey import StepStore, walk
from forms_engine.spec import Form, Step
from tests.forms_engine.test_walk_at_large import forms, pages_of

TODAY = dt.date(2026, 10, 20)


def form_with(**question: Any) -> Form:
    asked = {"id": "q", "label": "Q", **question}
    page = {"id": "page", "kind": "questions", "title": "Page", "questions": [asked]}
    return build({"slug": "f", "sections": [{"id": "s", "title": "S", "steps": [page]}]})


def test_the_same_words_count_as_each_question_takes_them() -> None:
    text = json.dumps({"q": "two"})
    words, number = form_with(type="short_text"), form_with(type="number")
    assert of_text(words.steps[0].itself, text, TODAY).values == {"q": "two"}
    assert of_text(number.steps[0].itself, text, TODAY).errors == {"q"}


def test_a_day_that_was_still_to_come_is_not_so_the_day_after() -> None:
    page = form_with(type="date", config={"when": "not-past"}).steps[0].itself
    text = json.dumps({"q": {"day": "20", "month": "10", "year": "2026"}})
    assert of_text(page, text, TODAY).values == {"q": "2026-10-20"}
    assert of_text(page, text, TODAY + dt.timedelta(days=1)).errors == {"q"}


def test_a_text_too_long_to_keep_is_read_like_any_other() -> None:
    page = form_with(type="long_text").steps[0].itself
    written = "a" * LONGEST_KEPT
    assert of_text(page, json.dumps({"q": written}), TODAY).values == {"q": written}


@pytest.mark.parametrize(
    ("question", "is_so"),
    [
        pytest.param({"type": "short_text"}, True, id="typed"),
        pytest.param({"type": "file"}, False, id="a file"),
        pytest.param({"type": "text_or_file"}, False, id="text or file"),
        pytest.param(
            {"type": "short_text", "prefill": "child.name", "prefill_mode": "fixed"},
            False,
            id="known already",
        ),
        pytest.param(
            {"type": "short_text", "prefill": "child.name", "prefill_mode": "correct"},
            True,
            id="can be corrected",
        ),
    ],
)
def test_what_is_stored_says_all_only_where_everything_is_typed(
    question: dict[str, Any], is_so: bool
) -> None:
    assert is_only_typed(form_with(**question).steps[0].itself) is is_so


Json = dict[str, Any]
# Of each person: what was typed on which page, and what is known of her.
People = list[tuple[dict[Place, Json], Json]]


@st.composite
def begun(draw: st.DrawFn) -> tuple[Json, People]:
    """A form in which each page is a section of its own, and several people's pages and what is known of them."""
    data = draw(forms())
    steps = data["sections"][0]["steps"]
    # A condition of a page stands on its section as well as on itself.
    sections = [
        {"id": f"s{place}", "title": "S", "steps": [step]}
        | ({"show_if": step.pop("show_if")} if "show_if" in step and draw(st.booleans()) else {})
        for place, step in enumerate(steps)
    ]
    people = [(draw(typed_on(steps)), draw(known_of(steps))) for _ in range(draw(st.integers(1, 3)))]
    return data | {"sections": sections}, people


@st.composite
def typed_on(draw: st.DrawFn, steps: list[Json]) -> dict[Place, Json]:
    """What was typed on the pages, right or wrong."""
    pages: dict[Place, Json] = {}
    for step in steps:
        items = [""]
        if step["kind"] == "group":
            items = [str(number) for number in range(draw(st.integers(0, 2)))]
            pages[step["id"], ""] = {ITEMS: items}
        for item in items:
            if draw(st.integers(0, 4)):
                page = draw(pages_of(step))
                pages[step["id"], item] = {**page.values, **{id: ["no such thing"] for id in page.errors}}
    return pages


def known_of(steps: list[Json]) -> st.SearchStrategy[Json]:
    """What sources know of the first question of a page."""
    ids = [step["questions"][0]["id"] for step in steps if step["kind"] != "group"]
    return st.dictionaries(st.sampled_from(ids), st.just("a"), max_size=1)


def store_slowly(form: Form, pages: dict[Place, Json], known: Json) -> dict[Place, StepStore]:
    """What is stored, read page by page."""

    def read(step: Step, typed: Json) -> StepStore:
        return of_text(step.itself, json.dumps(typed), TODAY)

    store = {place: read(form.steps_by_id[place[0]], typed) for place, typed in pages.items()}
    for step in form.steps:
        if step.is_group and step.place in pages:
            items = [item for item in pages[step.place][ITEMS] if (step.id, item) in pages]
            store[step.place] = StepStore(items=tuple(items))
        elif step.place not in pages and (said := {id: known[id] for id in step.question_ids if id in known}):
            store[step.place] = StepStore(read(step, said).values, visited=False)
    return store


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(begun())
def test_whoever_came_before_each_person_is_led_by_her_own_answers(made: tuple[Json, People]) -> None:
    data, people = made
    form = build(data)
    for pages, known in [*people, *people]:
        stored = {
            place: (*place, *Row.of(1, typed, order)) for order, (place, typed) in enumerate(pages.items())
        }
        filling = Filling(Party(draft=Draft(prefill=known)), form, TODAY, stored)
        assert filling.journey == walk(form, store_slowly(form, pages, known), TODAY)


def test_a_section_reads_what_its_conditions_and_calculations_name_in_others() -> None:
    asked: Json = {"id": "q", "type": "one_of", "label": "Q", "options": [{"id": "a", "label": "A"}]}
    depends = [
        {"question": id, "op": "was-answered"} for id in ("r1", "r2", "r3", "r4", "r5", "r6", "q", "r9")
    ]
    asked |= {"show_if": depends[0], "required_if": depends[1], "advised_if": depends[7]}
    asked["options"][0]["show_if"] = depends[2]
    asked["variants"] = [{"when": {"not": {"all": [depends[3]]}}, "label": "Other"}]
    sum_of = {"id": "sum", "type": "calculated", "label": "Sum", "config": {"formula": "[r7] * 52 + [r8]"}}
    page: Json = {"id": "page", "kind": "questions", "title": "Page", "questions": [asked, sum_of]}
    page |= {"show_if": depends[4], "variants": [{"when": depends[6], "title": "Other"}]}
    section = {"id": "s", "title": "S", "steps": [page], "show_if": depends[5]}
    (stretch,) = build({"slug": "f", "sections": [section]}).route
    assert stretch.reads == ("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9")


def test_a_section_is_walked_anew_where_its_texts_do_not_say_all_or_are_too_long_to_keep() -> None:
    (typed,) = form_with(type="long_text").route
    assert is_told_by(typed, ("{}",))
    assert not is_told_by(typed, ("a" * (LONGEST_KEPT + 1),))
    (with_file,) = form_with(type="file").route
    assert not is_told_by(with_file, ("{}",))
