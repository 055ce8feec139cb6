"""What publishing finds in conditions, thresholds, and rules over several questions."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.forms_engine.sound import (
    FIRST,
    READ,
    SECOND,
    Json,
    asks,
    found_in_spoilt,
    group,
    page,
    question,
    read,
    since,
)

FAULTS: list[Any] = [
    pytest.param(
        lambda data: group(data).update(show_if=asks("wishes", "was-answered")),
        f"{SECOND}.show_if",
        'no question "wishes"',
        id="a condition on nothing",
    ),
    pytest.param(
        lambda data: question(data, 2).update(show_if=asks("wish", "was-answered")),
        f"{FIRST}.questions[2].show_if",
        "earlier step",
        id="a condition on the same page",
    ),
    pytest.param(
        lambda data: page(data).update(show_if=asks("school", "was-answered")),
        f"{FIRST}.show_if",
        "earlier step",
        id="a condition on a later page",
    ),
    pytest.param(
        lambda data: data["sections"][0].update(show_if=asks("wish", "was-answered")),
        "$.sections[0].show_if",
        "earlier step",
        id="a section that asks itself",
    ),
    pytest.param(
        lambda data: data["sections"][1]["steps"][0].update(show_if=asks("school", "was-answered")),
        "$.sections[1].steps[0].show_if",
        "for each school",
        id="a condition on one of several schools",
    ),
    pytest.param(
        lambda data: read(data).update(show_if={"any_item": "page", "has": asks("wish", "was-answered")}),
        f"{READ}.show_if",
        'no step "page"',
        id="items of an ordinary page",
    ),
    pytest.param(
        lambda data: page(data).update(show_if={"items": "schools", "op": "is", "value": 1}),
        f"{FIRST}.show_if",
        "not an earlier step",
        id="the number of items of a later page",
    ),
    pytest.param(
        lambda data: read(data).update(show_if={"items": "schools", "op": "more-than", "value": 4}),
        f"{READ}.show_if.value",
        '"schools" never has more than 3',
        id="more items than there may be",
    ),
    pytest.param(
        lambda data: read(data).update(
            show_if={"every_item": "schools", "has": asks("wish", "was-answered")}
        ),
        f"{READ}.show_if.has",
        "no question of the step",
        id="an item asked about another page",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][1].update(show_if=asks("since", "was-answered")),
        f"{FIRST}.questions[0].options[1].show_if",
        "earlier step",
        id="an answer that depends on its own page",
    ),
    pytest.param(
        lambda data: question(data, 2).update(required_if=asks("gone", "was-answered")),
        f"{FIRST}.questions[2].required_if",
        'no question "gone"',
        id="required on nothing",
    ),
    pytest.param(
        lambda data: question(data, 2).update(advised_if=asks("gone", "was-answered")),
        f"{FIRST}.questions[2].advised_if",
        'no question "gone"',
        id="advised on nothing",
    ),
    pytest.param(
        lambda data: group(data).update(variants=[{"when": asks("gone", "was-answered"), "title": "T"}]),
        f"{SECOND}.variants[0].when",
        'no question "gone"',
        id="another title on nothing",
    ),
    pytest.param(
        lambda data: group(data).update(variants=[{"when": asks("wish", "is", "go"), "title": "{kid}"}]),
        f"{SECOND}.variants[0].title",
        "nothing is put in",
        id="another title with a name that nobody knows",
    ),
    pytest.param(
        lambda data: group(data).update(show_if=asks("children", "more-than", {"threshold": "income"})),
        f"{SECOND}.show_if",
        'no threshold "income"',
        id="a threshold that there is not",
    ),
    pytest.param(
        lambda data: question(data, 2).update(config={"maximum_threshold": "income"}),
        f"{FIRST}.questions[2].config.maximum_threshold",
        'no threshold "income"',
        id="a limit that there is not",
    ),
    pytest.param(
        lambda data: data.update(thresholds={"income": [since("2026-09-01"), since("2018-04-01")]}),
        "$.thresholds.income[1].from",
        "in order",
        id="a threshold that runs backwards",
    ),
    pytest.param(
        lambda data: data.update(thresholds={"income": [since("2026-09-01") | {"source": " "}]}),
        "$.thresholds.income[0].source",
        "stands written",
        id="a threshold out of the blue",
    ),
    pytest.param(
        lambda data: page(data).update(rules=[{"kind": "exactly-one", "questions": ["wish"]}]),
        f"{FIRST}.rules[0].questions",
        "at least 2",
        id="exactly one of one",
    ),
    pytest.param(
        lambda data: page(data).update(rules=[{"kind": "at-least-one", "questions": ["wish", "school"]}]),
        f"{FIRST}.rules[0].questions[1]",
        "no question of this step",
        id="a rule over two pages",
    ),
    pytest.param(
        lambda data: page(data).update(rules=[{"kind": "dates-in-order", "questions": ["since", "wish"]}]),
        f"{FIRST}.rules[0].questions[1]",
        "cannot be asked",
        id="a choice in the order of days",
    ),
    pytest.param(
        lambda data: question(data, 0).update(audience="staff"),
        f"{SECOND}.show_if",
        "asked of staff alone",
        id="a page for families that staff open",
    ),
    pytest.param(
        lambda data: group(data).update(show_if={"all": [asks("wish", "more-than", 3)]}),
        f"{SECOND}.show_if.all[0]",
        "cannot be asked",
        id="a choice that is more than 3",
    ),
    pytest.param(
        lambda data: group(data).update(show_if=asks("wish", "is-one-of", ["go", "fly"])),
        f"{SECOND}.show_if",
        "no answer fly",
        id="an answer that does not exist",
    ),
    pytest.param(
        lambda data: group(data).update(show_if=asks("children", "is", "three")),
        f"{SECOND}.show_if",
        "a number is needed",
        id="a number that is a word",
    ),
    pytest.param(
        lambda data: group(data).update(show_if=asks("since", "is", "May")),
        f"{SECOND}.show_if",
        "a date is needed",
        id="a date that is none",
    ),
    pytest.param(
        lambda data: group(data).update(show_if=asks("since", "is-not", 5)),
        f"{SECOND}.show_if",
        "a date is needed",
        id="a date that is a number of years",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "words"), FAULTS)
def test_a_fault_is_found_at_its_place(spoil: Callable[[Json], Any], path: str, words: str) -> None:
    found = found_in_spoilt(spoil)
    assert [finding for finding in found if finding.path == path and words in finding.message], found
