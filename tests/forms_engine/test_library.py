"""Sections copied from one form into another: the copy is its own, and is told when its source changes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.authoring import library
from forms_engine.definition import build, find_faults, to_json
from forms_engine.importing import standing
from forms_engine.models import FormDefinition
from forms_engine.rules.copying import copied, ids_of, translated
from forms_engine.rules.phrases import in_language, phrases
from forms_engine.streams import from_stream
from forms_engine.types import question_types
from tests.forms_engine.editing import draft, form_of, published, question, small

SignedIn = Callable[[User], Client]
BLOCKS = Path("fixtures/blocks/building-blocks.json")


def source() -> dict[str, Any]:
    """A form with a section to copy: a follow-up and a condition within it, and one that reads another section."""
    data = small() | {"slug": "source", "title": "The source"}
    section = data["sections"][0]
    end = section["steps"].pop()
    section["show_if"] = {"question": "elsewhere", "op": "was-answered"}
    before = {"id": "elsewhere", "type": "yes_no", "label": "Elsewhere?", "level": "required"}
    first = {
        "id": "first",
        "title": "First",
        "steps": [{"id": "p", "kind": "questions", "title": "P", "questions": [before]}],
    }
    data["sections"] = [first, section, {"id": "end", "title": "End", "steps": [end]}]
    return data


def target() -> dict[str, Any]:
    return small() | {"slug": "target", "title": "The target"}


def current(slug: str) -> dict[str, Any]:
    form = standing(slug)
    assert form is not None
    return from_stream(form)


def test_a_copy_has_ids_of_its_own_and_its_conditions_point_into_it() -> None:
    made, left_out = copied(source()["sections"][1], "x1")

    assert set(ids_of(made)) == {f"{id}-x1" for id in ids_of(source()["sections"][1])}
    visits = made["steps"][1]
    assert visits["show_if"] == {"question": "where-x1", "op": "is", "value": "at-school-x1"}
    assert made["steps"][0]["questions"][0]["options"][1]["reveals"] == ["why-home-x1"]
    assert left_out == 1
    assert "show_if" not in made


@pytest.fixture
def erin(signed_in_client: SignedIn, erin_editor: User) -> Client:
    return signed_in_client(erin_editor)


def url(page: str, form: FormDefinition) -> str:
    return reverse(f"wagtailsnippets_forms_engine_formdefinition:{page}", args=[form.pk])


def insert(client: Client, form: FormDefinition) -> str:
    """Copy the source's section into `form`; its id there."""
    client.post(url("insert", form), {"form": "source", "section": "about"})
    ((copy, _source),) = current(form.slug)["copies"].items()
    return str(copy)


@pytest.mark.django_db
def test_a_section_is_copied_before_the_end_of_the_form_and_the_form_stays_sound(erin: Client) -> None:
    published(source())
    form = form_of(target())

    insert(erin, form)

    data = current("target")
    assert [section["title"] for section in data["sections"]] == ["About {child}", "About {child}"]
    assert data["sections"][-1]["id"] == "about"
    assert find_faults(data) == []
    assert to_json(build(data)) == data


@pytest.mark.django_db
def test_complaint_10_a_copy_is_a_copy_and_nothing_changes_it_but_its_editor(erin: Client) -> None:
    published(source())
    form = form_of(target())
    insert(erin, form)
    before = current("target")

    changed = source()
    question(changed, "where")["label"] = "Where does {child} learn?"
    published(changed)

    assert current("target") == before
    mine = current("target")
    mine["sections"][0]["title"] = "Mine"
    draft(form, mine)
    assert current("source")["sections"][1]["title"] == "About {child}"


def change_source() -> None:
    changed = source()
    question(changed, "where")["label"] = "Where does {child} learn?"
    question(changed, "where")["options"][0]["label"] = "In a school"
    question(changed, "seen")["level"] = "required"
    published(changed)


