"""What stands at a step and which one follows, worked out without the rest of the form: as the whole way would say."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.rules.journey import SectionState, Store, Through, through, walk
from forms_engine.rules.operators import Day
from forms_engine.rules.reach import Reach
from forms_engine.spec import Stretch
from tests.forms_engine.test_read_once import TODAY, People, begun, store_slowly

SECTIONS: list[dict[str, Any]] = [
    {"id": "early", "title": "S", "steps": [{"id": "a", "questions": [{"id": "qa", "type": "short_text"}]}]},
    {"id": "other", "title": "S", "steps": [{"id": "b", "questions": [{"id": "qb", "type": "short_text"}]}]},
    {
        "id": "late",
        "title": "S",
        "show_if": {"question": "qa", "op": "is", "value": "yes"},
        "steps": [{"id": "c", "questions": [{"id": "qc", "type": "short_text"}]}],
    },
    {
        "id": "last",
        "title": "S",
        "steps": [{"id": "d", "show_if": {"question": "qc", "op": "was-answered"}}, {"id": "e"}],
    },
]


def by(store: Store, met: list[str]) -> Through:
    """Walks sections with the answers in `store`, and notes which."""

    def walked(stretch: Stretch, values: dict[str, Any], day: Day) -> SectionState | None:
        met.append(stretch.section.id)
        return through(stretch, store, values, day)

    return walked


@pytest.mark.capability("B32")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(begun(), st.data())
def test_each_step_stands_where_the_whole_way_has_it(
    made: tuple[dict[str, Any], People], data: st.DataObject
) -> None:
    definition, people = made
    form = build(definition)
    for pages, known in people:
        store = store_slowly(form, pages, known)
        whole, reach = walk(form, store, TODAY), Reach(form, TODAY, by(store, []))
        for step in data.draw(st.permutations(form.steps)):
            assert reach.at(step.id) == whole.at(step.id) == whole.steps.get(step.id)
            assert reach.next_after(step.id) == whole.next_after(step.id)


@pytest.mark.parametrize(
    ("step", "walked"),
    [
        pytest.param("a", ["early", "other"], id="the next section is needed for the step that follows"),
        pytest.param("b", ["early", "last", "late", "other"], id="until one has a step on the path"),
        pytest.param("d", ["early", "last", "late"], id="what bears on what it reads, and nothing beside"),
    ],
)
def test_no_section_is_walked_that_does_not_bear_on_a_step(step: str, walked: list[str]) -> None:
    met: list[str] = []
    Reach(build({"slug": "f", "sections": SECTIONS}), TODAY, by({}, met)).next_after(step)
    assert sorted(met) == walked
