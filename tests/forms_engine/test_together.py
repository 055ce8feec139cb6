"""Rules over several questions of one page, against a slow and obvious reading of them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.rules.journey import Journey, State, StepStore, walk
from forms_engine.rules.together import Broken, broken
from forms_engine.spec import Form, Question, Rule, RuleKind, Step, StepKind

TODAY = dt.date(2026, 10, 20)
IDS = ("a", "b", "c")
TEXTS = st.sampled_from(["x", "X ", "y"])
DAYS = st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"])


def page(kind: RuleKind) -> Step:
    questions = tuple(Question(id, "short_text", id) for id in IDS)
    return Step("page", StepKind.QUESTIONS, "Page", questions, rules=(Rule(kind, IDS),))


def holds_slowly(kind: RuleKind, asked: set[str], values: dict[str, Any], invalid: set[str]) -> bool | None:
    """The table of the documentation, in three values."""
    known = [values[id] for id in IDS if id in asked and id in values]
    open_ = [id for id in IDS if id in asked and id in invalid]
    if not asked:
        return None
    if kind is RuleKind.EXACTLY_ONE:
        return False if len(known) > 1 else None if open_ else len(known) == 1
    if kind is RuleKind.AT_LEAST_ONE:
        return True if known else None if open_ else False
    if kind is RuleKind.NO_CHOICE_TWICE:
        chosen = [" ".join(text.casefold().split()) for text in known]
        return len(chosen) == len(set(chosen))
    return known == sorted(known)


@pytest.mark.capability("B32")
@given(
    kind=st.sampled_from(RuleKind),
    asked=st.sets(st.sampled_from(IDS)),
    answers=st.dictionaries(st.sampled_from(IDS), st.tuples(TEXTS, DAYS)),
    wrong=st.sets(st.sampled_from(IDS)),
)
def test_a_rule_is_broken_where_the_table_says_so_and_nowhere_else(
    kind: RuleKind, asked: set[str], answers: dict[str, tuple[str, str]], wrong: set[str]
) -> None:
    place = 1 if kind is RuleKind.DATES_IN_ORDER else 0
    values = {id: both[place] for id, both in answers.items() if id in asked and id not in wrong}
    found = broken(page(kind), asked, values, wrong & asked)
    assert bool(found) is (holds_slowly(kind, asked, values, wrong) is False)
    assert all(fault.question in asked for fault in found)


def choices(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "type": "one_of",
        "label": id,
        "options": [{"id": f"{id}-{letter}", "label": f"School {letter}"} for letter in "ab"],
    }


def form_of(rules: list[dict[str, Any]], kind: str = "questions") -> Form:
    step = {
        "id": "page",
        "kind": kind,
        "title": "Page",
        "questions": [choices("q"), choices("r")],
        "rules": rules,
    }
    if kind == "group":
        step["group"] = {"least": 0, "most": 5, "item_name": "school", "title_question": "q"}
    send = {"id": "send", "kind": "check", "title": "Check"}
    return build({"slug": "f", "sections": [{"id": "s", "title": "S", "steps": [step, send]}]})


def journey(form: Form, *pages: dict[str, Any]) -> Journey:
    if not form.steps[0].is_group:
        return walk(form, {("page", ""): StepStore(pages[0])}, TODAY)
    items = {("page", f"i{place}"): StepStore(values) for place, values in enumerate(pages)}
    group = {("page", ""): StepStore(items=tuple(item for _step, item in items))}
    return walk(form, {**group, **items}, TODAY)


NOT_TWICE = {"kind": "no-choice-twice", "questions": ["q", "r"]}


def test_the_same_words_under_two_questions_are_one_choice() -> None:
    found = journey(form_of([NOT_TWICE]), {"q": "q-a", "r": "r-a"})
    assert found.path[0].page.broken[0].question == "r"
    assert found.path[0].state is State.PROBLEM
    assert not found.is_complete
    assert journey(form_of([NOT_TWICE]), {"q": "q-a", "r": "r-b"}).is_complete


def test_in_a_repeating_group_nothing_is_chosen_twice_across_its_items() -> None:
    form = form_of([{**NOT_TWICE, "questions": ["q"]}], "group")
    found = journey(form, {"q": "q-a"}, {"q": "q-b"}, {"q": "q-a"})
    assert [page.state for page in found.path[0].items] == [State.DONE, State.DONE, State.PROBLEM]
    assert not found.is_complete
    assert journey(form, {"q": "q-a"}, {"q": "q-b"}).is_complete


def test_no_record_is_chosen_twice_nor_what_is_in_no_list_under_the_same_name() -> None:
    data = form_of([{**NOT_TWICE, "questions": ["q"]}], "group")
    oak, ash = {"id": "1", "words": "Oakfield"}, {"id": "", "words": "Ash House"}

    def states(*chosen: dict[str, Any]) -> list[State]:
        found = journey(data, *({"q": answer} for answer in chosen))
        return [page.state for page in found.path[0].items]

    assert states(oak, ash) == [State.DONE, State.DONE]
    assert states(oak, ash, {**oak, "detail": "Milton Cross"}) == [State.DONE, State.DONE, State.PROBLEM]
    assert states(ash, {"id": "", "words": "ash  house"}) == [State.DONE, State.PROBLEM]


def test_what_is_missing_is_no_problem_yet_but_stands_in_the_way() -> None:
    found = journey(form_of([{"kind": "at-least-one", "questions": ["q", "r"]}]), {})
    assert found.path[0].state is State.IN_PROGRESS
    assert found.path[0].page.broken == (
        Broken(Rule(RuleKind.AT_LEAST_ONE, ("q", "r")), "q", is_missing=True),
    )


def test_two_answers_where_one_is_allowed_are_a_problem_at_the_second() -> None:
    found = journey(form_of([{"kind": "exactly-one", "questions": ["q", "r"]}]), {"q": "q-a", "r": "r-b"})
    assert found.path[0].state is State.PROBLEM
    assert found.path[0].page.broken[0].question == "r"