@pytest.mark.django_db
def test_the_editor_is_told_that_the_source_has_changed_and_sees_the_difference(erin: Client) -> None:
    published(source())
    form = form_of(target())
    insert(erin, form)
    assert "No section that was copied" in erin.get(url("copies", form)).content.decode()

    change_source()
    page = erin.get(url("copies", form)).content.decode()

    assert "Its source has changed: look." in page
    assert "Where should {child} learn?" in page
    assert "Where does {child} learn?" in page
    assert "In a school" in page
    assert "1 other thing has changed there" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "label"), [("take", "Where does {child} learn?"), ("leave", "Where should {child} learn?")]
)
def test_the_new_words_are_taken_or_left_and_nothing_else_changes(do: str, label: str, erin: Client) -> None:
    published(source())
    form = form_of(target())
    copy = insert(erin, form)
    change_source()

    erin.post(url("copies", form), {"section": copy, "do": do})

    data = current("target")
    first, second = data["sections"][0]["steps"]
    assert first["questions"][0]["label"] == label
    assert second["questions"][0]["level"] == "optional"
    assert data["sections"][1] == target()["sections"][0]
    assert list(library.changed_sources(standing("target"))) == []  # type: ignore[arg-type]
    assert find_faults(data) == []


@pytest.mark.django_db
def test_a_copy_whose_source_is_gone_is_said_to_be_so(erin: Client) -> None:
    published(source())
    form = form_of(target())
    insert(erin, form)
    without = source()
    del without["sections"][1]
    published(without)

    assert "not in that form any more" in erin.get(url("copies", form)).content.decode()


@pytest.mark.django_db
def test_a_copied_section_that_is_deleted_is_forgotten(erin: Client) -> None:
    published(source())
    form = form_of(target())
    insert(erin, form)
    data = current("target")
    del data["sections"][0]
    draft(form, data)

    assert "copies" not in current("target")


@pytest.mark.django_db
def test_nothing_is_copied_into_a_form_that_somebody_else_has_locked(erin: Client, admin: User) -> None:
    published(source())
    form = form_of(target())
    FormDefinition.objects.filter(pk=form.pk).update(locked=True, locked_by=admin)

    answer = erin.post(url("insert", form), {"form": "source", "section": "about"}, follow=True)

    assert "somebody has locked this form" in answer.content.decode()
    assert "copies" not in current("target")


@pytest.mark.django_db
def test_a_section_that_does_not_exist_or_is_not_published_cannot_be_copied(erin: Client) -> None:
    form_of(source())
    form = form_of(target())

    assert erin.post(url("insert", form), {"form": "source", "section": "about"}).status_code == 404


@pytest.mark.django_db
def test_the_seven_shipped_blocks_can_all_be_copied_into_one_sound_form(erin: Client) -> None:
    call_command("forms", "import", str(BLOCKS), "--publish")
    form = form_of(target())
    blocks = json.loads(BLOCKS.read_text("utf-8"))["sections"]
    assert len(blocks) == 7

    for section in blocks[:-1]:
        erin.post(url("insert", form), {"form": "building-blocks", "section": section["id"]})

    assert find_faults(current("target")) == []
    assert len(current("target")["sections"]) == 7
    assert "Building blocks" in erin.get(url("insert", form)).content.decode()


TRANSLATED = {
    "title": "Y ffynhonnell",
    "elsewhere.label": "Rhywle arall?",
    "about.title": "Am {child}",
    "place.title": "Y lle",
    "where.label": {"text": "Ble dylai {child} ddysgu?", "of": "0123456789ab"},
    "where.options.at-home.label": "Gartref",
    "seen.variants.0.label": "Yn rhywle arall?",
    "seen.variants.1.label": "Gartref o hyd?",
    "seen.options.yes.label": "Do",
}


def translated_source() -> dict[str, Any]:
    """The source in Welsh; of its other words, the first depend on what is in another section."""
    data = source() | {"translations": {"cy": dict(TRANSLATED)}}
    question(data, "seen")["variants"] = [
        {"when": {"question": "elsewhere", "op": "was-answered"}, "label": "Somewhere else?"},
        {"when": {"question": "where", "op": "was-answered"}, "label": "Still at home?"},
    ]
    return data


