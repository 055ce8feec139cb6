"""A form's translations in the admin: what is missing, out to a spreadsheet, and in from one, whole or not at all."""

import copy
import datetime as dt
import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from accounts.models import User
from core.languages import Language
from forms_engine.authoring import spreadsheet
from forms_engine.definition import build
from forms_engine.models import FormDefinition
from forms_engine.rules.phrases import Phrase, digest_of
from forms_engine.spec import Translation
from forms_engine.streams import from_stream
from tests.forms_engine.editing import form_of, posted, small

WELSH = Language("cy", "Cymraeg")
ADMIN = "wagtailsnippets_forms_engine_formdefinition"
# What stands at an end is not kept; "{" would name what is put in; a spreadsheet has no control characters.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="{_"), min_size=1
)


def phrase(id: str, text: str) -> Phrase:
    return Phrase(id, text, ("Part", "Page"), "label")


PHRASES = st.dictionaries(st.from_regex(r"[a-z]{1,8}\.label", fullmatch=True), TEXTS, max_size=6).map(
    lambda texts: [phrase(id, text) for id, text in texts.items()]
)


@given(PHRASES, st.data())
def test_what_goes_out_to_a_spreadsheet_comes_back(found: list[Phrase], data: st.DataObject) -> None:
    told = {each.id: data.draw(st.none() | TEXTS) for each in found}
    translations = {id: Translation(text) for id, text in told.items() if text}
    back = spreadsheet.read(spreadsheet.write(found, translations, WELSH), found, WELSH)
    assert {id: said.text if said else None for id, said in back.items()} == told
    assert all(said.of == digest_of(each.text) for each in found if (said := back[each.id]))


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@here", '=HYPERLINK("https://evil.example")'])
def test_no_text_becomes_a_formula(text: str) -> None:
    content = spreadsheet.write([phrase("a.label", text)], {"a.label": Translation(text)}, WELSH)
    cells = load_workbook(io.BytesIO(content)).worksheets[0][2]
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert (cells[2].value, cells[3].value) == (text, text)


@pytest.mark.parametrize("text", ["One\x0btwo", "One\ufffetwo"], ids=["a line break of Word", "no character"])
def test_a_text_that_no_cell_can_hold_goes_out_and_its_translation_is_not_out_of_date(text: str) -> None:
    found = [phrase("a.label", text)]
    translation = {"a.label": Translation("Un dau", digest_of(text))}
    assert spreadsheet.read(spreadsheet.write(found, translation, WELSH), found, WELSH) == translation


HEADS = ("id", "where", "English", "Cymraeg", "state")


