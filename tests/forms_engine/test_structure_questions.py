"""What publishing finds in questions: their types and settings, answers and follow-ups, who fills in and reads them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.forms_engine.sound import (
    FIRST,
    SECOND,
    Json,
    found_in_spoilt,
    group,
    page,
    question,
    send,
)

FAULTS: list[Any] = [
    pytest.param(
        lambda data: question(data, 3).update(label=""),
        f"{FIRST}.questions[3].label",
        "its words",
        id="no words",
    ),
    pytest.param(
        lambda data: question(data, 0).update(type="slider"),
        f"{FIRST}.questions[0].type",
        "no question type",
        id="an unknown type",
    ),
    pytest.param(
        lambda data: question(data, 0).update(options=[]),
        f"{FIRST}.questions[0].options",
        "at least two answers",
        id="nothing to choose from",
    ),
    pytest.param(
        lambda data: question(data, 2).update(options=[{"id": "one", "label": "1"}]),
        f"{FIRST}.questions[2].options[0].id",
        "no answers to choose from",
        id="answers to a number",
    ),
    pytest.param(
        lambda data: question(data, 2).update(config={"max_lenght": 5}),
        f"{FIRST}.questions[2].config.max_lenght",
        "no such key",
        id="a misspelt limit",
    ),
    pytest.param(
        lambda data: question(data, 2).update(config={"minimum": "many"}),
        f"{FIRST}.questions[2].config.minimum",
        "a number",
        id="a limit that is no number",
    ),
    pytest.param(
        lambda data: question(data, 2).update(config={"minimum": 2, "maximum": 1.5}),
        f"{FIRST}.questions[2].config.maximum",
        "less than minimum",
        id="limits the wrong way round",
    ),
    pytest.param(
        lambda data: question(data, 3).update(config={"earliest_days": 14, "latest_days": 7}),
        f"{FIRST}.questions[3].config.latest_days",
        "less than earliest_days",
        id="days from today the wrong way round",
    ),
    pytest.param(
        lambda data: question(data, 3).update(config={"latest_days": 10_000_000}),
        f"{FIRST}.questions[3].config.latest_days",
        "from -36525 to 36525",
        id="a day that no calendar has",
    ),
    pytest.param(
        lambda data: question(data, 3).update(prefill="nowhere"),
        f"{FIRST}.questions[3].prefill",
        "no prefill source",
        id="an unknown source",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][0].update(reveals=["school"]),
        f"{FIRST}.questions[0].options[0].reveals[0]",
        "no question of this step",
        id="a follow-up on another page",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][1].update(reveals=["why-stay"]),
        f"{FIRST}.questions[0].options[1].reveals[0]",
        "another answer already",
        id="a follow-up under two answers",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][1].update(reveals=["wish"]),
        f"{FIRST}.questions[0].options[1].reveals[0]",
        "one level deep",
        id="a question that reveals itself",
    ),
    pytest.param(
        lambda data: page(data)["questions"].insert(0, page(data)["questions"].pop(1)),
        f"{FIRST}.questions[1].options[0].reveals[0]",
        "must stand after",
        id="a follow-up above its question",
    ),
    pytest.param(
        lambda data: question(data, 3).update(audience="other-parent"),
        f"{FIRST}.questions[3].audience",
        "nobody who fills in",
        id="an audience of nobody",
    ),
    pytest.param(
        lambda data: question(data, 3).update(readers="nobody.known"),
        f"{FIRST}.questions[3].readers",
        "no circle",
        id="an unknown circle of readers",
    ),
    pytest.param(
        lambda data: group(data)["questions"][0].update(readers="known.circle"),
        f"{SECOND}.group.title_question",
        "which all read",
        id="a list named after what few may read",
    ),
    pytest.param(
        lambda data: send(data).update(audience="staff"),
        "$.sections[1].steps[1].audience",
        "for everyone",
        id="sending is for staff",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "words"), FAULTS)
def test_a_fault_is_found_at_its_place(spoil: Callable[[Json], Any], path: str, words: str) -> None:
    found = found_in_spoilt(spoil)
    assert [finding for finding in found if finding.path == path and words in finding.message], found
