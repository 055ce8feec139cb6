"""Reads a condition from JSON, and says what is wrong with what is none."""

import math
from collections.abc import Callable
from typing import Any

from forms_engine.rules.conditions import All, AnyOf, Condition, Count, Items, Not, Test, Which
from forms_engine.rules.operators import (
    COUNTS,
    TAKES_AGE,
    TAKES_DATE,
    TAKES_LIST,
    TAKES_NOTHING,
    TAKES_NUMBER,
    FromToday,
    Operand,
    Operator,
    Threshold,
    is_iso_date,
    is_iso_time,
)

# How deep conditions may stand in one another. Editors need three; hostile JSON would ask for thousands.
MAX_DEPTH = 8
# How far from today a day may be said to be.
_MOST = {"years": 150, "days": 5000}
# No repeating group has more (`schema/form.schema.json`).
MOST_ITEMS = 100


class ConditionFault(ValueError):
    """JSON that is no condition. `path` says where ("$.all[0].op"), `message` what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


def read(data: object, path: str = "$") -> Condition:
    """The condition that `data` is. Raises ConditionFault at the first thing that is wrong."""
    return _read(data, path, 1)


def _read(data: object, path: str, depth: int) -> Condition:
    if depth > MAX_DEPTH:
        raise ConditionFault(path, f"conditions may stand at most {MAX_DEPTH} deep in one another")
    if not isinstance(data, dict):
        raise ConditionFault(path, "a condition is an object")
    keys = set(data)
    if keys == {"all"}:
        return All(_read_parts(data["all"], f"{path}.all", depth))
    if keys == {"any"}:
        return AnyOf(_read_parts(data["any"], f"{path}.any", depth))
    if keys == {"not"}:
        return Not(_read(data["not"], f"{path}.not", depth + 1))
    if "question" in keys and keys <= {"question", "op", "value", "on"}:
        return _read_test(data, path)
    for which in Which:
        if keys == {which.value, "has"}:
            group = _read_id(data[which.value], f"{path}.{which.value}")
            return Items(group, which, _read(data["has"], f"{path}.has", depth + 1))
    if "items" in keys and keys <= {"items", "op", "value"}:
        return _read_count(data, path)
    raise ConditionFault(
        path,
        'a condition has exactly one of "all", "any", "not", "question" with "op", '
        '"any_item" or "every_item" with "has", or "items" with "op"',
    )


def _read_parts(data: object, path: str, depth: int) -> tuple[Condition, ...]:
    if not isinstance(data, list) or not data:
        raise ConditionFault(path, "a list with at least one condition is needed here")
    return tuple(_read(part, f"{path}[{index}]", depth + 1) for index, part in enumerate(data))


def _read_id(data: object, path: str) -> str:
    if not isinstance(data, str) or not data:
        raise ConditionFault(path, "the id of a question or step is needed here")
    return data


def _read_test(data: dict[str, Any], path: str) -> Test:
    question = _read_id(data["question"], f"{path}.question")
    asked = _read_operator(data, path, tuple(Operator))
    if "on" in data and asked not in TAKES_AGE:
        raise ConditionFault(f"{path}.on", f'"{asked.value}" is asked on no day')
    if asked in TAKES_NOTHING:
        if "value" in data:
            raise ConditionFault(f"{path}.value", f'"{asked.value}" compares with nothing')
        return Test(question, asked)
    operand = _read_operand(asked, data.get("value"), f"{path}.value")
    return Test(question, asked, operand, _read_on(data, path))


def _read_count(data: dict[str, Any], path: str) -> Count:
    group = _read_id(data["items"], f"{path}.items")
    asked = _read_operator(data, path, COUNTS)
    number = data.get("value")
    if type(number) is not int or not 0 <= number <= MOST_ITEMS:
        raise ConditionFault(f"{path}.value", f"a number of items up to {MOST_ITEMS} is needed here")
    return Count(group, asked, number)


def _read_operator(data: dict[str, Any], path: str, allowed: tuple[Operator, ...]) -> Operator:
    found = next((each for each in allowed if each.value == data.get("op")), None)
    if found is None:
        known = ", ".join(each.value for each in allowed)
        raise ConditionFault(f"{path}.op", f"not an operator; there are: {known}")
    return found


def _read_on(data: dict[str, Any], path: str) -> str:
    on = data.get("on", "")
    if isinstance(on, str) and ("on" not in data or is_iso_date(on)):
        return on
    raise ConditionFault(f"{path}.on", 'a date such as "2026-09-01" is needed here; without it, it is today')


def _read_operand(asked: Operator, value: object, path: str) -> Operand:
    wanted, read = next(
        ((words, read) for operators, words, read in _OPERANDS if asked in operators),
        ("a text or a number", _read_one),
    )
    operand = read(value, path)
    if operand is None:
        raise ConditionFault(path, f'"{asked.value}" compares with {wanted}')
    return operand


def _read_list(value: object, path: str) -> Operand:
    is_list = isinstance(value, list) and value and all(isinstance(entry, str) and entry for entry in value)
    return tuple(value) if is_list else None  # type: ignore[arg-type]


def _read_years(value: object, path: str) -> Operand:
    return value if type(value) is int and 0 <= value <= _MOST["years"] else None


def _read_number(value: object, path: str) -> Operand:
    if isinstance(value, dict) and value.keys() == {"threshold"}:
        return Threshold(_read_id(value["threshold"], f"{path}.threshold"))
    return value if _is_number(value) else None  # type: ignore[return-value]


def _read_day(value: object, path: str) -> Operand:
    if isinstance(value, dict) and value.keys() == {"today"}:
        return _read_from_today(value["today"], f"{path}.today")
    is_one = isinstance(value, str) and (is_iso_date(value) or is_iso_time(value))
    return value if is_one else None  # type: ignore[return-value]


def _read_one(value: object, path: str) -> Operand:
    return value if _is_number(value) or (isinstance(value, str) and value) else None  # type: ignore[return-value]


_OPERANDS: tuple[tuple[frozenset[Operator], str, Callable[[object, str], Operand]], ...] = (
    (TAKES_LIST, "a list of at least one text", _read_list),
    (TAKES_AGE, "whole years", _read_years),
    (TAKES_NUMBER, "a number", _read_number),
    (TAKES_DATE, 'a date such as "2026-09-01", or a time such as "14:30"', _read_day),
)


def _read_from_today(data: object, path: str) -> FromToday:
    # No form looks further than this, and no calendar ends within it.
    if isinstance(data, dict) and all(
        type(number) is int and abs(number) <= _MOST.get(unit, -1) for unit, number in data.items()
    ):
        return FromToday(**data)
    raise ConditionFault(path, 'whole "years" and "days" from today are needed here, such as {"years": -16}')


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