def book(*rows: tuple[Any, ...]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def faults(content: bytes) -> list[str]:
    with pytest.raises(spreadsheet.Faulty) as faulty:
        spreadsheet.read(content, [phrase("a.label", "A"), phrase("b.label", "B")], WELSH)
    return faulty.value.faults


def test_every_fault_of_a_spreadsheet_is_said() -> None:
    content = book(
        HEADS,
        ("a.label", "", "A", "=1+1"),
        ("z.label", "", "Z", "Zed"),
        ("b.label", "", "B", "{plentyn}"),
        ("b.label", "", "B", "Bi"),
        ("", "", "", "Dim"),
    )
    assert faults(content) == [
        "Row 2: it holds a formula, where only text can stand.",
        "Row 3: the form has no text “z.label”.",
        "Row 4: nothing is put in for {plentyn}.",
        "Row 5: “b.label” is in another row already.",
        "Row 6: it has no id.",
    ]


@pytest.mark.parametrize(
    "value", [dt.date(2026, 5, 1), dt.time(9, 30), dt.timedelta(hours=30), True, "#REF!"], ids=str
)
def test_what_the_spreadsheet_took_for_something_else_is_no_translation(value: Any) -> None:
    content = book(HEADS, ("a.label", "", "A", value), ("b.label", "", "B", 7))
    assert faults(content) == [
        "Row 2: the spreadsheet took it for a date, a time or the like, where only text can stand."
    ]


def test_what_is_no_spreadsheet_of_this_form_is_refused() -> None:
    assert faults(b"id,where") == ["This is not a spreadsheet in the XLSX format."]
    assert "The first row must name the columns" in faults(book(("a", "b")))[0]
    assert "The first row must name the columns" in faults(book())[0]


def packed(rows: str) -> bytes:
    """A small file whose first sheet is our heads, and below them `rows`, as XML."""
    made, there = io.BytesIO(), book(HEADS)
    with zipfile.ZipFile(io.BytesIO(there)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                # Without its <dimension>, which says how wide it is.
                content = re.sub(rb"<dimension[^>]*>", b"", content)
                content = content.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
            new.writestr(part.filename, content)
    return made.getvalue()


def test_a_cell_in_the_last_column_does_not_make_a_row_of_sixteen_thousand() -> None:
    content = packed("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(2, 400)))
    tracemalloc.start()
    try:
        assert spreadsheet.read(content, [phrase("a.label", "A")], WELSH) == {}
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', id="a row at the very end"),
        pytest.param(f'<row r="2">{"<c/>" * 600_000}</row>', id="a row of very many cells"),
        pytest.param(f"<row>{' ' * 17_000_000}</row>", id="much of nothing"),
    ],
)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused(rows: str) -> None:
    content = packed(rows)
    assert len(content) < spreadsheet.MOST_BYTES
    assert faults(content) == ["This spreadsheet is too large."]


def page_of(form: FormDefinition) -> str:
    return reverse(f"{ADMIN}:translations", args=[form.pk])


def bring_in(client: Client, form: FormDefinition, content: bytes) -> Any:
    file = SimpleUploadedFile("cy.xlsx", content)
    return client.post(page_of(form), {"language": "cy", "file": file}, follow=True)


@pytest.mark.django_db
def test_an_editor_sends_a_spreadsheet_out_and_takes_it_back(erin: Client) -> None:
    form = form_of(small())
    line = erin.get(page_of(form)).context["languages"][0]
    assert (line.name, line.missing, line.outdated) == ("Cymraeg", line.texts, 0)
    url = reverse(f"{ADMIN}:translations_export", args=[form.pk, "cy"])
    sent = load_workbook(io.BytesIO(erin.get(url).content))
    sent.worksheets[0]["D2"] = "Ffurflen fach"
    file = io.BytesIO()
    sent.save(file)

    page = bring_in(erin, form, file.getvalue())

    line = page.context["languages"][0]
    assert line.missing == line.texts - 1
    form.refresh_from_db()
    newest = form.get_latest_revision_as_object()
    assert build(from_stream(newest)).translations["cy"]["title"].text == "Ffurflen fach"


@pytest.mark.django_db
def test_a_text_that_changes_puts_its_translation_out_of_date(erin: Client) -> None:
    form = form_of(small())
    bring_in(erin, form, book(HEADS, ("title", "", "An older title", "Teitl")))
    line = erin.get(page_of(form)).context["languages"][0]
    assert line.outdated == 1


@pytest.mark.django_db
def test_a_faulty_spreadsheet_changes_nothing(erin: Client) -> None:
    form = form_of(small())
    before = form.latest_revision_id
    page = bring_in(erin, form, book(HEADS, ("title", "", "Small form", "Ffurflen"), ("none", "", "", "x")))
    assert page.status_code == 422
    assert "Row 3: the form has no text “none”." in page.content.decode()
    form.refresh_from_db()
    assert form.latest_revision_id == before


@pytest.mark.django_db
def test_a_locked_form_takes_no_translations(erin: Client) -> None:
    form = form_of(small())
    FormDefinition.objects.update(locked=True)
    page = bring_in(erin, form, book(HEADS, ("title", "", "Small form", "Ffurflen")))
    assert "The form is locked" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["casey_worker", "sam_parent"])
def test_nobody_but_editors_meets_the_translations(
    person: str, signed_in_client: Callable[[User], Client], request: pytest.FixtureRequest
) -> None:
    form = form_of(small())
    client = signed_in_client(request.getfixturevalue(person))
    for url in (page_of(form), reverse(f"{ADMIN}:translations_export", args=[form.pk, "cy"])):
        assert client.get(url).status_code in (302, 404)


def test_what_is_copied_in_the_editor_brings_its_translations_along(erin: Client) -> None:
    data = small() | {"translations": {"cy": {"where.label": "Ble?", "at-home.label": "Gartref"}}}
    form = form_of(data)
    copied = copy.deepcopy(data)
    page = copy.deepcopy(copied["sections"][0]["steps"][0])
    page["id"], page["questions"] = "place-2", [page["questions"][0] | {"id": "where-2"}]
    del page["questions"][0]["options"][1]["reveals"]
    copied["sections"][0]["steps"].insert(1, page)

    erin.post(reverse(f"{ADMIN}:edit", args=[form.pk]), posted(copied))

    newest = FormDefinition.objects.get(pk=form.pk).get_latest_revision_as_object()
    assert newest.translations["cy"]["where-2.label"] == "Ble?"
    assert newest.translations["cy"]["where.label"] == "Ble?"
    assert "place-2.title" not in newest.translations["cy"], "there is none to bring along"
