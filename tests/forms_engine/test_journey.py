"""The way through a form, as its answers make it."""

import datetime as dt
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.rules import condition_json
from forms_engine.rules.journey import Journey, State, StepStore, walk
from forms_engine.spec import Form, Level, Question, Section, Step, StepKind

TODAY = dt.date(2026, 10, 20)

# Does a pet live here? Its kind; for a dog its name; a page to read; the animals one by one; what was left out.
PETS = build(
    {
        "slug": "pets",
        "title": "Pets",
        "sections": [
            {
                "id": "home",
                "title": "Home",
                "steps": [
                    {
                        "id": "any-pet",
                        "kind": "questions",
                        "title": "Pets",
                        "questions": [
                            {"id": "has-pet", "type": "yes_no", "label": "A pet?", "level": "required"},
                            {"id": "remarks", "type": "long_text", "label": "Remarks", "level": "advised"},
                        ],
                    },
                    {
                        "id": "kind-of-pet",
                        "kind": "questions",
                        "title": "Kind",
                        "show_if": {"question": "has-pet", "op": "is", "value": "yes"},
                        "questions": [
                            {
                                "id": "kind",
                                "type": "any_of",
                                "label": "Kind",
                                "level": "required",
                                "options": [
                                    {"id": "dog", "label": "Dog", "reveals": ["dog-name"]},
                                    {"id": "cat", "label": "Cat"},
                                ],
                            },
                            {
                                "id": "dog-name",
                                "type": "short_text",
                                "label": "Its name",
                                "level": "required",
                            },
                        ],
                    },
                ],
            },
            {
                "id": "animals",
                "title": "Animals",
                "show_if": {"question": "kind", "op": "contains-any", "value": ["dog", "cat"]},
                "steps": [
                    {
                        "id": "each",
                        "kind": "group",
                        "title": "Each",
                        "group": {"least": 1, "most": 3, "item_name": "animal", "title_question": "called"},
                        "questions": [
                            {"id": "called", "type": "short_text", "label": "Called", "level": "required"}
                        ],
                    }
                ],
            },
            {"id": "end", "title": "End", "steps": [{"id": "send", "kind": "check", "title": "Check"}]},
        ],
    }
)


def journey(answers: dict[Any, Any], errors: dict[str, set[str]] | None = None) -> Journey:
    """Walk PETS. `answers`: step id, or (step id, item id) -> values."""
    store = {}
    for place, values in answers.items():
        key = place if isinstance(place, tuple) else (place, "")
        wrong = frozenset((errors or {}).get(key[0], ()))
        store[key] = StepStore(values=values, errors=wrong)
    items = tuple(item for step, item in store if item)
    if items:
        store["each", ""] = StepStore(items=items)
    return walk(PETS, store, TODAY)


def ids(found: Journey) -> list[str]:
    return [path_step.step.id for path_step in found.path]


DOG = {"any-pet": {"has-pet": "yes"}, "kind-of-pet": {"kind": ["dog"], "dog-name": "Rex"}}


def test_at_first_only_what_needs_no_answer_is_on_the_path() -> None:
    assert ids(journey({})) == ["any-pet", "send"]


@pytest.mark.capability("B32")
def test_an_answer_opens_the_steps_that_depend_on_it() -> None:
    assert ids(journey({"any-pet": {"has-pet": "yes"}})) == ["any-pet", "kind-of-pet", "send"]
    assert ids(journey(DOG)) == ["any-pet", "kind-of-pet", "each", "send"]


def test_answers_of_an_abandoned_branch_count_as_absent() -> None:
    changed = journey({**DOG, "any-pet": {"has-pet": "no"}})
    assert ids(changed) == ["any-pet", "send"], "the section behind the abandoned step is gone too"
    assert changed.values == {"has-pet": "no"}


