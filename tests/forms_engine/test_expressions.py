"""Calculations over earlier answers: read, checked for their kinds, and worked out as a slow plain reading does."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.rules.expressions import (
    MOST_CHARACTERS,
    Expression,
    ExpressionFault,
    Kind,
    as_stored,
    parse,
)

pytestmark = pytest.mark.capability("B32")

KINDS = {"hours": Kind.NUMBER, "weeks": Kind.NUMBER, "cost": Kind.NUMBER, "from": Kind.DAY, "to": Kind.DAY}
ANSWERS = {"hours": 3, "weeks": 39, "cost": "12.50", "from": "2026-09-01", "to": "2027-07-20"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("100 / 10 / 5", 2),
        ("-2 * -3", 6),
        ("- - 2", 2),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("[hours] * [weeks]", 117),
        ("[hours]*[weeks]*[cost]", Fraction(2925, 2)),
        ("[to] - [from]", 322),
        ("[from] + 14", dt.date(2026, 9, 15)),
        ("14 + [from]", dt.date(2026, 9, 15)),
        ("[from] - 1", dt.date(2026, 8, 31)),
        ("max(0, [hours] - 5)", 0),
        ("min([from], [to])", dt.date(2026, 9, 1)),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round([cost] / 3, 2)", Fraction(417, 100)),
        ("months([from], [to])", 10),
        ("months([to], [from])", -10),
        ("years([from], [to])", 0),
        ("years([from], [from] + 366)", 1),
    ],
)
def test_a_calculation_gives_what_it_says(text: str, value: Any) -> None:
    assert parse(text).value(ANSWERS) == value
    assert parse(text).kind(KINDS) is (Kind.DAY if isinstance(value, dt.date) else Kind.NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "[hours] + [gone]",
        "0 * [gone]",
        "max(1, [gone])",
        "1 / ([hours] - 3)",
        "[from] + 0.5",
        "[from] + 99999999",
        "round(1, 7)",
    ],
)
def test_what_is_missing_or_cannot_be_makes_the_whole_unknown(text: str) -> None:
    assert parse(text).value(ANSWERS) is None


@pytest.mark.parametrize("stored", [None, "", "x", True, [1], {"a": 1}, "2026-02-30", "1e9", "٣"])
def test_an_answer_that_is_no_number_and_no_day_is_unknown(stored: Any) -> None:
    assert parse("[hours]").value({"hours": stored}) is None


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "a number, a question in square brackets or a function is needed here"),
        ("1 +", 4, "a number, a question in square brackets or a function is needed here"),
        ("1 2", 3, '"2" cannot stand here'),
        ("(1", 3, '")" is needed here'),
        ("1 % 2", 3, '"%" cannot stand here'),
        ("  hours * 2", 3, 'there is no function "hours"; there is: min, max, round, months, years'),
        ("min(1)", 1, "min works on two or more numbers, or days"),
        ("min 1", 5, '"(" is needed here'),
        ("2 * [weeks", 5, '"[" cannot stand here'),
        ("1234567890123456", 1, "a number has 15 digits or fewer"),
        ("__import__('os')", 1, '"_" cannot stand here'),
    ],
)
def test_what_is_no_calculation_is_said_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(ExpressionFault) as fault:
        parse(text)

    assert (fault.value.position, fault.value.message) == (position, words)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("1 + [name]", 5, '"name" is no number and no day'),
        ("[from] + [to]", 8, '"+" cannot be worked out of a day and a day'),
        ("2 - [from]", 3, '"-" cannot be worked out of a number and a day'),
        ("[from] * 2", 8, '"*" cannot be worked out of a day and a number'),
        ("-[from]", 1, '"-" cannot be worked out of a day'),
        ("1 + max([from], 2)", 5, '"max" cannot be worked out of a day and a number'),
        ("years(1, 2)", 1, '"years" cannot be worked out of a number and a number'),
    ],
)
def test_days_and_numbers_are_kept_apart(text: str, position: int, words: str) -> None:
    with pytest.raises(ExpressionFault) as fault:
        parse(text).kind(KINDS)

    assert (fault.value.position, fault.value.message) == (position, words)


@pytest.mark.parametrize("text", ["(" * 400, "-" * 400 + "1", "1" + "+1" * 300, "[" * 499, "min(" * 100])
def test_a_calculation_that_is_too_long_or_nested_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        parse(text)


def test_the_longest_calculation_that_is_allowed_can_be_worked_out() -> None:
    text = ("99999999*" * 100)[: MOST_CHARACTERS - 1] + "9"

    value = parse(text).value({})
    assert value is not None
    assert as_stored(value, 2) is None


def test_what_it_reads_is_known_with_its_places() -> None:
    assert parse("2 * ([hours] + [weeks])").references == (("hours", 6), ("weeks", 16))


@pytest.mark.parametrize(
    ("value", "places", "stored"),
    [
        (Fraction(5), 2, 5),
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -3),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(5, 2), 2, "2.5"),
        (Fraction(120), 0, 120),
        (Fraction(-1, 1000), 2, 0),
        (None, 2, None),
        (dt.date(2026, 9, 1), 2, None),
        (Fraction(10**15), 0, None),
    ],
)
def test_a_result_is_stored_as_a_number_that_was_typed_would_be(value: Any, places: int, stored: Any) -> None:
    assert as_stored(value, places) == stored


# The slow plain reading: a tree of tuples, worked out branch by branch.
NUMBERS = st.integers(0, 999).map(str) | st.decimals(0, 99, places=2).map(str)
LEAVES = NUMBERS.map(lambda digits: ("number", digits)) | st.sampled_from(
    ["hours", "weeks", "cost", "gone"]
).map(lambda id: ("answer", id))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.sampled_from("+-*/"), inner, inner) | st.tuples(st.just("negative"), inner),
    max_leaves=10,
)


def written(tree: Any) -> str:
    match tree:
        case "number", digits:
            return str(digits)
        case "answer", id:
            return f"[{id}]"
        case "negative", inner:
            return f"-({written(inner)})"
        case sign, one, other:
            return f"({written(one)} {sign} {written(other)})"
    raise AssertionError


def worked_out(tree: Any) -> Fraction | None:
    match tree:
        case "number", digits:
            return Fraction(digits)
        case "answer", id:
            return Fraction(ANSWERS[id]) if id in ANSWERS else None  # type: ignore[arg-type]
        case "negative", inner:
            value = worked_out(inner)
            return None if value is None else -value
        case sign, one, other:
            left, right = worked_out(one), worked_out(other)
            if left is None or right is None or (sign == "/" and right == 0):
                return None
            return (
                {"+": left + right, "-": left - right, "*": left * right}.get(sign)
                if sign != "/"
                else left / right
            )
    raise AssertionError


@given(TREES)
def test_any_calculation_in_brackets_is_worked_out_as_its_tree_is(tree: Any) -> None:
    text = written(tree)
    if len(text) <= MOST_CHARACTERS:
        assert parse(text).value(ANSWERS) == worked_out(tree)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=12), st.data())
def test_without_brackets_products_come_first_and_all_goes_from_left_to_right(
    numbers: list[int], data: st.DataObject
) -> None:
    signs = data.draw(st.lists(st.sampled_from("+-*/"), min_size=len(numbers) - 1, max_size=len(numbers) - 1))
    text = str(numbers[0]) + "".join(
        f"{sign}{number}" for sign, number in zip(signs, numbers[1:], strict=True)
    )
    products, joining = [Fraction(numbers[0])], []
    for sign, number in zip(signs, numbers[1:], strict=True):
        if sign == "*":
            products[-1] *= number
        elif sign == "/":
            products[-1] /= number
        else:
            joining.append(sign)
            products.append(Fraction(number))
    total = products[0]
    for sign, product in zip(joining, products[1:], strict=True):
        total += product if sign == "+" else -product

    assert parse(text).value({}) == total


@given(st.text(alphabet="0123456789.+-*/(),[] abminxroudyes", max_size=40))
def test_any_text_is_a_calculation_or_is_refused_with_a_place_within_it(text: str) -> None:
    place = 1
    try:
        parse(text).value({})
    except ExpressionFault as fault:
        place = fault.position

    assert 1 <= place <= len(text) + 1


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_years_between_two_days_are_birthdays_that_have_passed(start: dt.date, end: dt.date) -> None:
    start, end = min(start, end), max(start, end)
    passed = (
        sum((end.month, end.day) >= (start.month, start.day) for _year in [0]) + end.year - start.year - 1
    )

    assert Expression("years([a], [b])").value({"a": start.isoformat(), "b": end.isoformat()}) == passed
