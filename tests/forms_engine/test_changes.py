"""How two states of a form differ: told by ids, whatever the words."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.changes import compare
from tests.forms_engine.sound import SOUND, group, page, question


def differences(change: Callable[[Any], Any]) -> list[str]:
    new = copy.deepcopy(SOUND)
    change(new)
    return [str(difference) for difference in compare(build(SOUND), build(new))]


def test_a_form_is_the_same_as_itself() -> None:
    assert compare(build(SOUND), build(SOUND)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda data: page(data)["questions"].pop(), ["removed: question since"], id="removed"),
        pytest.param(
            lambda data: page(data)["questions"].append({"id": "new", "type": "email", "label": "New"}),
            ["added: question new"],
            id="added",
        ),
        pytest.param(
            lambda data: question(data, 0).update(label="Dream", hint="Any"),
            ["reworded: question wish (label, hint)"],
            id="reworded",
        ),
        pytest.param(lambda data: group(data).pop("show_if"), ["rule changed: step schools"], id="rule"),
        pytest.param(
            lambda data: question(data, 0).update(level="required"),
            ["changed: question wish (level)"],
            id="level",
        ),
        pytest.param(
            lambda data: question(data, 2).update(config={"minimum": 1}),
            ["changed: question children (config.minimum)"],
            id="limit",
        ),
        pytest.param(
            lambda data: question(data, 0)["options"].reverse(), ["moved: option stay"], id="another order"
        ),
        pytest.param(
            lambda data: group(data)["questions"].append(page(data)["questions"].pop()),
            ["moved: question since"],
            id="another page",
        ),
        pytest.param(lambda data: data.update(title="New"), ["reworded: form (title)"], id="the title"),
        pytest.param(
            lambda data: data["sections"][1]["steps"][0]["questions"][0]["config"].update(text="<p>Bye</p>"),
            ["reworded: question text (config.text)"],
            id="guidance",
        ),
    ],
)
def test_a_change_is_told_by_its_part(change: Callable[[Any], Any], said: list[str]) -> None:
    assert differences(change) == said
