"""A choice from records: looked up on the server, kept with the words that were seen."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.http import QueryDict

from core.govuk.fields import problems
from forms_engine.registries import Record, record_choices
from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned
from forms_engine.types.records import MOST_FOUND

pytestmark = pytest.mark.capability("B32")

OAK = Record("oak", "Oakfield", "Milton Cross", "The law lets you ask for this school")


class Trees:
    """A made-up register."""

    label = "Trees"

    def find(self, words: str, most: int) -> Sequence[Record]:
        many = [Record(f"elm-{number}", f"Elm {number}") for number in range(20)]
        return [record for record in (OAK, *many) if words.lower() in record.words.lower()][:most]

    def get(self, id: str) -> Record | None:
        return OAK if id == "oak" else None


@pytest.fixture(autouse=True)
def _trees() -> Iterator[None]:
    record_choices.register("trees", Trees())
    yield
    record_choices._entries.pop("trees")


def ask(level: Level = Level.OPTIONAL, **config: Any) -> Question:
    return Question("q", "record", "Which school?", level=level, config={"source": "trees"} | config)


def read(data: str, question: Question | None = None) -> Any:
    return question_types.get("record").read(question or ask(), QueryDict(data), "q-q")


def clean(raw: Any, question: Question | None = None) -> Cleaned:
    return question_types.get("record").clean(question or ask(), raw)


def field(raw: Any, errors: Any = (), **config: Any) -> Any:
    return question_types.get("record").field(ask(**config), raw, errors, str, name="q-q")


def test_a_choice_keeps_the_id_and_what_people_saw() -> None:
    value = clean(read("q-q=oak")).value

    assert value == {"id": "oak", "words": "Oakfield", "detail": "Milton Cross", "note": OAK.note}
    kind = question_types.get("record")
    assert kind.nodes(ask(), value, str) == ["Oakfield", "Milton Cross"]
    assert kind.nodes(ask(notes=True), value, str) == ["Oakfield", "Milton Cross", OAK.note]


def test_the_words_come_from_the_register_whatever_a_browser_sends() -> None:
    forged = read("q-q=oak&q-q-record=x&q-q-words=Evil&q-q-id=x")

    assert clean(forged).value["words"] == "Oakfield"
    assert clean(read("q-q=snake")).is_invalid
    assert clean({"choice": "elm", "record": {"id": "oak"}}).is_invalid


def test_what_is_in_no_list_has_a_name_and_may_have_an_address() -> None:
    found = clean(read("q-q=other&q-q-name=Ash House&q-q-address=1 Lane\r\nTown"))

    assert found.value == {"id": "", "words": "Ash House", "address": "1 Lane\nTown"}
    assert question_types.get("record").nodes(ask(notes=True), found.value, str) == [
        "Ash House",
        "1 Lane",
        "Town",
    ]
    nameless = clean(read("q-q=other&q-q-address=1 Lane"))
    assert nameless.errors == (("name", "Enter its name"),)
    assert problems([field(read("q-q=other"), nameless.errors)]) == [("q-q-name", "Enter its name")]
    assert clean(read("q-q=other&q-q-name=" + "x" * 200)).is_invalid
    assert clean(read("q-q=other&q-q-name=x&q-q-address=" + "x" * 600)).is_invalid


def test_words_that_were_only_searched_for_are_no_answer_and_it_says_so() -> None:
    found = clean(read("q-q-find=oak"))

    assert found.errors == (("", "Search, then choose one that was found, or “It is not in the list”"),)
    assert not found.is_invalid
    assert clean(read("")).errors == ()
    assert clean(read(""), ask(Level.REQUIRED)).errors == (("", "Select an answer to “Which school?”"),)


def test_what_was_found_can_be_chosen_and_what_is_chosen_stays_on_the_page() -> None:
    searched = field(read("q-q-find=OAK"), notes=True)
    assert [(item.value, item.label, item.hint) for item in searched.items] == [
        ("oak", "Oakfield", "Milton Cross. The law lets you ask for this school")
    ]
    assert searched.found == "1 was found."
    chosen = field(read("q-q=oak&q-q-find=elm"))
    assert [item.value for item in chosen.items][:2] == ["oak", "elm-0"]
    assert [item.checked for item in chosen.items][:2] == [True, False]
    assert len(chosen.items) == 1 + MOST_FOUND
    assert chosen.found == "The first 10 are here. Type more to find others."
    assert field(read("q-q-find=zzz")).found == "Nothing was found. Try fewer words, or another spelling."
    assert field(read("q-q-find=o")).items == []


def test_a_first_answer_that_is_only_a_name_counts_as_chosen_where_one_alone_is_found() -> None:
    kind = question_types.get("record")
    known = kind.known(ask(), "Oakfield")
    assert clean(known).value["id"] == "oak"
    assert [(item.value, item.checked) for item in field(known).items] == [("oak", True)]


def test_a_first_answer_that_may_be_several_is_searched_for() -> None:
    known = question_types.get("record").known(ask(), "elm")
    assert clean(known).value is None
    assert not any(item.checked for item in field(known).items)


@pytest.mark.parametrize(
    "raw",
    [None, 1, [], {"choice": ["oak"]}, {"choice": "oak", "record": "oak"}, {"choice": "other", "address": 1}],
)
def test_nothing_is_taken_from_a_shape_that_is_not_its_own(raw: Any) -> None:
    assert clean(raw).value is None
    field(raw)