def test_an_invalid_answer_counts_as_absent_and_stands_in_the_way() -> None:
    wrong = journey({"any-pet": {"has-pet": "yes"}}, errors={"any-pet": {"has-pet"}})
    assert ids(wrong) == ["any-pet", "send"]
    assert wrong.path[0].state is State.PROBLEM
    assert not wrong.is_complete


def test_a_follow_up_counts_only_under_the_answer_that_reveals_it() -> None:
    found = journey({"any-pet": {"has-pet": "yes"}, "kind-of-pet": {"kind": ["cat"], "dog-name": "Rex"}})
    page = found.steps["kind-of-pet"].page
    assert page.asked == ("kind",)
    assert page.shown == ("kind", "dog-name"), "it is on the page all the same, for browsers without scripts"
    assert "dog-name" not in found.values


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        pytest.param({}, State.NOT_STARTED, id="never opened"),
        pytest.param({"any-pet": {}}, State.IN_PROGRESS, id="a required answer is missing"),
        pytest.param({"any-pet": {"has-pet": "no"}}, State.DONE, id="only an advised answer is missing"),
    ],
)
def test_the_state_of_a_step_follows_from_its_answers(answers: dict[str, Any], state: State) -> None:
    assert journey(answers).path[0].state is state


def test_the_state_of_a_section_sums_up_its_steps() -> None:
    states = {each.section.id: each.state for each in journey({"any-pet": {"has-pet": "yes"}}).sections}
    assert states == {"home": State.IN_PROGRESS, "end": State.NOT_STARTED}


def test_a_section_with_nothing_to_ask_is_left_out() -> None:
    assert [each.section.id for each in journey({}).sections] == ["home", "end"]


def test_the_values_of_a_group_are_a_list_in_the_order_of_its_items() -> None:
    found = journey({**DOG, ("each", "i2"): {"called": "Rex"}, ("each", "i1"): {"called": "Tom"}})
    assert found.values["each"] == [{"called": "Rex"}, {"called": "Tom"}]
    assert [page.item for page in found.steps["each"].items] == ["i2", "i1"]
    assert "called" not in found.values


def test_a_group_with_too_few_items_stands_in_the_way() -> None:
    found = journey(DOG)
    assert found.first_open() is PETS.steps_by_id["each"]
    assert journey({**DOG, ("each", "i1"): {"called": "Rex"}}).is_complete


def test_an_unfinished_item_makes_its_group_unfinished() -> None:
    found = journey({**DOG, ("each", "i1"): {}})
    assert found.steps["each"].state is State.IN_PROGRESS
    assert not found.is_complete


def test_next_and_previous_follow_the_path_even_from_a_step_that_left_it() -> None:
    found = journey({"any-pet": {"has-pet": "no"}})
    after, before = found.next_after("kind-of-pet"), found.previous_before("kind-of-pet")
    assert after is PETS.steps_by_id["send"]
    assert before is PETS.steps_by_id["any-pet"]
    assert found.next_after("send") is None
    assert found.previous_before("any-pet") is None


# Each of its pages may stay empty; "more" and "most" are asked of whoever says so on the first.
OPTIONAL = {"type": "short_text", "label": "Anything else?", "level": "optional"}
SAYS_YES = {"question": "is-more", "op": "is", "value": "yes"}
MORE = build(
    {
        "slug": "more",
        "title": "More",
        "sections": [
            {
                "id": "pages",
                "title": "Pages",
                "steps": [
                    {
                        "id": "early",
                        "kind": "questions",
                        "title": "Early",
                        "questions": [{"id": "is-more", "type": "yes_no", "label": "More?"}],
                    },
                    *(
                        {
                            "id": id,
                            "kind": "questions",
                            "title": id,
                            "questions": [{"id": f"in-{id}", **OPTIONAL}],
                            **opened,
                        }
                        for id, opened in (
                            ("more", {"show_if": SAYS_YES}),
                            ("late", {}),
                            ("most", {"show_if": SAYS_YES}),
                        )
                    ),
                ],
            },
            {"id": "end", "title": "End", "steps": [{"id": "send", "kind": "check", "title": "Check"}]},
        ],
    }
)
BEEN = StepStore()
YES_SAID = StepStore({"is-more": "yes"})
KNOWN = StepStore({"in-late": "Known before"}, visited=False)


