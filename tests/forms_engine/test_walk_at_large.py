"""Whole made-up forms and answers, walked against a slow and obvious reading of `docs/form-definitions.md`.

What only one form cannot show: how conditions, follow-ups, options that come and go, required-if, other words, rules
over a page, and repeating groups bear on one another.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.rules.journey import Page, PathStep, StepStore, Store, walk
from tests.forms_engine.test_conditions import read_slowly

Json = dict[str, Any]

TODAY = dt.date(2026, 10, 20)
KINDS = ("short_text", "one_of", "any_of")
LEVELS = ("required", "advised", "optional")


# Made-up forms: three pages, of which the second may be a repeating group.


def readings_of(question: Json) -> st.SearchStrategy[Json]:
    """Conditions that read one question."""
    id = question["id"]
    answered = st.just({"question": id, "op": "was-answered"})
    if question["type"] == "short_text":
        return answered | st.sampled_from(["is", "is-not"]).map(
            lambda op: {"question": id, "op": op, "value": "a"}
        )
    options = [option["id"] for option in question["options"]]
    several = "contains-any" if question["type"] == "any_of" else "is-one-of"
    some = st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True)
    return answered | some.map(lambda value: {"question": id, "op": several, "value": value})


def conditions(earlier: list[Json], group: list[Json]) -> st.SearchStrategy[Json]:
    """Conditions that read questions of earlier pages, and the items of a repeating group among them."""
    tests = [readings_of(question) for question in earlier]
    if group:
        has = st.one_of(*(readings_of(question) for question in group))
        which = st.sampled_from(["any_item", "every_item"])
        tests.append(st.tuples(which, has).map(lambda both: {both[0]: "group", "has": both[1]}))
        tests.append(st.integers(0, 2).map(lambda most: {"items": "group", "op": "more-than", "value": most}))
    return st.recursive(
        st.one_of(*tests),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=2).flatmap(
                lambda parts: st.sampled_from([{"all": parts}, {"any": parts}])
            )
            | inner.map(lambda part: {"not": part})
        ),
        max_leaves=3,
    )


@st.composite
def forms(draw: st.DrawFn) -> Json:
    earlier: list[Json] = []
    group: list[Json] = []
    steps: list[Json] = []
    for place in range(3):
        reads = conditions(earlier, group) if earlier or group else st.nothing()
        step = draw(steps_of(place, reads, may_depend=bool(steps), may_be_group=place == 1))
        steps.append(step)
        if step["kind"] == "group":
            group = step["questions"]
        else:
            earlier = [*earlier, *step["questions"]]
    return {"slug": "f", "sections": [{"id": "s", "title": "S", "steps": steps}]}


@st.composite
def steps_of(
    draw: st.DrawFn, place: int, reads: st.SearchStrategy[Json], *, may_depend: bool, may_be_group: bool
) -> Json:
    questions = [
        draw(questions_of(f"q{place}-{number}", reads, may_depend=may_depend))
        for number in range(draw(st.integers(1, 3)))
    ]
    is_group = may_be_group and draw(st.booleans())
    step: Json = {"id": "group" if is_group else f"p{place}", "title": "P", "questions": questions}
    step["kind"] = "group" if is_group else "questions"
    if is_group:
        least = draw(st.integers(0, 1))
        step["group"] = {"least": least, "most": 9, "title_question": questions[0]["id"]}
    if len(questions) > 1 and "options" in questions[0] and draw(st.booleans()):
        questions[0]["options"][0]["reveals"] = [questions[1]["id"]]
    if may_depend and draw(st.booleans()):
        step["show_if"] = draw(reads)
    if may_depend and draw(st.booleans()):
        step["variants"] = [{"when": draw(reads), "title": "Other"}]
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["exactly-one", "at-least-one", "no-choice-twice"]))
        # Across the items of a group, "no choice twice" has a test of its own (test_together.py).
        if not (is_group and kind == "no-choice-twice"):
            step["rules"] = [{"kind": kind, "questions": [question["id"] for question in questions]}]
    return step


@st.composite
def questions_of(draw: st.DrawFn, id: str, reads: st.SearchStrategy[Json], *, may_depend: bool) -> Json:
    question: Json = {"id": id, "type": draw(st.sampled_from(KINDS)), "label": "Q"}
    question["level"] = draw(st.sampled_from(LEVELS))
    if question["type"] != "short_text":
        question["options"] = [{"id": f"{id}-{letter}", "label": letter} for letter in "ab"]
    for key in ("show_if", "required_if", "advised_if"):
        if may_depend and draw(st.integers(0, 2)) == 0:
            question[key] = draw(reads)
    if may_depend and draw(st.booleans()):
        question["variants"] = [{"when": draw(reads), "label": label} for label in ("First", "Second")]
    for option in question.get("options", ()):
        if may_depend and draw(st.integers(0, 2)) == 0:
            option["show_if"] = draw(reads)
    return question


@st.composite
def pages_of(draw: st.DrawFn, step: Json) -> StepStore:
    """What may be stored of one page."""
    values: Json = {}
    errors: set[str] = set()
    for question in step["questions"]:
        how = draw(st.sampled_from(["empty", "answered", "answered", "wrong"]))
        if how == "wrong":
            errors.add(question["id"])
        elif how == "answered":
            values[question["id"]] = draw(answers_of(question))
    return StepStore(values, frozenset(errors))


def answers_of(question: Json) -> st.SearchStrategy[Any]:
    if question["type"] == "short_text":
        return st.sampled_from(["a", "b"])
    options = [option["id"] for option in question["options"]]
    one = st.sampled_from(options)
    return st.lists(one, min_size=1, max_size=2, unique=True) if question["type"] == "any_of" else one


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[Json, Store]:
    form = draw(forms())
    store: dict[tuple[str, str], StepStore] = {}
    for step in form["sections"][0]["steps"]:
        if step["kind"] == "group":
            items = tuple(str(number) for number in range(draw(st.integers(0, 2))))
            store["group", ""] = StepStore(items=items, visited=draw(st.booleans()))
            store |= {("group", item): draw(pages_of(step)) for item in items}
        elif draw(st.integers(0, 4)):
            store[step["id"], ""] = draw(pages_of(step))
    return form, store


# The documentation, said again without any haste.


def is_so(condition: Json | None, values: Json) -> bool:
    return condition is None or read_slowly(condition, values) is True


def words_slowly(part: Json, key: str, values: Json) -> str:
    fitting = [variant[key] for variant in part.get("variants", ()) if is_so(variant["when"], values)]
    return str([*fitting, part[key]][0])


def answer_slowly(question: Json, typed: Any, values: Json) -> Any:
    """The answer without the options that cannot be chosen; None where none is left."""
    if "options" not in question or typed is None:
        return typed
    open_ = [option["id"] for option in question["options"] if is_so(option.get("show_if"), values)]
    if isinstance(typed, list):
        return [each for each in typed if each in open_] or None
    return typed if typed in open_ else None


def level_slowly(question: Json, values: Json) -> str:
    demanded = "required_if" in question and is_so(question["required_if"], values)
    if demanded:
        return "required"
    urged = "advised_if" in question and is_so(question["advised_if"], values)
    return "advised" if urged and question["level"] == "optional" else str(question["level"])


def asked_slowly(step: Json, entry: StepStore, values: Json) -> Iterator[tuple[Json, Any]]:
    """The questions that count, each with its answer."""
    opened_by = {
        id: (question["id"], option["id"])
        for question in step["questions"]
        for option in question.get("options", ())
        for id in option.get("reveals", ())
    }
    chosen: Json = {}
    for question in step["questions"]:
        id = question["id"]
        opener, option = opened_by.get(id, ("", ""))
        answer = chosen.get(opener)
        is_open = not opener or option == answer or (isinstance(answer, list) and option in answer)
        if is_open and is_so(question.get("show_if"), values):
            typed = None if id in entry.errors else entry.values.get(id)
            chosen[id] = answer_slowly(question, typed, values)
            yield question, chosen[id]


def rule_slowly(rule: Json, answers: Json, wrong: set[str]) -> str:
    """ "fine", "missing" (nothing was answered yet) or "broken"."""
    given = [answer for answer in answers.values() if answer is not None]
    if not answers:
        return "fine"
    if rule["kind"] == "no-choice-twice":
        chosen = [each for answer in given for each in (answer if isinstance(answer, list) else [answer])]
        words = [each.rpartition("-")[2] for each in chosen]
        return "broken" if len(words) > len(set(words)) else "fine"
    if rule["kind"] == "exactly-one" and len(given) > 1:
        return "broken"
    return "fine" if given or wrong else "missing"


def page_slowly(step: Json, entry: StepStore, values: Json) -> Json:
    asked = list(asked_slowly(step, entry, values))
    answers = {question["id"]: answer for question, answer in asked}
    wrong = set(entry.errors) & set(answers)
    rules = [rule_slowly(rule, answers, wrong) for rule in step.get("rules", ())]
    missing = any(
        answer is None and question["id"] not in wrong and level_slowly(question, values) == "required"
        for question, answer in asked
    )
    if wrong or "broken" in rules:
        state = "problem"
    elif not entry.visited:
        state = "not-started"
    else:
        state = "in-progress" if missing or "missing" in rules else "done"
    return {
        "asked": list(answers),
        "values": {id: answer for id, answer in answers.items() if answer is not None},
        "state": state,
        "blocks": bool(missing or wrong or {"broken", "missing"} & set(rules)),
    }


def offered_slowly(step: Json, values: Json) -> list[Json]:
    """The questions without those that only an option opens which nobody can choose."""
    closed = {
        id
        for question in step["questions"]
        for option in question.get("options", ())
        if not is_so(option.get("show_if"), values)
        for id in option.get("reveals", ())
    }
    return [question for question in step["questions"] if question["id"] not in closed]


def walk_slowly(form: Json, store: Store) -> tuple[list[Json], Json]:
    """Each page on the path as it stands and is asked, and all answers that count."""
    values: Json = {}
    path = []
    for step in form["sections"][0]["steps"]:
        if not is_so(step.get("show_if"), values):
            continue
        entry = store.get((step["id"], ""), StepStore(visited=False))
        asked = {
            question["id"]: (
                words_slowly(question, "label", values),
                level_slowly(question, values),
                [each["id"] for each in question.get("options", ()) if is_so(each.get("show_if"), values)],
            )
            for question in offered_slowly(step, values)
        }
        met: Json = {"id": step["id"], "title": words_slowly(step, "title", values), "questions": asked}
        if step["kind"] == "group":
            items = [page_slowly(step, store["group", item], values) for item in entry.items]
            met |= {"items": items, **group_slowly(step, entry, items)}
            values = values | {"group": [item["values"] for item in items]}
        else:
            page = page_slowly(step, entry, values)
            met |= page
            values = values | page["values"]
        path.append(met)
    return path, values


def group_slowly(step: Json, entry: StepStore, items: list[Json]) -> Json:
    blocks = len(items) < step["group"]["least"] or any(item["blocks"] for item in items)
    if any(item["state"] == "problem" for item in items):
        state = "problem"
    elif not entry.visited and not items:
        state = "not-started"
    else:
        state = "in-progress" if blocks else "done"
    return {"state": state, "blocks": blocks}


# The engine's own way, in the same shape.


def page_of(page: Page) -> Json:
    return {
        "asked": list(page.asked),
        "values": dict(page.values),
        "state": page.state.value,
        "blocks": page.is_blocking,
    }


def met(path_step: PathStep) -> Json:
    step = path_step.step
    asked = {
        question.id: (question.label, question.level.value, [option.id for option in question.options])
        for question in step.questions
    }
    said: Json = {"id": step.id, "title": step.title, "questions": asked}
    if step.is_group:
        said["items"] = [page_of(item) for item in path_step.items]
        return said | {"state": path_step.state.value, "blocks": path_step.is_blocking}
    return said | page_of(path_step.page)


@pytest.mark.capability("B32")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(filled_in())
def test_any_form_is_walked_as_the_documentation_says(made: tuple[Json, Mapping[Any, Any]]) -> None:
    data, store = made
    found = walk(build(data), store, TODAY)

    path, values = walk_slowly(data, store)

    assert [met(path_step) for path_step in found.path] == path
    assert found.values == values
    assert found.is_complete is not any(page["blocks"] for page in path)
