"""Conditions in three values, against a slow and obvious reading of the truth table."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.rules import condition_json
from forms_engine.rules.condition_json import MAX_DEPTH, ConditionFault
from forms_engine.rules.conditions import All, AnyOf, Test
from forms_engine.rules.operators import Day, Operator

DAY = Day(dt.date(2026, 10, 20), {"income": 2})

TEXTS = st.sampled_from(["a", "b", "c"])
DAYS = st.sampled_from(["2025-12-31", "2026-01-01", "2026-09-30"])
NUMBERS = st.sampled_from([0, 1, 2.5, -3])


def single(question: str, operator: Operator, operand: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return operand.map(lambda value: {"question": question, "op": operator.value, "value": value})


LISTS = st.lists(TEXTS, min_size=1, max_size=3)
FROM_TODAY = st.fixed_dictionaries(
    {}, optional={"years": st.sampled_from([-1, 1]), "days": st.integers(-300, -1)}
)
ITEM_TESTS = st.one_of(
    single("choice", Operator.IS, TEXTS),
    single("number", Operator.LESS_THAN, NUMBERS),
    st.just({"question": "number", "op": "was-answered"}),
)
ABOUT_ITEMS = st.one_of(
    st.tuples(st.sampled_from(["any_item", "every_item"]), ITEM_TESTS).map(
        lambda both: {both[0]: "group", "has": both[1]}
    ),
    st.tuples(st.sampled_from(["is", "more-than", "less-than"]), st.integers(0, 3)).map(
        lambda both: {"items": "group", "op": both[0], "value": both[1]}
    ),
)
TESTS = st.one_of(
    ABOUT_ITEMS,
    single("day", Operator.BEFORE, FROM_TODAY.map(lambda counted: {"today": counted})),
    single("day", Operator.AFTER, FROM_TODAY.map(lambda counted: {"today": counted})),
    single("born", Operator.AGE_AT_LEAST, st.integers(0, 20)),
    single("born", Operator.AGE_UNDER, st.integers(0, 20)).map(lambda test: {**test, "on": "2027-02-28"}),
    single(
        "number", Operator.MORE_THAN, st.sampled_from([{"threshold": "income"}, {"threshold": "unknown"}])
    ),
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
        "born": st.dates(dt.date(2004, 1, 1), DAY.date).map(str) | st.just("2008-02-29"),
        "group": st.lists(
            st.fixed_dictionaries({}, optional={"choice": TEXTS, "number": st.integers(0, 2)}), max_size=3
        ),
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
    if "known" in data:
        return data["known"]
    return items_slowly(data, values) if "question" not in data else asked_slowly(data, values)


def items_slowly(data: dict[str, Any], values: dict[str, Any]) -> bool | None:
    if "items" in data:
        items = values.get("group")
        return None if items is None else compare_slowly(data["op"], len(items), data["value"])
    if not values.get("group"):
        return None
    joint = "any" if "any_item" in data else "all"
    return read_slowly({joint: [{"known": read_slowly(data["has"], item)} for item in values["group"]]}, {})


def asked_slowly(data: dict[str, Any], values: dict[str, Any]) -> bool | None:
    if data["op"] == "was-answered":
        return data["question"] in values
    if data["question"] not in values:
        return None
    if data["op"].startswith("age"):
        return age_slowly(data, values[data["question"]])
    operand = operand_slowly(data["value"])
    return None if operand is None else compare_slowly(data["op"], values[data["question"]], operand)


def operand_slowly(operand: Any) -> Any:
    if not isinstance(operand, dict):
        return operand
    if "threshold" in operand:
        return {"income": 2}.get(operand["threshold"])
    # 20 October: each year has one.
    moved = DAY.date.replace(year=DAY.date.year + operand["today"].get("years", 0))
    return str(moved + dt.timedelta(days=operand["today"].get("days", 0)))


def age_slowly(data: dict[str, Any], born: str) -> bool:
    """Birthday by birthday; one on 29 February is kept on 1 March where there is no such day."""
    first = dt.date.fromisoformat(born)
    on = dt.date.fromisoformat(data.get("on", str(DAY.date)))
    age = -1
    for year in range(first.year, on.year + 1):
        leaps = first.month == 2 and first.day == 29 and year % 4
        birthday = dt.date(year, 3, 1) if leaps else first.replace(year=year)
        age += birthday <= on
    return age >= data["value"] if data["op"] == "age-at-least" else age < data["value"]


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
    assert condition_json.read(data).evaluate(values, DAY) is read_slowly(data, values)


@given(CONDITIONS)
def test_a_condition_keeps_nothing_back_from_its_json(data: dict[str, Any]) -> None:
    condition = condition_json.read(data)
    assert condition.to_json() == data
    assert condition_json.read(condition.to_json()) == condition
    assert hash(condition_json.read(data)) == hash(condition)


@given(CONDITIONS)
def test_without_any_answer_only_was_answered_is_ever_known(data: dict[str, Any]) -> None:
    condition = condition_json.read(data)
    tests = [leaf for _path, leaf in condition.placed("$") if isinstance(leaf, Test)]
    if all(test.operator is not Operator.WAS_ANSWERED for test in tests):
        assert condition.evaluate({}, DAY) is None


def test_a_condition_names_the_questions_that_it_reads() -> None:
    data = {
        "any": [{"question": "a", "op": "was-answered"}, {"not": {"question": "b", "op": "is", "value": "x"}}]
    }
    assert condition_json.read(data).questions() == {"a", "b"}


def test_a_condition_knows_the_place_of_each_of_its_tests() -> None:
    inner = Test("b", Operator.WAS_ANSWERED)
    condition = All((Test("a", Operator.IS, "x"), AnyOf((inner,))))
    assert [path for path, _test in condition.placed("$.show_if")] == [
        "$.show_if.all[0]",
        "$.show_if.all[1].any[0]",
    ]


def test_numbers_are_compared_exactly() -> None:
    condition = condition_json.read({"question": "n", "op": "is", "value": 0.3})
    assert condition.evaluate({"n": "0.3"}, DAY) is True
    assert condition.evaluate({"n": "0.30"}, DAY) is True
    assert condition.evaluate({"n": "0.31"}, DAY) is False


def test_a_value_of_the_wrong_kind_raises_and_does_not_count_as_an_answer() -> None:
    condition = condition_json.read({"question": "n", "op": "more-than", "value": 3})
    with pytest.raises((TypeError, ArithmeticError)):
        condition.evaluate({"n": "many"}, DAY)


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
        pytest.param(
            {"question": "a", "op": "before", "value": {"today": {"weeks": 1}}}, "$.value.today", id="weeks"
        ),
        pytest.param(
            {"question": "a", "op": "before", "value": {"today": {"years": 999}}}, "$.value.today", id="far"
        ),
        pytest.param({"question": "a", "op": "age-at-least", "value": "16"}, "$.value", id="an age in words"),
        pytest.param({"question": "a", "op": "age-under", "value": 16, "on": "soon"}, "$.on", id="on no day"),
        pytest.param(
            {"question": "a", "op": "is", "value": "b", "on": "2026-09-01"}, "$.on", id="a day too many"
        ),
        pytest.param(
            {"question": "a", "op": "more-than", "value": {"threshold": ""}},
            "$.value.threshold",
            id="no threshold",
        ),
        pytest.param(
            {"any_item": "g", "has": {"question": "a", "op": "like"}}, "$.has.op", id="of an item, unknown"
        ),
        pytest.param({"any_item": "", "has": {}}, "$.any_item", id="items of nothing"),
        pytest.param({"items": "g", "op": "before", "value": 1}, "$.op", id="items before a day"),
        pytest.param({"items": "g", "op": "is", "value": -1}, "$.value", id="less than no items"),
        pytest.param({"items": "g", "op": "is", "value": 101}, "$.value", id="more items than any group has"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(data: object, path: str) -> None:
    with pytest.raises(ConditionFault) as fault:
        condition_json.read(data)
    assert fault.value.path == path


def test_conditions_that_nest_without_end_are_refused() -> None:
    data: dict[str, Any] = {"question": "a", "op": "was-answered"}
    for _level in range(MAX_DEPTH - 1):
        data = {"not": data}
    condition_json.read(data)
    with pytest.raises(ConditionFault, match="deep"):
        condition_json.read({"not": data})