@pytest.mark.parametrize(
    ("been", "changed", "next_one"),
    [
        pytest.param({"late": BEEN}, "early", "more", id="it has opened two pages"),
        pytest.param({"late": BEEN, "more": BEEN}, "more", "most", id="on from the first of them"),
        pytest.param({"late": BEEN, "more": BEEN, "most": BEEN}, "most", "send", id="and back"),
        pytest.param({"more": BEEN, "most": BEEN}, "early", "send", id="what all are asked was left out"),
        pytest.param(
            {"late": KNOWN, "more": BEEN, "most": BEEN}, "early", "send", id="that is known already"
        ),
        pytest.param({"most": BEEN}, "late", "send", id="what was opened stands before the change"),
    ],
)
def test_from_a_changed_answer_people_go_on_to_what_answers_have_opened_after_it(
    been: dict[str, StepStore], changed: str, next_one: str
) -> None:
    store = {("early", ""): YES_SAID, **{(id, ""): entry for id, entry in been.items()}}
    assert walk(MORE, store, TODAY).first_missed(changed).id == next_one


def test_from_a_changed_answer_people_go_on_to_what_stops_the_form_wherever_it_stands() -> None:
    found = journey({**DOG, ("each", "i1"): {"called": "Rex"}}, errors={"any-pet": {"remarks"}})
    assert found.first_missed("each").id == "any-pet"


def test_a_form_with_nothing_required_can_be_sent_as_it_is() -> None:
    step = Step("s", StepKind.QUESTIONS, "S", (Question("q", "short_text", "Q", level=Level.ADVISED),))
    form = Form("f", "F", "FRM", "", (Section("a", "A", (step, Step("c", StepKind.CHECK, "C"))),))
    found = walk(form, {}, TODAY)
    assert found.is_complete
    assert found.first_unfinished() is step, "but a person is led to what they have not seen"


def test_a_rule_that_fails_shows_its_step_and_is_reported_without_the_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    condition = condition_json.read({"question": "n", "op": "more-than", "value": 3})
    first = Step("one", StepKind.QUESTIONS, "One", (Question("n", "short_text", "N"),))
    second = Step("two", StepKind.GUIDANCE, "Two", show_if=condition)
    form = Form("f", "F", "FRM", "", (Section("a", "A", (first, second)),))
    with caplog.at_level(logging.ERROR):
        found = walk(form, {("one", ""): StepStore({"n": "a family secret"})}, TODAY)
    assert ids(found) == ["one", "two"]
    assert "two" in caplog.text
    assert "family secret" not in caplog.text


YES = st.sampled_from([{}, {"has-pet": "yes"}, {"has-pet": "no"}])
KINDS = st.lists(st.sampled_from(["dog", "cat"]), max_size=2, unique=True)


@given(first=YES, kinds=KINDS, name=st.booleans(), items=st.integers(0, 3))
def test_whatever_is_stored_the_path_is_in_order_ends_with_sending_and_holds_only_its_own_answers(
    first: dict[str, Any], kinds: list[str], name: bool, items: int
) -> None:
    second = ({"kind": kinds} if kinds else {}) | ({"dog-name": "Rex"} if name else {})
    each = {("each", f"i{number}"): {"called": "x"} for number in range(items)}
    found = journey({"any-pet": first, "kind-of-pet": second, **each})
    order = [step.id for step in PETS.steps]
    assert sorted(ids(found), key=order.index) == ids(found)
    assert ids(found)[-1] == "send"
    on_path = {question.id for path_step in found.path for question in path_step.step.questions}
    assert found.values.keys() <= on_path | {"each"}
    assert found.is_complete == (found.first_open() is None)
