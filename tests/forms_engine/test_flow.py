"""The way through a form as a tree and as a picture: pure, so without a database."""

from dataclasses import replace
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.flow import Fork, Item, Lane, Stop, flow
from forms_engine.rules.flow_layout import Picture, Said, layout
from forms_engine.spec import Form

WHO: dict[str, Any] = {
    "id": "who",
    "type": "one_of",
    "label": "Who are you?",
    "level": "required",
    "options": [{"id": "parent", "label": "A parent"}, {"id": "young", "label": "A young person"}],
}


def when(answer: str, question: str = "who") -> dict[str, Any]:
    return {"question": question, "op": "is", "value": answer}


def step(id: str, show_if: Any = None, *questions: Any) -> dict[str, Any]:
    made = {"id": id, "kind": "questions", "title": id.capitalize(), "questions": list(questions)}
    return made | ({"show_if": show_if} if show_if else {})


def form(*sections: Any) -> Form:
    named = [
        {"id": f"s{number}", "title": f"Section {number}", "steps": list(steps)}
        for number, steps in enumerate(sections)
    ]
    return build({"slug": "f", "title": "F", "sections": named})


def told(items: tuple[Item, ...]) -> list[Any]:
    """The tree by the pages' ids: a lane as (section, ...), a fork as {"branches": [...], "past": ...}."""
    return [_told(item) for item in items]


def _told(item: Item) -> Any:
    match item:
        case Stop(step, _number):
            return step.id
        case Lane(_section, inner):
            return told(inner)
        case Fork(branches, can_pass):
            return {"branches": [told(branch.items) for branch in branches], "past": can_pass}


def test_pages_without_conditions_follow_one_another() -> None:
    assert told(flow(form([step("a"), step("b")], [step("c")]))) == [["a", "b"], ["c"]]


def test_a_page_with_a_condition_has_a_way_past_it() -> None:
    way = flow(form([step("a", None, WHO), step("b", when("parent")), step("c")]))

    assert told(way) == [["a", {"branches": [["b"]], "past": True}, "c"]]


def test_pages_that_exclude_one_another_stand_side_by_side() -> None:
    way = flow(form([step("a", None, WHO), step("b", when("parent")), step("c", when("young")), step("d")]))

    assert told(way) == [["a", {"branches": [["b"], ["c"]], "past": False}, "d"]]


def test_nobody_gets_past_when_a_question_that_all_must_answer_has_no_other_answer() -> None:
    optional = WHO | {"level": "optional"}
    way = flow(form([step("a", None, optional), step("b", when("parent")), step("c", when("young"))]))

    assert told(way)[0][1]["past"] is True


def test_pages_that_share_a_condition_are_one_branch_and_a_further_condition_forks_within() -> None:
    both = {"all": [when("parent"), when("yes", "other")]}
    way = flow(
        form([step("a", None, WHO), step("b", when("parent")), step("c", both), step("d", when("parent"))])
    )

    within = {"branches": [["c"]], "past": True}
    assert told(way) == [["a", {"branches": [["b", within, "d"]], "past": True}]]


def test_conditions_that_can_both_be_true_follow_one_another() -> None:
    one, other = when("parent"), when("yes", "other")
    way = flow(form([step("a", None, WHO), step("b", one), step("c", other)]))

    assert told(way) == [["a", {"branches": [["b"]], "past": True}, {"branches": [["c"]], "past": True}]]


def test_a_section_with_a_condition_is_a_branch_and_its_pages_need_not_say_so_again() -> None:
    data = form([step("a", None, WHO)], [step("b", when("parent")), step("c")])
    section = data.sections[1]
    shown = replace(section, show_if=section.steps[0].show_if)
    way = flow(replace(data, sections=(data.sections[0], shown)))

    assert told(way) == [["a"], {"branches": [[["b", "c"]]], "past": True}]


SAID = Said(
    lambda condition: "when so",
    lambda title: title,
    lambda stop: "1 question",
    "otherwise",
    "Start",
    "Submit",
)


def long_form() -> Form:
    """Sixty pages in ten sections, with forks, branches in branches and pages that stand alone."""
    sections: list[list[dict[str, Any]]] = []
    for number in range(10):
        ids = [f"p{number}-{place}" for place in range(6)]
        further = {"all": [when("parent"), when("x", "y")]}
        conditions = [None, when("parent"), when("young"), None, further, when("parent")]
        pages = [step(id, condition) for id, condition in zip(ids, conditions, strict=True)]
        sections.append(pages)
    sections[0][0]["questions"] = [WHO]
    return form(*sections)


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    boxes = picture.boxes
    return [
        (one.id, other.id)
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    ]


@pytest.mark.parametrize(
    "data", [form([step("a")]), form(), form([]), long_form()], ids=["one", "none", "empty", "60"]
)
def test_the_picture_shows_every_page_once_within_its_edges_and_none_on_another(data: Form) -> None:
    picture = layout(flow(data), SAID)

    assert [box.id for box in sorted(picture.boxes, key=lambda box: box.number)] == [
        each.id for each in data.steps
    ]
    assert overlaps(picture) == []
    for box in [*picture.boxes, *picture.frames]:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height


def test_every_page_stands_in_the_frame_of_its_section() -> None:
    data = long_form()
    picture = layout(flow(data), SAID)
    frames = {frame.id: frame for frame in picture.frames}

    for box in picture.boxes:
        frame = frames[data.section_of[box.id].id]
        assert frame.x <= box.x
        assert box.x + box.width <= frame.x + frame.width
        assert frame.y <= box.y
        assert box.y + box.height <= frame.y + frame.height
