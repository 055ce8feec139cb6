"""Why something is asked: the fewest answers that make its condition true, and never what few may read."""

from typing import Any

import pytest
from hypothesis import given

from forms_engine.models import FormVersion
from forms_engine.rules import condition_json
from forms_engine.rules.explain import reasons
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser
from tests.forms_engine.test_conditions import CONDITIONS, DAY, VALUES

A = {"question": "a", "op": "is", "value": "x"}
B = {"question": "b", "op": "is", "value": "x"}


def why(data: dict[str, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf.to_json() for leaf in reasons(condition_json.read(data), values, DAY)]


@pytest.mark.parametrize(
    ("data", "values", "because"),
    [
        pytest.param(A, {"a": "x"}, [A], id="one test"),
        pytest.param({"all": [A, B]}, {"a": "x", "b": "x"}, [A, B], id="all of them count"),
        pytest.param({"any": [A, B]}, {"a": "x", "b": "x"}, [A], id="one is enough"),
        pytest.param({"any": [A, B]}, {"b": "x"}, [B], id="the one that is true"),
        pytest.param({"not": {"all": [A, B]}}, {"a": "x", "b": "y"}, [B], id="what made all of them false"),
        pytest.param(A, {"a": "y"}, [], id="not shown"),
        pytest.param(
            {"question": "a", "op": "more-than", "value": 3}, {"a": "many"}, [], id="a fault of ours"
        ),
    ],
)
def test_the_reasons_are_the_fewest_that_count(
    data: dict[str, Any], values: dict[str, Any], because: list[Any]
) -> None:
    assert why(data, values) == because


@given(CONDITIONS, VALUES)
def test_there_are_reasons_exactly_where_a_condition_is_true(
    data: dict[str, Any], values: dict[str, Any]
) -> None:
    condition = condition_json.read(data)
    found = reasons(condition, values, DAY)
    assert bool(found) is (condition.evaluate(values, DAY) is True)
    assert all(leaf.evaluate(values, DAY) is not None for leaf in found)


def test_a_page_says_which_answer_opened_it(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    sams.post("wish", sample.WISH_SCHOOL)
    page = sams.get("visit").content.decode()
    assert "Why do I see this page?" in page
    assert "Because you answered “At a school” to “Where should Ada learn?”." in page
    assert "Because you" not in sams.get("wish").content.decode()


@pytest.fixture
def sample_data(sample_data: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    if "readers" in request.node.name:
        sample_data["sections"][0]["steps"][1]["questions"][0]["readers"] = "casework.managers"
    return sample_data


def test_an_answer_with_readers_of_its_own_is_never_said_again(version: FormVersion, sams: Browser) -> None:
    sams.post("you", sample.YOU)
    sams.post("wish", sample.WISH_SCHOOL)
    page = sams.get("visit").content.decode()
    assert "Because of an answer that you gave earlier in this form." in page
    assert "At a school" not in page
