"""The blank form on paper, in the usual print and in large print."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.pdf.glyphs import MISSING
from forms_engine.authoring.paper import BOX, Print, paper, paper_data
from forms_engine.definition import build
from forms_engine.types import question_types
from forms_engine.wording import wording_for
from tests.forms_engine.conftest import ask
from tests.forms_engine.editing import form_of, published, question, small
from tests.forms_engine.sample import SAMPLE
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
WIDE = {
    "rows": [{"id": "mon", "label": "Monday"}],
    "columns": [{"id": "why", "type": "short_text", "label": "Why?"}],
}
SignedIn = Callable[[User], Client]


def data_of(form: dict[str, Any], size: Print = Print.NORMAL) -> dict[str, Any]:
    return paper_data(build(form), wording_for({"child": "Ada"}), size, RequestFactory().get("/"))


def asked_in(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The questions on paper, of the first round of each page, by what they ask."""
    steps = [step for section in data["sections"] for step in section["steps"]]
    return {one["asked"]: one for step in steps for one in step["items"][0]["questions"]}


def opened(response: HttpResponse) -> pikepdf.Pdf:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(response.content))


@pytest.mark.parametrize("size", Print)
def test_the_blank_form_is_a_tagged_pdf_with_title_and_language(size: Print) -> None:
    content = paper(build(SAMPLE), wording_for({"child": "Ada"}), size, RequestFactory().get("/"))

    with pikepdf.open(io.BytesIO(content)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "en-GB"
        assert "Sample Form" in str(document.docinfo.get("/Title"))
        assert "StructTreeRoot" in str(document.Root.keys())
        with document.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"
        assert "WhereshouldAdalearn?" in text_of(document)


def test_large_print_is_eighteen_points() -> None:
    assert data_of(SAMPLE, Print.LARGE)["size"] == 18


def test_answers_are_boxes_and_texts_have_lines_to_write_on() -> None:
    asked = asked_in(data_of(SAMPLE))

    assert [box["label"] for box in asked["5. Where should Ada learn?"]["boxes"]] == [
        "At a school",
        "At home",
    ]
    assert asked["4. What should we know?"]["lines"] > asked["1. Your name"]["lines"] == 1
    assert [part["label"] for part in asked["3. When was Ada born?"]["parts"]] == ["Day", "Month", "Year"]


def test_a_condition_becomes_a_note_that_says_where_to_go_on() -> None:
    data = data_of(SAMPLE)
    visit = data["sections"][0]["steps"][2]

    assert visit["notes"] == [
        "Fill in this part only if question 5 is “At a school”. If not, go to question 8."
    ]


def test_its_instructions_are_in_the_language_of_whoever_reads_it() -> None:
    with translation.override("cy"):
        data = data_of(SAMPLE)
        asked = asked_in(data)

    note = "Llenwch y rhan hon dim ond os yw hyn yn wir: mae’r ateb i gwestiwn 5 yn “At a school”."
    assert data["sections"][0]["steps"][2]["notes"] == [f"{note} Os nad yw, ewch i gwestiwn 8."]
    assert asked["5. Where should Ada learn?"]["boxes"][1]["note"] == "Atebwch gwestiwn 6 hefyd."


def test_a_follow_up_and_the_answer_that_opens_it_point_at_each_other() -> None:
    asked = asked_in(data_of(SAMPLE))

    assert asked["5. Where should Ada learn?"]["boxes"][1]["note"] == "Answer question 6 too."
    note = "Fill in this question only if your answer to question 5 is “At home”."
    assert asked["6. Why at home?"]["notes"] == [note]


def test_what_is_answered_several_times_is_printed_more_than_once() -> None:
    schools = data_of(SAMPLE)["sections"][2]["steps"][0]

    assert [item["title"] for item in schools["items"]] == ["School 1", "School 2"]
    assert "at most 3" in schools["notes"][0]


def test_a_table_on_paper_has_its_rows_and_a_grid_has_boxes() -> None:
    rows = [{"id": "mon", "label": "Monday"}, {"id": "tue", "label": "Tuesday"}]
    columns = [{"id": "am", "label": "Morning"}]
    grid = small()
    question(grid, "seen").update({"type": "grid", "config": {"rows": rows, "columns": columns}})

    asked = asked_in(data_of(grid))["3. Have you seen it?"]

    assert asked["headers"] == ["", "Morning"]
    assert asked["rows"] == [["Monday", BOX], ["Tuesday", BOX]]
    printed = paper(build(grid), wording_for({"child": "Ada"}), Print.NORMAL, RequestFactory().get("/"))
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert MISSING not in text_of(document)
        assert BOX not in text_of(document)


@pytest.mark.parametrize("kind", sorted(name for name, _kind in question_types.items()))
def test_every_type_of_question_can_stand_on_paper(kind: str) -> None:
    data = small()
    wide = WIDE if kind in ("table", "grid", "ranking") else {}
    question(data, "seen").update({"type": kind, "config": wide, "options": []})

    content = paper(build(data), wording_for({}), Print.LARGE, RequestFactory().get("/"))

    assert content.startswith(b"%PDF")


@pytest.fixture
def sam(signed_in_client: SignedIn, sam_parent: User) -> Client:
    return signed_in_client(sam_parent)


@pytest.mark.parametrize("size", ["normal", "large"])
def test_a_parent_who_was_asked_finds_the_form_on_paper_at_its_start(
    size: str, sam: Client, sam_parent: User
) -> None:
    version = published(small()).live_version()
    assert version is not None
    asked = ask(version, sam_parent)
    url = reverse("forms:paper", args=[asked.pk, size])

    assert url in sam.get(reverse("forms:assignment", args=[asked.pk])).content.decode()
    with opened(sam.get(url)) as document:
        assert "WhereshouldAdalearn?" in text_of(document)
    assert sam.get(reverse("forms:paper", args=[asked.pk, "huge"])).status_code == 404


def test_a_family_gets_no_questions_for_staff_and_no_draft_of_an_editor(sam: Client) -> None:
    data = small() | {"handler": "accounts.team", "offered_to": "families"}
    question(data, "seen")["audience"] = "staff"
    form = published(data)
    question(data, "where")["label"] = "Not published yet"
    form_of(data)

    with opened(sam.get(reverse("forms:begin_paper", args=[form.slug, "normal"]))) as document:
        said = text_of(document)

    assert "Haveyouseenit?" not in said
    assert "Notpublishedyet" not in said


def test_an_editor_gets_the_newest_draft_on_paper(signed_in_client: SignedIn, erin_editor: User) -> None:
    form = form_of(small())
    where = reverse("wagtailsnippets_forms_engine_formdefinition:paper", args=[form.pk, "normal"])

    with opened(signed_in_client(erin_editor).get(where)) as document:
        assert "Haveyouseenit?" in text_of(document)
