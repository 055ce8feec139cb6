"""The page on form definitions says all that a definition may hold, and what it says is so."""

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core.registry import Registry
from forms_engine.definition import find_faults
from forms_engine.models import FormDefinition
from forms_engine.registries import audiences, circles, prefill_sources, record_choices, reference_shapes
from forms_engine.rules import condition_json
from forms_engine.rules.conditions import All, AnyOf, Not
from forms_engine.rules.known import is_id
from forms_engine.rules.operators import Day, Operator
from forms_engine.rules.structure import RESERVED
from forms_engine.schema import SCHEMA
from forms_engine.spec import Level, PrefillMode, RuleKind, StepKind
from forms_engine.types import builtin
from forms_engine.types.base import QuestionType
from forms_engine.urls import urlpatterns
from tests.forms_engine.documented import TEXT, codes, example, table, values

DEFINITIONS = json.loads(SCHEMA.read_text(encoding="utf-8"))
TYPES: Registry[QuestionType] = Registry("question types")
builtin.register(TYPES)
DAY = Day(dt.date(2026, 10, 20))


def test_the_example_is_sound() -> None:
    assert find_faults(example()) == []


@pytest.mark.django_db
def test_the_example_can_be_imported_and_published(tmp_path: Path) -> None:
    file = tmp_path / "example.json"
    file.write_text(json.dumps(example()), encoding="utf-8")

    call_command("forms", "import", str(file), "--publish")

    assert FormDefinition.objects.get(slug="after-school-club").live_version() is not None


@pytest.mark.parametrize("name", [name for name, _type in TYPES.items()])
def test_every_type_is_described_with_each_of_its_settings(name: str) -> None:
    (row,) = [cells for cells in table("type") if name in codes(cells[0])]
    assert set(TYPES.get(name).config_keys) <= set(codes(row[2]))


def test_no_type_is_described_that_there_is_not() -> None:
    assert {name for cells in table("type") for name in codes(cells[0])} == {
        name for name, _ in TYPES.items()
    }


def test_the_names_that_no_id_may_have_are_named_and_are_those_of_the_pages_beside_the_steps() -> None:
    said = TEXT[TEXT.index("No id is") :].split(":")[0]
    [beside_steps] = [each.url_patterns for each in urlpatterns if str(each.pattern) == "<uuid:draft_id>/"]
    words = {str(each.pattern).removesuffix("/") for each in beside_steps}
    assert set(codes(said)) == RESERVED == {word for word in words if is_id(word)}


def test_what_fits_into_a_column_is_named() -> None:
    said = TEXT[TEXT.index("What fits into a column:") :].split(". ")[0]
    assert set(codes(said)) == {name for name, kind in TYPES.items() if kind.fits_a_column}


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("the form", ""),
        ("a section", "section"),
        ("a step", "step"),
        ("`group`", "group"),
        ("a question", "question"),
        ("an option", "option"),
        ("a row", "listed"),
        ("a column", "column"),
    ],
)
def test_every_key_of_the_schema_is_named_and_the_needed_ones_are_bold(part: str, name: str) -> None:
    (said,) = [cells[1] for cells in table("of") if cells[0] == part]
    rules = DEFINITIONS["$defs"][name] if name else DEFINITIONS
    assert set(rules["properties"]) <= set(codes(said))
    assert {key for key in rules["properties"] if f"**`{key}`**" in said} == set(rules.get("required", ()))


@pytest.mark.parametrize("choices", [StepKind, Level, PrefillMode, RuleKind, Operator])
def test_every_word_that_a_key_may_hold_is_named(choices: Any) -> None:
    assert {str(each) for each in choices} <= set(codes(TEXT))


@pytest.mark.parametrize("registry", [prefill_sources, record_choices, reference_shapes, audiences, circles])
def test_everything_that_is_registered_is_named(registry: Registry[Any]) -> None:
    ours = {name for name, _entry in registry.items() if not name.startswith("test.")}
    assert ours <= set(codes(TEXT))


# The truth tables.
KNOWN = {"true": True, "false": False, "unknown": None}
A, B = (
    condition_json.read({"question": "a", "op": "is", "value": "x"}),
    condition_json.read({"question": "b", "op": "is", "value": "x"}),
)
ANSWERS: dict[str, dict[str, str]] = {"true": {"": "x"}, "false": {"": "y"}, "unknown": {}}


def said_together(a: str, b: str) -> dict[str, str]:
    """Answers with which A is `a` and B is `b`."""
    return {question: value for question, name in (("a", a), ("b", b)) for value in ANSWERS[name].values()}


@pytest.mark.capability("B32")
@pytest.mark.parametrize("row", table("a"), ids=" ".join)
def test_conditions_are_joined_as_the_truth_table_says(row: list[str]) -> None:
    a, b, both, either, negated = row
    for left, right in ((A, B), (B, A)):
        answers = said_together(a, b)
        assert All((left, right)).evaluate(answers, DAY) is KNOWN[both]
        assert AnyOf((left, right)).evaluate(answers, DAY) is KNOWN[either]
    assert Not(A).evaluate(said_together(a, b), DAY) is KNOWN[negated]


def test_the_truth_table_has_every_pair() -> None:
    pairs = {frozenset(row[:2]) for row in table("a")}
    assert pairs == {frozenset(pair) for pair in itertools.product(KNOWN, repeat=2)}


@pytest.mark.capability("B32")
@pytest.mark.parametrize("row", table("test of `q`"), ids=lambda row: str(row[0]))
def test_each_operator_gives_what_its_row_says(row: list[str]) -> None:
    (test,) = values(row[0])
    condition = condition_json.read({"question": "q", **test})
    for wanted, cell in zip((True, False, None), row[1:], strict=True):
        for answer in values(cell):
            assert condition.evaluate({} if answer is None else {"q": answer}, DAY) is wanted, answer


def test_every_operator_has_a_row_with_answers_for_which_it_is_true_and_false() -> None:
    tested = {values(row[0])[0]["op"] for row in table("test of `q`")}
    assert tested == {operator.value for operator in Operator}
    assert all(values(row[1]) and values(row[2]) for row in table("test of `q`"))
