"""Conditions in three values, against a slow and obvious reading of the truth table."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.rules.conditions import MAX_DEPTH, All, AnyOf, Condition, ConditionFault, Operator, Test

TEXTS = st.sampled_from(["a", "b", "c"])
DAYS = st.sampled_from(["2025-12-31", "2026-01-01", "2026-09-30"])
NUMBERS = st.sampled_from([0, 1, 2.5, -3])


def single(question: str, operator: Operator, operand: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return operand.map(lambda value: {"question": question, "op": operator.value, "value": value})


LISTS = st.lists(TEXTS, min_size=1, max_size=3)
TESTS = st.one_of(
    single("choice", Operator.IS, TEXTS),
    single("choice", Operator.IS_NOT, TEXTS),
    single("choice", Operator.IS_ONE_OF, LISTS),
    single("choices", Operator.CONTAINS_ANY, LISTS),
    single("number", Operator.IS, NUMBERS),
    single("number", Operator.MORE_THAN, NUMBERS),
    single("number", Operator.LESS_THAN, NUMBERS),
    single("day", Operator.BEFORE, DAYS),
    single("day", Operator.AFTER, DAYS),
    st.sampled_from(["choice", "choices", "number", "day"]).map(
        lambda question: {"question": question, "op": "was-answered"}
    ),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "choice": TEXTS,
        "choices": st.lists(TEXTS, min_size=1, max_size=3),
        "number": st.sampled_from([0, 1, 2, "2.5", -3]),
        "day": DAYS,
    },
)


def read_slowly(data: dict[str, Any], values: dict[str, Any]) -> bool | None:
    """The truth table, as the documentation has it."""
    if "all" in data:
        answers = [read_slowly(part, values) for part in data["all"]]
        return False if False in answers else None if None in answers else True
    if "any" in data:
        answers = [read_slowly(part, values) for part in data["any"]]
        return True if True in answers else None if None in answers else False
    if "not" in data:
        return {True: False, False: True, None: None}[read_slowly(data["not"], values)]
    if data["op"] == "was-answered":
        return data["question"] in values
    if data["question"] not in values:
        return None
    return compare_slowly(data["op"], values[data["question"]], data["value"])


def compare_slowly(op: str, value: Any, operand: Any) -> bool:
    if isinstance(operand, int | float):
        value, operand = Decimal(str(value)), Decimal(str(operand))
    results = {
        "is": lambda: value == operand,
        "is-not": lambda: value != operand,
        "is-one-of": lambda: any(value == each for each in operand),
        "contains-any": lambda: any(each in operand for each in value),
        "more-than": lambda: value > operand,
        "less-than": lambda: value < operand,
        "before": lambda: value < operand,
        "after": lambda: value > operand,
    }
    return bool(results[op]())


@pytest.mark.capability("B32")
@given(CONDITIONS, VALUES)
def test_a_condition_gives_what_the_truth_table_says(data: dict[str, Any], values: dict[str, Any]) -> None:
    assert Condition.from_json(data).evaluate(values) is read_slowly(data, values)


@given(CONDITIONS)
def test_a_condition_keeps_nothing_back_from_its_json(data: dict[str, Any]) -> None:
    condition = Condition.from_json(data)
    assert condition.to_json() == data
    assert Condition.from_json(condition.to_json()) == condition
    assert hash(Condition.from_json(data)) == hash(condition)


@given(CONDITIONS)
def test_without_any_answer_only_was_answered_is_ever_known(data: dict[str, Any]) -> None:
    condition = Condition.from_json(data)
    if all(test.operator is not Operator.WAS_ANSWERED for _path, test in condition.placed("$")):
        assert condition.evaluate({}) is None


def test_a_condition_names_the_questions_that_it_reads() -> None:
    data = {
        "any": [{"question": "a", "op": "was-answered"}, {"not": {"question": "b", "op": "is", "value": "x"}}]
    }
    assert Condition.from_json(data).questions() == {"a", "b"}


def test_a_condition_knows_the_place_of_each_of_its_tests() -> None:
    inner = Test("b", Operator.WAS_ANSWERED)
    condition = All((Test("a", Operator.IS, "x"), AnyOf((inner,))))
    assert [path for path, _test in condition.placed("$.show_if")] == [
        "$.show_if.all[0]",
        "$.show_if.all[1].any[0]",
    ]


def test_numbers_are_compared_exactly() -> None:
    condition = Condition.from_json({"question": "n", "op": "is", "value": 0.3})
    assert condition.evaluate({"n": "0.3"}) is True
    assert condition.evaluate({"n": "0.30"}) is True
    assert condition.evaluate({"n": "0.31"}) is False


def test_a_value_of_the_wrong_kind_raises_and_does_not_count_as_an_answer() -> None:
    condition = Condition.from_json({"question": "n", "op": "more-than", "value": 3})
    with pytest.raises((TypeError, ArithmeticError)):
        condition.evaluate({"n": "many"})


@pytest.mark.parametrize(
    ("data", "path"),
    [
        pytest.param("yes", "$", id="no object"),
        pytest.param({}, "$", id="empty"),
        pytest.param({"all": [], "any": []}, "$", id="two shapes at once"),
        pytest.param({"all": []}, "$.all", id="nothing to join"),
        pytest.param({"all": {"question": "a"}}, "$.all", id="no list"),
        pytest.param({"not": {"question": "a", "op": "eval"}}, "$.not.op", id="an unknown operator"),
        pytest.param({"question": "", "op": "was-answered"}, "$.question", id="no question"),
        pytest.param({"question": "a", "op": "is"}, "$.value", id="nothing to compare with"),
        pytest.param({"question": "a", "op": "is", "value": True}, "$.value", id="a truth value"),
        pytest.param({"question": "a", "op": "is-one-of", "value": "b"}, "$.value", id="a text for a list"),
        pytest.param({"question": "a", "op": "more-than", "value": "3"}, "$.value", id="a text for a number"),
        pytest.param(
            {"question": "a", "op": "more-than", "value": float("nan")}, "$.value", id="not a number"
        ),
        pytest.param({"question": "a", "op": "before", "value": "2026-02-30"}, "$.value", id="no such day"),
        pytest.param({"question": "a", "op": "was-answered", "value": 1}, "$.value", id="a value too many"),
        pytest.param({"question": "a", "op": "is", "value": "b", "and": 1}, "$", id="an unknown key"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(data: object, path: str) -> None:
    with pytest.raises(ConditionFault) as fault:
        Condition.from_json(data)
    assert fault.value.path == path


def test_conditions_that_nest_without_end_are_refused() -> None:
    data: dict[str, Any] = {"question": "a", "op": "was-answered"}
    for _level in range(MAX_DEPTH - 1):
        data = {"not": data}
    Condition.from_json(data)
    with pytest.raises(ConditionFault, match="deep"):
        Condition.from_json({"not": data})
