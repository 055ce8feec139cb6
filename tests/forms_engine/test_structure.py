"""What publishing finds in a form that does not hang together: one fault at a time in a sound one."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.faults import Fault
from forms_engine.rules.known import Known
from forms_engine.rules.structure import check
from forms_engine.types import question_types

Json = dict[str, Any]

SOUND: Json = {
    "slug": "sound",
    "title": "A sound form",
    "reference_prefix": "SND",
    "handler": "known.handler",
    "sections": [
        {
            "id": "first",
            "title": "About {child}",
            "steps": [
                {
                    "id": "page",
                    "kind": "questions",
                    "title": "Page",
                    "questions": [
                        {
                            "id": "wish",
                            "type": "one_of",
                            "label": "Wish",
                            "options": [
                                {"id": "stay", "label": "Stay", "reveals": ["why-stay"]},
                                {"id": "go", "label": "Go"},
                            ],
                        },
                        {"id": "why-stay", "type": "long_text", "label": "Why?"},
                        {"id": "children", "type": "number", "label": "How many?", "config": {"minimum": 0}},
                        {"id": "since", "type": "date", "label": "Since?", "prefill": "known.source"},
                    ],
                },
                {
                    "id": "schools",
                    "kind": "group",
                    "title": "Schools",
                    "show_if": {"question": "wish", "op": "is", "value": "go"},
                    "group": {"least": 0, "most": 3, "item_name": "school", "title_question": "school"},
                    "questions": [{"id": "school", "type": "short_text", "label": "School"}],
                },
            ],
        },
        {
            "id": "last",
            "title": "Send",
            "steps": [
                {
                    "id": "read",
                    "kind": "guidance",
                    "title": "Read",
                    "questions": [
                        {"id": "text", "type": "guidance", "label": "", "config": {"text": "<p>Hello</p>"}}
                    ],
                },
                {
                    "id": "send",
                    "kind": "check",
                    "title": "Check",
                    "questions": [{"id": "true", "type": "declaration", "label": "True"}],
                },
            ],
        },
    ],
}
KNOWN = Known(dict(question_types.items()), {"known.handler"}, {"known.source"}, circles={"known.circle"})


def findings(data: Json) -> list[Fault]:
    return check(build(data), KNOWN)


def page(data: Json) -> Json:
    step: Json = data["sections"][0]["steps"][0]
    return step


def group(data: Json) -> Json:
    step: Json = data["sections"][0]["steps"][1]
    return step


def read(data: Json) -> Json:
    step: Json = data["sections"][1]["steps"][0]
    return step


def since(day: str) -> Json:
    return {"from": day, "value": 7400, "source": "SI 2018/148"}


def send(data: Json) -> Json:
    step: Json = data["sections"][1]["steps"][1]
    return step


def question(data: Json, place: int) -> Json:
    found: Json = page(data)["questions"][place]
    return found


def asks(question: str, op: str, value: Any = None) -> Json:
    return {"question": question, "op": op} | ({} if value is None else {"value": value})


def test_a_sound_form_has_no_findings() -> None:
    assert findings(SOUND) == []


FIRST = "$.sections[0].steps[0]"
SECOND = "$.sections[0].steps[1]"
READ = "$.sections[1].steps[0]"

FAULTS: list[Any] = [
    pytest.param(
        lambda data: data.update(handler="nobody"), "$.handler", "no handler is registered", id="no handler"
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
        lambda data: question(data, 3).update(audience="other-parent"),
        f"{FIRST}.questions[3].audience",
        "nobody who fills in",
        id="an audience of nobody",
    ),
    pytest.param(
        lambda data: question(data, 3).update(label=""),
        f"{FIRST}.questions[3].label",
        "its words",
        id="no words",
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
        lambda data: question(data, 0).update(audience="staff"),
        f"{SECOND}.show_if",
        "asked of staff alone",
        id="a page for families that staff open",
    ),
    pytest.param(
        lambda data: send(data).update(audience="staff"),
        "$.sections[1].steps[1].audience",
        "for everyone",
        id="sending is for staff",
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
        lambda data: data["sections"][0].update(title="About {kid}"),
        "$.sections[0].title",
        "nothing is put in for {kid}",
        id="a name that nobody knows",
    ),
    pytest.param(
        lambda data: question(data, 0)["options"][0].update(label="{ child }"),
        f"{FIRST}.questions[0].options[0].label",
        "nothing is put in",
        id="a name with spaces around it",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "words"), FAULTS)
def test_a_fault_is_found_at_its_place(spoil: Callable[[Json], Any], path: str, words: str) -> None:
    data = copy.deepcopy(SOUND)
    spoil(data)
    found = findings(data)
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
