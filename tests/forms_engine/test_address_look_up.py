"""An address is looked up by its postcode where an app registered a look-up, and typed wherever that does not help."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.http import QueryDict
from pytest_django import Settings

from core.govuk.fields import problems
from core.govuk.wide import AddressField
from forms_engine.checks import look_up_is_there
from forms_engine.registries import FoundAddress, address_look_ups
from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.address_search import MOST_FOUND, picked, to_pick
from tests.forms_engine.conftest import Browser, filling_of

pytestmark = pytest.mark.capability("B32")

Json = dict[str, Any]
MILL = FoundAddress("14 Mill Lane", town="Milton Cross", postcode="MB1 4QT")
FLAT = FoundAddress("Flat 2", "16 Mill Lane", "Milton Cross", "Millshire", "MB1 4QT")


class Gazetteer:
    """A council's own register, which may be out of order."""

    is_down = False

    def __init__(self) -> None:
        self.asked = list[str]()

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        self.asked.append(postcode)
        if self.is_down:
            raise TimeoutError("the gazetteer does not answer")
        return [MILL, FLAT] if postcode == "MB1 4QT" else []


@pytest.fixture(autouse=True)
def gazetteer(settings: Settings) -> Iterator[Gazetteer]:
    """The look-up of another app, registered as it would do it, and named in the settings."""
    settings.ADDRESS_LOOK_UP = "gazetteer"
    yield address_look_ups.register("gazetteer", Gazetteer())  # type: ignore[misc]
    address_look_ups._entries.pop("gazetteer")


@pytest.fixture
def sample_data() -> Json:
    """A form that asks for two addresses, the second in items, in the place of the sample."""
    where = {"id": "where", "type": "address", "label": "Where do you live?", "level": "required"}
    also = {"id": "also", "type": "address", "label": "Where else?"}
    steps = [
        {"id": "home", "kind": "questions", "title": "Home", "questions": [where]},
        {
            "id": "others",
            "kind": "group",
            "title": "Other places",
            "group": {"least": 0, "most": 3, "item_name": "place", "title_question": "also"},
            "questions": [also],
        },
        {"id": "check", "kind": "check", "title": "Check your answers"},
    ]
    form = {"slug": "places", "title": "Places", "reference_prefix": "PLC", "handler": ""}
    return form | {"sections": [{"id": "all", "title": "All", "steps": steps}]}


QUESTION = Question("where", "address", "Where do you live?")


def field_of(raw: Any, question: Question = QUESTION) -> AddressField:
    made = question_types.get("address").field(question, raw, (), str, name="q-where")
    assert isinstance(made, AddressField)
    return made


def read(data: str) -> Any:
    return question_types.get("address").read(QUESTION, QueryDict(data), "q-where")


# On the page, without a script


@pytest.mark.django_db
def test_somebody_finds_her_address_by_its_postcode_chooses_it_and_may_put_it_right(sams: Browser) -> None:
    assert "Find address" in sams.get("home").content.decode()

    found = sams.post("home", {"q-where-postcode": "mb14qt", "find": "where"})
    assert found.url == f"{sams.url('home')}#q-where"
    page = sams.get("home")
    assert page.context["problems"] == [], "to look for something is no mistake"
    assert "2 addresses were found." in page.content.decode()
    assert "Flat 2, 16 Mill Lane, Milton Cross, Millshire" in page.content.decode()

    chosen = {"q-where-postcode": "mb14qt", "q-where-pick": to_pick(FLAT), "find": "where"}
    assert sams.post("home", chosen).url == f"{sams.url('home')}#q-where"
    page = sams.get("home")
    assert 'value="16 Mill Lane"' in page.content.decode()
    assert "addresses were found" not in page.content.decode()

    typed = {"line1": "Flat 2a", "line2": "16 Mill Lane", "town": "Milton Cross", "postcode": "MB1 4QT"}
    assert sams.post("home", {f"q-where-{part}": text for part, text in typed.items()}).status_code == 302
    assert "Flat 2a<br>16 Mill Lane<br>Milton Cross<br>MB1 4QT" in sams.get("check").content.decode()


@pytest.mark.django_db
def test_an_address_that_is_chosen_counts_when_continue_is_pressed_too(sams: Browser) -> None:
    answer = sams.post("home", {"q-where-postcode": "MB1 4QT", "q-where-pick": to_pick(MILL)})
    assert answer.url == sams.url("others")
    assert filling_of(sams.draft).journey.values["where"] == {
        "line1": "14 Mill Lane",
        "line2": "",
        "town": "Milton Cross",
        "county": "",
        "postcode": "MB1 4QT",
    }


@pytest.mark.django_db
def test_whoever_goes_on_without_choosing_is_told_and_still_sees_what_was_found(sams: Browser) -> None:
    page = sams.post("home", {"q-where-postcode": "MB1 4QT", "q-where-pick": ""})
    words = "Choose one of the addresses, or type the first line of yours"
    assert page.context["problems"] == [("q-where-postcode", words)]
    assert "2 addresses were found." in page.content.decode()


