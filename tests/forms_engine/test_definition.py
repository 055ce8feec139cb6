"""A form's JSON: nothing lost either way, and every fault said with its place."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.definition import (
    DefinitionFaults,
    build,
    canonical,
    digest,
    find_faults,
    from_json,
    loads,
    to_json,
)
from forms_engine.rules import condition_json
from forms_engine.spec import (
    Form,
    Group,
    Level,
    Option,
    Question,
    Rule,
    RuleKind,
    Section,
    Since,
    Step,
    StepKind,
    Translation,
    Variant,
)
from tests.forms_engine.sample import SAMPLE

IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
CONDITIONS = st.none() | st.builds(
    lambda id: condition_json.read({"not": {"question": id, "op": "is-one-of", "value": ["a", "b"]}}), IDS
)
AUDIENCES = st.sampled_from(["everyone", "staff"])
ABOUT_ITEMS = condition_json.read({"every_item": "g", "has": {"items": "h", "op": "is", "value": 0}})
MORE_CONDITIONS = CONDITIONS | st.just(ABOUT_ITEMS)
SAID = st.text("abc", min_size=1, max_size=3)
OPTIONS = st.builds(
    Option,
    id=IDS,
    label=WORDS,
    hint=WORDS,
    reveals=st.lists(IDS, max_size=2).map(tuple),
    show_if=MORE_CONDITIONS,
    is_child=st.booleans(),
)
RULES = st.builds(Rule, st.sampled_from(RuleKind), st.lists(IDS, max_size=2).map(tuple), WORDS)


def variants(*keys: str) -> st.SearchStrategy[tuple[Variant, ...]]:
    words = st.dictionaries(st.sampled_from(keys), SAID)
    return st.lists(st.builds(Variant, st.just(ABOUT_ITEMS), words), max_size=2).map(tuple)


QUESTIONS = st.builds(
    Question,
    id=IDS,
    type=st.sampled_from(["short_text", "one_of", "something-new"]),
    label=WORDS,
    hint=WORDS,
    level=st.sampled_from(Level),
    why=WORDS,
    error=WORDS,
    options=st.lists(OPTIONS, max_size=2).map(tuple),
    show_if=CONDITIONS,
    prefill=WORDS,
    required_if=MORE_CONDITIONS,
    advised_if=MORE_CONDITIONS,
    variants=variants("label", "hint"),
    readers=WORDS,
    audience=AUDIENCES,
    config=st.dictionaries(IDS, st.integers() | WORDS, max_size=2),
)
STEPS = st.builds(
    Step,
    id=IDS,
    kind=st.sampled_from(StepKind),
    title=WORDS,
    questions=st.lists(QUESTIONS, max_size=2).map(tuple),
    show_if=CONDITIONS,
    group=st.none() | st.builds(Group, st.integers(0, 3), st.integers(1, 5), WORDS, IDS),
    variants=variants("title"),
    rules=st.lists(RULES, max_size=2).map(tuple),
    audience=AUDIENCES,
)
SECTIONS = st.builds(
    Section,
    id=IDS,
    title=WORDS,
    steps=st.lists(STEPS, max_size=2).map(tuple),
    show_if=CONDITIONS,
    audience=AUDIENCES,
)
FORMS = st.builds(
    Form,
    slug=IDS,
    title=WORDS,
    reference_prefix=WORDS,
    handler=WORDS,
    sections=st.lists(SECTIONS, max_size=2).map(tuple),
    intro=WORDS,
    submitted=WORDS,
    lifetime_days=st.integers(1, 1000),
    task_list=st.booleans(),
    translations=st.dictionaries(
        IDS, st.dictionaries(IDS, st.builds(Translation, WORDS, WORDS), min_size=1, max_size=2), max_size=1
    ),
    thresholds=st.dictionaries(
        IDS, st.lists(st.builds(Since, WORDS, st.integers(0, 9) | st.just(0.5), WORDS)).map(tuple), max_size=1
    ),
)


@given(FORMS)
def test_nothing_of_a_form_is_lost_in_its_json(form: Form) -> None:
    data = to_json(form)
    assert build(data) == form
    assert build(json.loads(canonical(data))) == form
    assert to_json(build(data)) == data


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": "é"}) == digest({"b": "é", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


@pytest.fixture
def data() -> dict[str, Any]:
    sample = copy.deepcopy(SAMPLE)
    for step in [step for section in sample["sections"] for step in section["steps"]]:
        for question in step.get("questions", ()):
            question.pop("prefill", None)
    return sample


def paths(data: object) -> list[str]:
    return [path for path, _message in find_faults(data)]


def test_a_sound_form_is_read(data: dict[str, Any]) -> None:
    assert from_json(data) == build(data)


def test_every_fault_is_listed_at_once_and_in_order(data: dict[str, Any]) -> None:
    first, *_rest = data["sections"]
    del data["title"]
    data["colour"] = "blue"
    first["title"] = 7
    first["steps"][0]["kind"] = "page"
    first["steps"][0]["questions"][0]["id"] = "Not An Id"
    first["steps"][0]["questions"][1]["id"] = first["id"]
    data["sections"][1]["show_if"] = {"question": "nobody", "op": "was-answered"}
    data["sections"][1]["steps"][0]["show_if"] = {"all": [{"question": "a", "op": "like", "value": "b"}]}
    with pytest.raises(DefinitionFaults) as unsound:
        from_json(data)
    assert [path for path, _message in unsound.value.faults] == [
        "$.colour",
        "$.sections[0].steps[0].kind",
        "$.sections[0].steps[0].questions[0].id",
        "$.sections[0].steps[0].questions[1].id",
        "$.sections[0].title",
        "$.sections[1].show_if",
        "$.sections[1].steps[0].show_if.all[0].op",
        "$.title",
    ]
    assert str(unsound.value).count("\n") == 7


def test_a_fault_of_shape_is_said_once_and_in_plain_words(data: dict[str, Any]) -> None:
    question = data["sections"][0]["steps"][0]["questions"][0]
    del question["type"]
    question["level"] = "sometimes"
    where = "$.sections[0].steps[0].questions[0]"
    assert find_faults(data) == [
        (f"{where}.level", "this must be one of: required, advised, optional"),
        (f"{where}.type", '"type" is missing'),
    ]


@pytest.mark.parametrize("data", [None, 7, "form", [], [{}], {}, {"sections": {}}, {"sections": [None, 3]}])
def test_what_is_no_form_at_all_is_told_so(data: object) -> None:
    assert find_faults(data)


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["sections", "steps", "questions", "options", "show_if", "id", "type", "config", "group"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(SHAPES)
def test_no_json_whatever_breaks_the_check(data: object) -> None:
    assert find_faults(data)
    build(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('{"a": 1,}', "line 1, column 9", id="a comma too many"),
        pytest.param('{"a": 1, "a": 2}', "this key twice: a", id="a key that stands twice"),
        pytest.param("", "not JSON", id="an empty file"),
        pytest.param(b"\xff\xfe\xfa", "UTF-8", id="another encoding"),
        pytest.param("[" * 100_000, "nested too deep", id="brackets without end"),
        pytest.param(f"[{'1' * 5000}]", "too many digits", id="a number without end"),
    ],
)
def test_a_malformed_file_is_told_where(text: str | bytes, words: str) -> None:
    with pytest.raises(DefinitionFaults, match=words):
        loads(text)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("a\x00b", "this holds a character that cannot be stored", id="NUL"),
        pytest.param("\ud800", "this holds a character that cannot be stored", id="half a character"),
        pytest.param(float("nan"), "this is no number", id="not a number"),
    ],
)
def test_what_a_database_could_not_keep_is_refused(data: dict[str, Any], value: Any, message: str) -> None:
    data["sections"][0]["title"] = value
    assert find_faults(data) == [("$.sections[0].title", message)]


def test_conditions_nested_without_end_are_a_fault_and_no_crash(data: dict[str, Any]) -> None:
    deep: dict[str, Any] = {"question": "a", "op": "was-answered"}
    for _level in range(5000):
        deep = {"not": deep}
    data["sections"][1]["show_if"] = deep
    assert any("nested too deep" in message for _path, message in find_faults(data))