def test_a_copys_translations_are_those_of_its_section_under_its_own_ids() -> None:
    section = translated_source()["sections"][1]

    assert translated(TRANSLATED, section, "x1") == {
        "about-x1.title": "Am {child}",
        "place-x1.title": "Y lle",
        "where-x1.label": {"text": "Ble dylai {child} ddysgu?", "of": "0123456789ab"},
        "where-x1.options.at-home-x1.label": "Gartref",
        # The first of the other words read another section, and was left out.
        "seen-x1.variants.0.label": "Gartref o hyd?",
        "seen-x1.options.yes.label": "Do",
    }


def test_rows_and_columns_keep_their_ids_and_a_part_may_be_called_like_a_kind_of_text() -> None:
    section = {"id": "s", "steps": [{"id": "rows", "questions": [{"id": "label", "type": "table"}]}]}
    texts = {
        "rows.title": "Tudalen",
        "label.label": "Pa mor aml?",
        "label.rows.monday.label": "Dydd Llun",
        "label.columns.how.options.often.label": "Yn aml",
        "label.config.unit": "awr",
    }

    assert translated(texts, section, "x1") == {
        "rows-x1.title": "Tudalen",
        "label-x1.label": "Pa mor aml?",
        "label-x1.rows.monday.label": "Dydd Llun",
        "label-x1.columns.how.options.often.label": "Yn aml",
        "label-x1.config.unit": "awr",
    }


def said_in_welsh(copy: str) -> dict[str, str]:
    """The Welsh texts of the target's copied section, by their ids in the source."""
    ending = copy.removeprefix("about")
    texts = current("target")["translations"]["cy"].items()
    return {id.replace(ending, ""): said for id, said in texts if ending in id}


@pytest.mark.django_db
def test_a_copied_section_brings_its_translations_and_the_forms_own_stay(erin: Client) -> None:
    published(translated_source())
    form = form_of(target() | {"translations": {"cy": {"title": "Y targed"}, "gd": {"title": "An targaid"}}})

    copy = insert(erin, form)

    told = current("target")["translations"]
    assert told["cy"]["title"] == "Y targed"
    assert told["gd"] == {"title": "An targaid"}
    assert said_in_welsh(copy)["where.options.at-home.label"] == "Gartref"
    assert f"elsewhere{copy.removeprefix('about')}.label" not in told["cy"]
    assert find_faults(current("target")) == []
    types = dict(question_types.items())
    welsh = phrases(in_language(build(current("target")), "cy", types), types)
    assert {"Ble dylai {child} ddysgu?", "Gartref", "Gartref o hyd?"} <= {phrase.text for phrase in welsh}


@pytest.mark.django_db
def test_what_is_translated_there_later_comes_with_the_new_words_where_the_words_are_the_same(
    erin: Client,
) -> None:
    published(source())
    form = form_of(target())
    copy = insert(erin, form)
    mine = current("target")
    mine["sections"][0]["title"] = "Mine"
    draft(form, mine)
    reworded = translated_source()
    question(reworded, "where")["label"] = "Where does {child} learn?"
    published(reworded)

    page = erin.get(url("copies", form)).content.decode()
    erin.post(url("copies", form), {"section": copy, "do": "take"})

    # The title is the editor's own, and the other words are not there.
    assert "3 translations there are new or have changed." in page
    assert said_in_welsh(copy).keys() == {
        "place.title",
        "where.label",
        "where.options.at-home.label",
    }
    assert list(library.changed_sources(standing("target"))) == []  # type: ignore[arg-type]


@pytest.mark.django_db
def test_new_translations_alone_are_news_too_and_can_be_left(erin: Client) -> None:
    published(source())
    form = form_of(target())
    copy = insert(erin, form)
    published(source() | {"translations": {"cy": {"place.title": "Y lle", "elsewhere.label": "Rhywle?"}}})

    page = erin.get(url("copies", form)).content.decode()
    erin.post(url("copies", form), {"section": copy, "do": "leave"})

    assert "1 translation there is new or has changed." in page
    assert "Take the new words" in page
    assert "translations" not in current("target")
