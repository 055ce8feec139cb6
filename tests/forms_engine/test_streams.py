"""What the editor holds and a form's JSON are the same thing, said twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine import streams
from forms_engine.blocks import QuestionsBlock, StepsBlock
from forms_engine.definition import build, to_json
from forms_engine.models import FormDefinition
from forms_engine.registries import record_choices
from forms_engine.spec import StepKind
from forms_engine.types import question_types
from tests.forms_engine.sample import SAMPLE

FORMS = Path(__file__).resolve().parents[2] / "fixtures" / "forms"


def through_the_editor(data: dict[str, Any]) -> dict[str, Any]:
    """The JSON after it was put into the editor's stream, stored as JSON, and read again."""
    form = FormDefinition()
    streams.fill(form, data)
    stored = json.loads(json.dumps(list(form.body.get_prep_value())))
    form.body = form.body.stream_block.to_python(stored)
    return streams.from_stream(form)


def canonical(data: dict[str, Any]) -> dict[str, Any]:
    return to_json(build(data))


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.capability("B32")
def test_a_form_that_we_ship_comes_out_of_the_editor_as_it_went_in(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))

    assert through_the_editor(data) == canonical(data)


def test_the_sample_form_comes_out_of_the_editor_as_it_went_in() -> None:
    assert through_the_editor(canonical(SAMPLE)) == canonical(SAMPLE)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).filter(
    lambda text: "data-block-key" not in text
)
SOME_WORDS = WORDS.filter(bool)
TESTS = st.one_of(
    st.fixed_dictionaries({"question": SOME_WORDS, "op": st.just("is"), "value": SOME_WORDS}),
    st.fixed_dictionaries(
        {"question": SOME_WORDS, "op": st.just("contains-any"), "value": st.lists(SOME_WORDS, min_size=1)}
    ),
    st.fixed_dictionaries({"question": SOME_WORDS, "op": st.just("more-than"), "value": st.integers()}),
    st.fixed_dictionaries(
        {
            "question": SOME_WORDS,
            "op": st.just("less-than"),
            "value": st.fixed_dictionaries({"threshold": SOME_WORDS}),
        }
    ),
    st.fixed_dictionaries(
        {
            "question": SOME_WORDS,
            "op": st.just("before"),
            "value": st.dates().map(str)
            | st.fixed_dictionaries({"today": st.just({}) | st.just({"years": -16, "days": 3})}),
        }
    ),
    st.fixed_dictionaries(
        {"question": SOME_WORDS, "op": st.just("age-under"), "value": st.integers(0, 150)},
        optional={"on": st.dates().map(str)},
    ),
    st.fixed_dictionaries({"items": SOME_WORDS, "op": st.just("is"), "value": st.integers(0, 100)}),
    st.fixed_dictionaries({"question": SOME_WORDS, "op": st.just("was-answered")}),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"any_item": SOME_WORDS, "has": inner}),
        st.fixed_dictionaries({"every_item": SOME_WORDS, "has": inner}),
    ),
    max_leaves=6,
)
SHOWN = {"show_if": CONDITIONS, "audience": st.just("staff")}
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["exactly-one", "at-least-one", "no-choice-twice", "dates-in-order"]),
            "questions": st.lists(SOME_WORDS, min_size=1),
        },
        optional={"message": SOME_WORDS},
    ),
    min_size=1,
    max_size=2,
)


def variants_of(*words: str) -> st.SearchStrategy[Any]:
    one = st.fixed_dictionaries({"when": CONDITIONS}, optional=dict.fromkeys(words, SOME_WORDS))
    return st.lists(one, min_size=1, max_size=2)


OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"id": SOME_WORDS, "label": WORDS},
        optional={
            "hint": SOME_WORDS,
            "reveals": st.lists(SOME_WORDS, min_size=1),
            "exclusive": st.just(True),
            "show_if": CONDITIONS,
            "is_child": st.just(True),
        },
    ),
    max_size=3,
)
WHOLE = st.integers(1, 9999)
WIDTHS = st.sampled_from([2, 3, 4, 5, 10, 20, 30])
ROWS = st.lists(
    st.fixed_dictionaries({"id": SOME_WORDS, "label": WORDS}, optional={"hint": SOME_WORDS}),
    min_size=1,
    max_size=3,
)
COLUMNS = st.lists(
    st.fixed_dictionaries(
        {"id": SOME_WORDS, "label": WORDS, "type": st.sampled_from(["short_text", "number"])},
        optional={"level": st.just("required"), "hint": SOME_WORDS},
    ),
    min_size=1,
    max_size=3,
)
CONFIGS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "short_text": {"max_length": WHOLE, "width": WIDTHS, "autocomplete": st.just("name")},
    "long_text": {"max_length": WHOLE, "max_words": WHOLE, "rows": WHOLE},
    "email": {"autocomplete": st.just("email")},
    "phone": {"autocomplete": st.just("tel")},
    "yes_no": {},
    "one_of_many": {},
    "warning": {"text": SOME_WORDS},
    "signature": {},
    "one_of": {},
    "any_of": {},
    "date": {
        "when": st.sampled_from(["past", "not-future", "future", "not-past"]),
        "earliest": st.dates().map(str),
        "latest": st.dates().map(str),
        "earliest_days": st.integers(-99, 99),
        "latest_days": st.integers(-99, 99),
        "autocomplete": st.just("bday"),
    },
    "month": {"when": st.sampled_from(["not-future", "not-past"])},
    "time": {},
    "money": {
        "minimum_threshold": st.just("income"),
        "maximum_threshold": st.just("income"),
        "minimum": st.integers(-99, 99) | st.just(0.5),
        "maximum": st.integers(0, 99),
    },
    "postcode": {"autocomplete": st.just("off")},
    "nhs_number": {},
    "upn": {},
    "reference": {
        "shape": st.sampled_from(["scn", "ni-number"]),
        "pattern": st.just("AA-9999"),
        "example": SOME_WORDS,
    },
    "full_name": {"autocomplete": st.just("name")},
    "address": {},
    "table": {"rows": ROWS, "columns": COLUMNS},
    "grid": {
        "rows": ROWS,
        "columns": ROWS,
        "exclusions": st.lists(st.just({"columns": ["a", "b"]}) | st.just({"rows": ["a", "b"]}), min_size=1),
    },
    "calculated": {
        "formula": SOME_WORDS,
        "decimals": st.integers(0, 6),
        "unit": SOME_WORDS,
        "money": st.just(True),
    },
    "record": {"source": st.just("schools"), "notes": st.just(True)},
    "media": {"most": WHOLE, "kinds": st.lists(st.sampled_from(["mp3", "jpg"]), min_size=1, unique=True)},
    "text_or_file": {
        "max_length": WHOLE,
        "max_words": WHOLE,
        "rows": WHOLE,
        "most": WHOLE,
        "kinds": st.lists(st.sampled_from(["pdf", "mp4"]), min_size=1, unique=True),
    },
    "ranking": {"columns": COLUMNS, "most": WHOLE, "least": WHOLE},
    "number": {
        "minimum_threshold": st.just("income"),
        "maximum_threshold": st.just("income"),
        "minimum": st.integers(-99, 99) | st.just(0.5),
        "maximum": st.integers(0, 99),
        "decimals": st.integers(0, 6),
        "unit": SOME_WORDS,
        "width": WIDTHS,
    },
    "file": {"most": WHOLE, "kinds": st.lists(st.sampled_from(["pdf", "docx"]), min_size=1, unique=True)},
    "guidance": {"text": SOME_WORDS},
    "declaration": {},
}


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(CONFIGS)))
    data: dict[str, Any] = {"id": str(draw(st.uuids())), "type": kind, "label": draw(WORDS)}
    data["level"] = "optional"
    if config := draw(st.fixed_dictionaries({}, optional=CONFIGS[kind])):
        data["config"] = config
    if kind not in ("guidance", "warning", "calculated"):
        data["level"] = draw(st.sampled_from(["required", "advised", "optional"]))
        texts = st.sampled_from(["hint", "why", "error", "prefill", "not_applicable"])
        data |= draw(st.dictionaries(texts, SOME_WORDS))
        modes = st.sampled_from(["fixed", "correct"])
        data |= draw(st.fixed_dictionaries({}, optional={"prefill_mode": modes}))
        data |= draw(st.fixed_dictionaries({}, optional={"required_if": CONDITIONS, "readers": SOME_WORDS}))
        data |= draw(st.fixed_dictionaries({}, optional={"advised_if": CONDITIONS}))
    if kind == "ranking" and (options := draw(ROWS)):
        data["options"] = options
    if kind in ("one_of", "one_of_many", "any_of", "yes_no") and (options := draw(OPTIONS)):
        data["options"] = options
    variants = variants_of("label", "hint")
    return data | draw(st.fixed_dictionaries({}, optional={**SHOWN, "variants": variants}))


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(StepKind)))
    data: dict[str, Any] = {"id": str(draw(st.uuids())), "kind": kind.value, "title": draw(WORDS)}
    if found := draw(st.lists(questions(), max_size=3)):
        data["questions"] = found
    if kind is StepKind.GROUP:
        counts: dict[str, st.SearchStrategy[Any]] = {"least": st.integers(0, 5), "most": st.integers(1, 9)}
        texts: dict[str, st.SearchStrategy[Any]] = {"item_name": WORDS, "title_question": WORDS}
        data["group"] = draw(st.fixed_dictionaries(counts | texts))
    more = {"variants": variants_of("title"), "rules": RULES}
    return data | draw(st.fixed_dictionaries({}, optional={**SHOWN, **more}))


