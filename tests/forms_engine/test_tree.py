"""The tree of answers: what check answers, print, PDF and the kept submission show."""

import copy
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import pytest

from forms_engine.definition import build, find_faults
from forms_engine.rules.journey import StepStore, walk
from forms_engine.tree import Answered, Tree, from_json, of_journey, to_json
from tests.forms_engine.answered import answered
from tests.forms_engine.sample import SAMPLE
from tests.forms_engine.sound import SOUND


@dataclass
class Stored:
    pk: str
    name: str
    size: int = 3
    sha256: str = "ab"


def no_files(step: str, item: str, question: str) -> list[Stored]:
    return []


def tree(store: dict[tuple[str, str], StepStore], data: Any = SOUND, files: Any = no_files) -> Tree:
    journey = walk(build(data), store, dt.date(2026, 10, 20))
    return of_journey(journey, lambda text: text.replace("{child}", "Ada"), files)


def items(*names: str) -> dict[tuple[str, str], StepStore]:
    pages = {
        ("schools", f"i{place}"): StepStore({"school": name} if name else {})
        for place, name in enumerate(names)
    }
    return {
        ("page", ""): StepStore({"wish": "go"}),
        ("schools", ""): StepStore(items=tuple(item for _step, item in pages)),
        **pages,
    }


def test_each_question_stands_with_its_words_and_its_answer() -> None:
    found = tree({("page", ""): StepStore({"wish": "stay", "since": "2026-03-27", "children": 3})})
    assert found.sections[0].title == "About Ada"
    assert [(row.asked, row.said, row.state) for row in found.sections[0].rows] == [
        ("Wish", ("Stay",), Answered.GIVEN),
        ("Why?", (), Answered.EMPTY),
        ("How many?", ("3",), Answered.GIVEN),
        ("Since?", ("27 March 2026",), Answered.GIVEN),
    ]


def test_a_follow_up_that_is_closed_and_guidance_are_left_out() -> None:
    asked = [row.question_id for row in tree({("page", ""): StepStore({"wish": "go"})}).rows()]
    assert "why-stay" not in asked
    assert "text" not in asked


@pytest.mark.parametrize(
    ("level", "state"),
    [("required", Answered.MISSING), ("advised", Answered.ADVISED), ("optional", Answered.EMPTY)],
)
def test_an_empty_answer_says_how_much_it_matters(level: str, state: Answered) -> None:
    data = json.loads(json.dumps(SOUND))
    data["sections"][0]["steps"][0]["questions"][0]["level"] = level
    assert next(tree({}, data).rows()).state is state


def test_an_answer_that_cannot_stand_says_so() -> None:
    found = tree({("page", ""): StepStore({}, errors=frozenset({"since"}))})
    assert {row.question_id: row.state for row in found.rows()}["since"] is Answered.INVALID


def test_a_group_stands_by_itself_and_names_its_items() -> None:
    found = tree(items("Northgate", ""))
    part = found.sections[1]
    assert part.is_group
    assert part.title == "Schools"
    assert [item.title for item in part.items] == ["School 1: Northgate", "School 2"]
    assert part.items[0].rows[0].item == "i0"


def test_what_follows_a_group_in_its_section_stands_in_order_under_its_own_titles() -> None:
    data = json.loads(json.dumps(SOUND))
    for id in ("more", "most"):
        question = {"id": f"{id}-text", "type": "long_text", "label": "Text"}
        step = {"id": id, "kind": "questions", "title": f"{{child}}: {id}", "questions": [question]}
        data["sections"][0]["steps"].append(step)
    found = tree(items("Northgate"), data)
    assert [(part.id, part.title, part.step_id) for part in found.sections] == [
        ("first", "About Ada", "page"),
        ("first", "Schools", "schools"),
        ("first", "Ada: more", "more"),
        ("first", "Ada: most", "most"),
        ("last", "Send", "send"),
    ]


def test_files_are_told_by_name_and_kept_with_their_digest() -> None:
    data = json.loads(json.dumps(SOUND))
    data["sections"][0]["steps"][0]["questions"].append({"id": "files", "type": "file", "label": "Files"})

    def files(step: str, item: str, question: str) -> list[Stored]:
        return [Stored("f1", "Report.pdf")] if question == "files" else []

    found = tree({("page", ""): StepStore({"files": ["f1"]})}, data, files)
    row = next(row for row in found.rows() if row.question_id == "files")
    assert row.said == ("Report.pdf",)
    assert (row.files[0].id, row.files[0].sha256) == ("f1", "ab")
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_the_tree_is_kept_and_read_again_without_loss() -> None:
    found = tree(items("Northgate", "Oakfield"))
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_items_that_no_answer_names_are_told_apart_by_numbers() -> None:
    data = copy.deepcopy(SAMPLE)
    for step in [step for section in data["sections"] for step in section["steps"]]:
        step.get("group", {}).pop("title_question", None)
    assert find_faults(data) == []
    groups = [section for section in answered(data).sections if section.is_group]
    assert [item.title for group in groups for item in group.items] == ["School 1", "School 2"]
