"""What opening and saving a page costs, in queries: the same with an empty form and a full one."""

import pytest

from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser
from tests.queries import counted_queries

OPENED, SAVED = 4, 5
# An item is added while others who add one wait, so that there are never too many.
ADDED = SAVED + 2


@pytest.fixture
def warm(sams: Browser) -> Browser:
    """A browser for which sessions, council settings and the form's version are in the caches."""
    sams.post("you", sample.YOU)
    return sams


def test_opening_a_page(warm: Browser) -> None:
    with counted_queries() as queries:
        warm.get("wish")
    assert len(queries) <= OPENED, queries


def test_opening_a_page_of_a_full_form_costs_the_same(warm: Browser) -> None:
    warm.fill_in()
    with counted_queries() as queries:
        warm.get("you")
    assert len(queries) <= OPENED, queries


@pytest.mark.parametrize(
    ("step", "typed", "item", "most"),
    [
        pytest.param("you", sample.YOU | {"q-name": "Samira Parent"}, "", SAVED, id="a page saved again"),
        pytest.param("wish", sample.WISH_HOME, "", SAVED, id="a page saved first"),
        pytest.param("you", {"q-name": ""}, "", SAVED, id="a page that cannot stand, shown again"),
        pytest.param("choices", sample.SCHOOL, "aaaa0009", ADDED, id="a new item of a group"),
    ],
)
def test_saving_a_page(warm: Browser, step: str, typed: dict[str, str], item: str, most: int) -> None:
    hidden = warm.hidden(warm.get(step, item))
    with counted_queries() as queries:
        warm.client.post(warm.url(step, item), {**hidden, **typed})
    assert len(queries) <= most, queries
