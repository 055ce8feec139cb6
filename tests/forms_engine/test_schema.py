"""The JSON Schema: it takes every form that we ship, and refuses what is none, with a place and a reason in words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from core.registry import Registry
from forms_engine.definition import find_faults
from forms_engine.rules.operators import Operator
from forms_engine.schema import SCHEMA
from forms_engine.spec import Level, PrefillMode, RuleKind, StepKind
from forms_engine.types import builtin
from forms_engine.types.base import QuestionType
from tests.forms_engine.documented import example

Json = dict[str, Any]

RULES: Json = json.loads(SCHEMA.read_text(encoding="utf-8"))
PARTS: Json = RULES["$defs"]
SETTINGS: Json = {
    rule["if"]["properties"]["type"]["const"]: rule["then"]["properties"]["config"]
    for rule in PARTS["settings"]["allOf"]
}
VALIDATOR = Draft202012Validator(RULES)
FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted([*FIXTURES.glob("forms/*.json"), *FIXTURES.glob("blocks/*.json")])
TYPES: Registry[QuestionType] = Registry("question types")
builtin.register(TYPES)


def test_it_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(RULES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_form_fits_the_schema_as_any_program_reads_it(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    assert [error.json_path for error in VALIDATOR.iter_errors(data)] == []


def test_the_documented_example_fits_too() -> None:
    assert [error.json_path for error in VALIDATOR.iter_errors(example())] == []


@pytest.mark.parametrize("name", [name for name, _type in TYPES.items()])
def test_the_schema_has_the_settings_of_each_type_and_no_others(name: str) -> None:
    kind = TYPES.get(name).config_keys
    assert set(SETTINGS[name]["properties"]) == set(kind)
    assert set(SETTINGS[name].get("required", ())) == {key for key, rule in kind.items() if rule.is_needed}


def test_the_schema_describes_no_type_that_there_is_not() -> None:
    assert set(SETTINGS) == {name for name, _type in TYPES.items()}


@pytest.mark.parametrize("name", [name for name, _type in TYPES.items()])
def test_what_the_schema_lets_stand_in_a_setting_the_type_takes(name: str) -> None:
    """The choices of each setting, one by one; and what is none of them, is taken by neither."""
    for key, rule in TYPES.get(name).config_keys.items():
        described = SETTINGS[name]["properties"][key]
        choices = described.get("enum") or [[each] for each in described.get("items", {}).get("enum", ())]
        assert all(rule.holds(choice) for choice in choices), key
        assert not any(
            rule.holds(wrong) for wrong in (None, {}, "", [], -1.5 if "enum" in described else None)
        )


def test_its_lists_of_words_are_those_of_the_engine() -> None:
    test = next(each for each in PARTS["condition"]["anyOf"] if "question" in each["properties"])
    assert test["properties"]["op"]["enum"] == [operator.value for operator in Operator]
    step, question = PARTS["step"]["properties"], PARTS["question"]["properties"]
    assert step["kind"]["enum"] == [kind.value for kind in StepKind]
    assert step["rules"]["items"]["properties"]["kind"]["enum"] == [kind.value for kind in RuleKind]
    assert question["level"]["enum"] == [level.value for level in Level]
    assert question["prefill_mode"]["enum"] == [mode.value for mode in PrefillMode]


def at(data: Json, *place: str | int) -> Any:
    """What stands at a place of the JSON."""
    found: Any = data
    for key in place:
        found = found[key]
    return found


CHILD = ("sections", 0, "steps", 0, "questions")
CLUB = ("sections", 1, "steps", 0, "questions")
CARE = ("sections", 1, "steps", 1, "questions")
COST = ("sections", 1, "steps", 2, "questions")

# What to spoil in the documented example; the place, and the reason that is said.
BROKEN: list[Any] = [
    pytest.param(lambda form: form.pop("title"), "$.title", '"title" is missing', id="no title"),
    pytest.param(
        lambda form: form.update(slug="After School"),
        "$.slug",
        "this must be small letters, numbers and single hyphens, such as trip-consent",
        id="a slug with spaces",
    ),
    pytest.param(
        lambda form: form.update(reference_prefix="after"),
        "$.reference_prefix",
        "this must be two to four capital letters, such as PPF",
        id="a prefix in small letters",
    ),
    pytest.param(
        lambda form: form.update(title=7), "$.title", "this must be a text", id="a number for a text"
    ),
    pytest.param(
        lambda form: form.update(lifetime_days=0), "$.lifetime_days", "this must be 1 or more", id="no life"
    ),
    pytest.param(
        lambda form: form.update(opens_at="1 September"),
        "$.opens_at",
        "this must be a day and a time such as 2026-09-01T09:00",
        id="a day in words",
    ),
    pytest.param(
        lambda form: form.update(sections=[]), "$.sections", "at least 1 must stand here", id="empty"
    ),
    pytest.param(
        lambda form: at(form, "sections", 0).update(colour="red"),
        "$.sections[0].colour",
        "there is no such key here; there are: id, title, show_if, steps, audience",
        id="an unknown key",
    ),
    pytest.param(
        lambda form: at(form, "sections", 0, "steps", 0).update(kind="page"),
        "$.sections[0].steps[0].kind",
        "this must be one of: questions, guidance, group, check",
        id="an unknown kind of step",
    ),
    pytest.param(
        lambda form: at(form, "sections", 0, "steps", 1, "group").update(title_question=3),
        "$.sections[0].steps[1].group.title_question",
        "this must be a text",
        id="items named after a number",
    ),
    pytest.param(
        lambda form: at(form, "sections", 0, "steps", 1, "rules", 0).update(kind="all-of"),
        "$.sections[0].steps[1].rules[0].kind",
        "this must be one of: exactly-one, at-least-one, no-choice-twice, dates-in-order",
        id="an unknown rule",
    ),
    pytest.param(
        lambda form: at(form, *CHILD, 0).update(id="Who Is It"),
        "$.sections[0].steps[0].questions[0].id",
        "this must be small letters, numbers and single hyphens, such as child-name",
        id="an id in capitals",
    ),
    pytest.param(
        lambda form: at(form, *CHILD, 0).update(level="must"),
        "$.sections[0].steps[0].questions[0].level",
        "this must be one of: required, advised, optional",
        id="an unknown level",
    ),
    pytest.param(
        lambda form: at(form, *CHILD, 2, "config").update(when="soon"),
        "$.sections[0].steps[0].questions[2].config.when",
        "this must be one of past, not-future, future, not-past",
        id="an unknown side of today",
    ),
    pytest.param(
        lambda form: at(form, *CHILD, 3).update(config={"unit": "a year"}),
        "$.sections[0].steps[0].questions[3].config.unit",
        "money knows no such key; it knows: minimum, maximum, minimum_threshold, maximum_threshold",
        id="a setting of another type",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 0, "config").pop("rows"),
        "$.sections[1].steps[0].questions[0].config.rows",
        'grid needs a list of {"id", "label"}',
        id="a grid without rows",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 0).pop("config"),
        "$.sections[1].steps[0].questions[0].config.columns",
        'grid needs a list of {"id", "label"}',
        id="a grid without anything",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 0, "config", "rows", 0).update(colour="red"),
        "$.sections[1].steps[0].questions[0].config.rows[0].colour",
        "there is no such key here; there are: id, label, hint",
        id="an unknown key of a row",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 0, "config", "exclusions", 0).update(rows=["mon", "tue"]),
        "$.sections[1].steps[0].questions[0].config.exclusions[0]",
        "exactly one of these must stand here: columns, rows",
        id="an exclusion of both kinds",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 2, "config", "columns", 0).update(level="advised"),
        "$.sections[1].steps[0].questions[2].config.columns[0].level",
        "this must be one of: required, optional",
        id="an advised column",
    ),
    pytest.param(
        lambda form: at(form, *CLUB, 2, "config", "columns", 0).update(config={"rows": 3}),
        "$.sections[1].steps[0].questions[2].config.columns[0].config.rows",
        "short_text knows no such key; it knows: max_length, width, autocomplete",
        id="a column with another type's setting",
    ),
    pytest.param(
        lambda form: at(form, *CARE, 2, "config", "columns", 0).update(type="file"),
        "$.sections[1].steps[1].questions[2].config.columns[0].type",
        '"file" fits into no column; what fits: ',
        id="files in a column",
    ),
    pytest.param(
        lambda form: at(form, *CARE, 1).update(required_if={"question": "born", "op": "like", "value": 8}),
        "$.sections[1].steps[1].questions[1].required_if.op",
        "not an operator; there are: is, is-not, ",
        id="an unknown operator",
    ),
    pytest.param(
        lambda form: at(form, *CARE, 1, "variants", 0).pop("when"),
        "$.sections[1].steps[1].questions[1].variants[0].when",
        '"when" is missing',
        id="other words without a condition",
    ),
    pytest.param(
        lambda form: at(form, *CARE, 0, "options", 2).update(exclusive="yes"),
        "$.sections[1].steps[1].questions[0].options[2].exclusive",
        "this must be true or false",
        id="a word for true",
    ),
    pytest.param(
        lambda form: at(form, *COST, 0).update(config={}),
        "$.sections[1].steps[2].questions[0].config.formula",
        "calculated needs a calculation such as [hours] * 52",
        id="a value without its calculation",
    ),
    pytest.param(
        lambda form: at(form, "thresholds", "free", 0).update({"from": "1 April"}),
        "$.thresholds.free[0].from",
        "this must be a date such as 2026-09-01",
        id="a threshold from no day",
    ),
    pytest.param(
        lambda form: at(form, "translations", "cy").update(title={"text": "Clwb"}),
        "$.translations.cy.title.of",
        '"of" is missing',
        id="a translation of nothing known",
    ),
    pytest.param(
        lambda form: at(form, "translations", "cy").update(title=7),
        "$.translations.cy.title",
        "this must be a text or an object",
        id="a number for a translation",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "words"), BROKEN)
def test_a_broken_form_is_refused_with_its_place_and_the_reason(
    spoil: Callable[[Json], Any], path: str, words: str
) -> None:
    data = example()
    spoil(data)
    told = dict(find_faults(data))
    assert path in told
    assert told[path].startswith(words)


# Which types fit into a column, only the running apps know.
SHAPES = [param for param in BROKEN if param.id != "files in a column"]


@pytest.mark.parametrize(("spoil", "path", "words"), SHAPES)
def test_any_other_reader_of_the_schema_refuses_it_too(
    spoil: Callable[[Json], Any], path: str, words: str
) -> None:
    data = example()
    spoil(data)
    assert not VALIDATOR.is_valid(data)


def test_each_reason_is_said_once() -> None:
    data = example()
    at(data, *CLUB, 0, "config", "rows", 0).pop("label")
    where = "$.sections[1].steps[0].questions[0].config.rows[0].label"
    assert [path for path, _words in find_faults(data)] == [where]


def test_a_type_that_an_app_added_may_have_settings_that_the_schema_does_not_know() -> None:
    data = example()
    at(data, *CHILD, 1).update(type="colour", config={"shades": 3})
    assert VALIDATOR.is_valid(data)