SECTIONS = st.fixed_dictionaries(
    {"id": st.uuids().map(str), "title": WORDS, "steps": st.lists(steps(), max_size=3)},
    optional=SHOWN,
)
FORMS_OF_ANY_KIND = st.fixed_dictionaries(
    {
        "slug": SOME_WORDS,
        "title": WORDS,
        "reference_prefix": WORDS,
        "handler": WORDS,
        "lifetime_days": WHOLE,
        "sections": st.lists(SECTIONS, max_size=3),
    },
    optional={
        "intro": SOME_WORDS,
        "submitted": SOME_WORDS,
        "instead": SOME_WORDS,
        "notice": SOME_WORDS,
        "offered_to": SOME_WORDS,
        "opens_at": st.just("2026-07-01T09:00"),
        "closes_at": st.just("2026-12-01T17:30"),
        "task_list": st.just(True),
        "translations": st.just(
            {"cy": {"where.label": "Ble?", "title": {"text": "Sampl", "of": "0123456789ab"}}}
        ),
        "thresholds": st.just({"income": [{"from": "2018-04-01", "value": 7400, "source": "SI 2018/148"}]}),
    },
)


@pytest.mark.parametrize("kind", sorted(question_types))
def test_each_setting_of_each_type_is_put_through_the_editor(kind: str) -> None:
    assert set(CONFIGS[kind]) == set(question_types.get(kind).config_keys)


@given(FORMS_OF_ANY_KIND)
def test_nothing_of_any_form_is_lost_in_the_editor(data: dict[str, Any]) -> None:
    assert through_the_editor(data) == data


@given(FORMS_OF_ANY_KIND)
def test_what_the_editor_says_of_a_form_is_canonical(data: dict[str, Any]) -> None:
    assert canonical(through_the_editor(data)) == through_the_editor(data)


@pytest.mark.parametrize("kind", sorted(question_types))
def test_the_editor_has_a_place_for_whatever_a_type_of_question_knows(kind: str) -> None:
    block = QuestionsBlock().child_blocks[kind]

    assert set(question_types.get(kind).config_keys) <= set(block.child_blocks)


def layout(kind: str) -> tuple[list[str], list[str]]:
    """The boxes in sight, and those behind the cog."""
    group = QuestionsBlock().child_blocks[kind].meta.form_layout
    return group.children, group.settings


def test_what_is_behind_the_cog_begins_with_what_the_type_alone_has_and_why_we_ask() -> None:
    in_sight, behind = layout("date")
    assert "when" in in_sight
    assert behind[:5] == ["earliest", "latest", "earliest_days", "latest_days", "why"]
    assert layout("phone")[1][0] == "why"


def test_records_of_one_kind_alone_are_chosen_from_the_start() -> None:
    assert list(record_choices) == ["schools"]
    assert QuestionsBlock().child_blocks["record"].child_blocks["source"].get_default() == "schools"


def test_the_editor_offers_every_type_of_question_and_every_kind_of_page() -> None:
    assert set(QuestionsBlock().child_blocks) == set(question_types)
    assert set(StepsBlock().child_blocks) == {kind.value for kind in StepKind}


def test_whole_numbers_stay_whole_after_a_number_box_had_them() -> None:
    question = {"id": "n", "type": "number", "label": "How many?", "level": "optional"}
    step = {
        "id": "s",
        "kind": "questions",
        "title": "",
        "questions": [question | {"config": {"minimum": 5.0}}],
    }
    data = canonical({"slug": "f", "sections": [{"id": "a", "title": "", "steps": [step]}]})

    step = through_the_editor(data)["sections"][0]["steps"][0]

    assert json.dumps(step["questions"][0]["config"]) == '{"minimum": 5}'


def test_the_numbers_that_the_rich_text_box_gives_its_paragraphs_do_not_count_as_a_change() -> None:
    form = FormDefinition(submitted='<p data-block-key="x7f2">We read it.</p>')

    assert streams.from_stream(form)["submitted"] == "<p>We read it.</p>"