@pytest.mark.django_db
def test_an_address_of_an_item_is_looked_up_as_well(sams: Browser) -> None:
    item = "aaaa0001"
    sams.post("others", {"q-also-postcode": "MB1 4QT", "find": "also"}, item)
    assert "2 addresses were found." in sams.get("others", item).content.decode()
    sams.post("others", {"q-also-postcode": "MB1 4QT", "q-also-pick": to_pick(MILL)}, item)
    assert "14 Mill Lane" in sams.get("others").content.decode()


@pytest.mark.django_db
def test_a_look_up_that_is_out_of_order_leaves_people_typing(
    sams: Browser, gazetteer: Gazetteer, caplog: pytest.LogCaptureFixture
) -> None:
    gazetteer.is_down = True
    with caplog.at_level(logging.ERROR):
        sams.post("home", {"q-where-postcode": "MB1 4QT", "find": "where"})
        page = sams.get("home").content.decode()
    assert "We cannot look up addresses just now. Type the address." in page
    assert 'value="MB1 4QT"' in page
    assert "MB1 4QT" not in caplog.messages[0], "whose address it is does not belong into a log"

    typed = {"q-where-line1": "14 Mill Lane", "q-where-town": "Milton Cross", "q-where-postcode": "MB1 4QT"}
    assert sams.post("home", typed).url == sams.url("others")


# What is found, and what is taken


def test_nobody_is_offered_a_search_where_there_is_no_look_up(settings: Settings) -> None:
    for name in ("", "gone"):
        settings.ADDRESS_LOOK_UP = name
        field = field_of({"find": "MB1 4QT"})
        assert (field.finds, field.found, list(field.items)) == (False, "", [])
        assert field.parts[0].id == "q-where-line1"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("MB9 9ZZ", "We found no address with this postcode"),
        ("10115", "Enter a full UK postcode"),
        ("x" * 2_000_000, "Enter a full UK postcode"),
    ],
)
def test_it_is_said_why_nothing_was_found(typed: str, said: str, gazetteer: Gazetteer) -> None:
    field = field_of({"postcode": typed, "find": typed})
    assert said in field.found
    assert not field.items
    assert gazetteer.asked in ([], ["MB9 9ZZ"]), "what is no postcode is not asked for"


def test_pressing_find_with_nothing_typed_says_what_to_do() -> None:
    raw = read("find=where")
    assert raw["find"] == ""
    assert question_types.get("address").clean(QUESTION, raw).is_empty
    assert "Enter a postcode" in field_of(raw).found


def test_another_questions_button_searches_nothing_here(gazetteer: Gazetteer) -> None:
    assert "find" not in read("q-where-postcode=MB1 4QT&find=other")
    assert field_of({"postcode": "MB1 4QT"}).items == []
    assert gazetteer.asked == []


def test_a_look_up_that_knows_a_whole_town_does_not_fill_the_page(gazetteer: Gazetteer) -> None:
    gazetteer.find = lambda postcode: [MILL] * 5_000  # type: ignore[method-assign]
    assert len(field_of({"find": "MB1 4QT"}).items) == MOST_FOUND


@pytest.mark.parametrize("sent", ["", "x", "|", "a|b|c|d|e|f", "|" * 2_000_000])
def test_whatever_else_a_browser_sends_chooses_nothing(sent: str) -> None:
    assert picked(sent) == {}


def test_a_mark_in_an_address_does_not_shift_its_parts() -> None:
    assert picked(to_pick(FoundAddress("The Mill | Barn", town="Milton Cross")))["town"] == "Milton Cross"


def test_what_is_chosen_is_held_to_the_same_limits_as_what_is_typed() -> None:
    long = picked(to_pick(FoundAddress("x" * 101, town="Milton Cross")))
    cleaned = question_types.get("address").clean(QUESTION, long)
    assert [part for part, _message in cleaned.errors] == ["line1"]


def test_a_missing_address_is_pointed_out_at_the_postcode_where_it_can_be_found() -> None:
    question = Question("where", "address", "Where do you live?", level=Level.REQUIRED)
    errors = question_types.get("address").clean(question, {}).errors
    field = question_types.get("address").field(question, {}, errors, str, name="q-where")
    assert [id for id, _message in problems([field])] == ["q-where-postcode"]


def test_a_look_up_that_is_named_and_not_registered_is_told_before_the_site_runs(
    settings: Settings,
) -> None:
    assert look_up_is_there(None) == []
    settings.ADDRESS_LOOK_UP = ""
    assert look_up_is_there(None) == []
    settings.ADDRESS_LOOK_UP = "gazeteer"
    (fault,) = look_up_is_there(None)
    assert "gazeteer" in fault.msg
    assert "gazetteer" in str(fault.hint)
