"""What publishing finds in a form that does not hang together: its sections, steps, ids and words."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.forms_engine.sound import (
    FIRST,
    SECOND,
    SOUND,
    Json,
    asks,
    findings,
    found_in_spoilt,
    group,
    page,
    question,
    send,
)


def test_a_sound_form_has_no_findings() -> None:
    assert findings(SOUND) == []


FAULTS: list[Any] = [
    pytest.param(
        lambda data: data.update(handler="nobody"), "$.handler", "no handler is registered", id="no handler"
    ),
    pytest.param(
        lambda data: data.update(handler="known.of-a-page"),
        "$.handler",
        'only in a form whose last page is the plug-in "known.page"',
        id="a handler of another kind of form",
    ),
    pytest.param(
        lambda data: data["sections"].append({"id": "more", "title": "More", "steps": []}),
        "$.sections[2].steps",
        "at least one step",
        id="an empty section",
    ),
    pytest.param(
        lambda data: data["sections"][1]["steps"].pop(),
        "$.sections",
        "nobody can send",
        id="nothing to send with",
    ),
    pytest.param(
        lambda data: data["sections"][1]["steps"].reverse(),
        "$.sections[1].steps[0].kind",
        "only the last step",
        id="sending is not last",
    ),
    pytest.param(
        lambda data: send(data).update(show_if=asks("wish", "is", "go")),
        "$.sections[1].steps[1].show_if",
        "must always be shown",
        id="sending depends on an answer",
    ),
    pytest.param(
        lambda data: question(data, 1).update(id="schools"),
        "$.sections[0].steps[0].questions[1].id",
        "used already",
        id="a question called like a step",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][1].update(id="stay"),
        f"{FIRST}.questions[0].options[1].id",
        "used already",
        id="two answers of one name",
    ),
    pytest.param(
        lambda data: question(data, 2).update(id="How Many"),
        f"{FIRST}.questions[2].id",
        "is no id",
        id="no id",
    ),
    pytest.param(
        lambda data: question(data, 2).update(id="since-day"),
        f"{FIRST}.questions[2].id",
        "mistaken for a part",
        id="an id like a box of another question",
    ),
    pytest.param(
        lambda data: page(data).update(questions=[]), f"{FIRST}.questions", "on its page", id="an empty page"
    ),
    pytest.param(
        lambda data: send(data)["questions"].append({"id": "late", "type": "short_text", "label": "Late"}),
        "$.sections[1].steps[1].questions[1].type",
        "no room",
        id="a question on the last page",
    ),
    pytest.param(
        lambda data: page(data).update(group={"title_question": "wish"}),
        f"{FIRST}.group",
        "and no other",
        id="a page with a group",
    ),
    pytest.param(
        lambda data: group(data).pop("group"), f"{SECOND}.group", "has a group", id="a group without one"
    ),
    pytest.param(
        lambda data: group(data)["group"].update(title_question="wish"),
        f"{SECOND}.group.title_question",
        "no question of this step",
        id="an item named after a question elsewhere",
    ),
    pytest.param(
        lambda data: group(data)["group"].update(least=4),
        f"{SECOND}.group.most",
        "least",
        id="least above most",
    ),
    pytest.param(
        lambda data: data["sections"][0].update(title="About {kid}"),
        "$.sections[0].title",
        "nothing is put in for {kid}",
        id="a name that nobody knows",
    ),
    pytest.param(
        lambda data: data.update(instead="Ring {kid}"), "$.instead", "{kid}", id="a name where it is closed"
    ),
    pytest.param(
        lambda data: data.update(translations={"cy": {"title": "Am {plentyn}"}}),
        "$.translations.cy.title",
        "nothing is put in for {plentyn}",
        id="a name that a translator translated",
    ),
    pytest.param(
        lambda data: data.update(translations={"cy": {"wish.label": {"text": "{plentyn}?", "of": "0"}}}),
        "$.translations.cy['wish.label']",
        "nothing is put in for {plentyn}",
        id="the same in a question",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][0].update(label="{ child }"),
        f"{FIRST}.questions[0].options[0].label",
        "nothing is put in",
        id="a name with spaces around it",
    ),
    pytest.param(
        lambda data: group(data).update(id="alone"),
        f"{SECOND}.id",
        "the address of a page",
        id="a step called like a page beside the steps",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "words"), FAULTS)
def test_a_fault_is_found_at_its_place(spoil: Callable[[Json], Any], path: str, words: str) -> None:
    found = found_in_spoilt(spoil)
    assert [finding for finding in found if finding.path == path and words in finding.message], found


def test_braces_that_are_no_name_may_stay() -> None:
    data = copy.deepcopy(SOUND)
    question(data, 1)["hint"] = "Write {} or {1, 2}."
    assert findings(data) == []


def test_yes_and_no_may_stand_under_many_questions() -> None:
    data = copy.deepcopy(SOUND)
    for id in ("one", "two"):
        yes = {"id": "yes", "label": "Yes, {child} does"}
        page(data)["questions"].append({"id": id, "type": "yes_no", "label": id, "options": [yes]})
    assert findings(data) == []
