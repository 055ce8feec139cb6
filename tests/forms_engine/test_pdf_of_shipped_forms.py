"""The PDFs of each form that we ship, as a screen reader meets them: blank, in large print, and with answers."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import RequestFactory

from forms_engine import copies
from forms_engine.authoring.paper import BOX, Print, paper, paper_data
from forms_engine.definition import build
from forms_engine.pages.answers import cards_of
from forms_engine.tree import Tree
from forms_engine.wording import wording_for
from tests.forms_engine.answered import answered
from tests.forms_engine.test_shipped_forms import FILES, read
from tests.pdf_structure import Part, parts_of
from tests.pdf_text import marked_texts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.capability("B31"),
    pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem),
]
WORDING = wording_for({"child": "Ada"})
REQUEST = RequestFactory().get("/")


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def check_document(document: pikepdf.Pdf, title: str) -> None:
    """What PDF/UA asks of a file as a whole."""
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "en-GB"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == title
        assert metadata["pdfuaid:part"] == "1"
    assert {str(page.get("/Tabs")) for page in document.pages if "/Annots" in page} <= {"/S"}
    assert marked_texts(document)[1] == "", "each word is in the structure, or said to be none of it"


def check_parts(whole: Part) -> None:
    """What it asks of the parts: headings in their order, tables with headers, pictures in words."""
    levels = [
        int(part.kind[1:]) for part in whole.all() if part.kind in {f"H{level}" for level in range(1, 7)}
    ]
    assert levels[0] == 1
    assert all(level - before <= 1 for before, level in itertools.pairwise(levels))
    assert len(whole.found("Title")) == 1
    assert all(figure.alt for figure in whole.found("Figure"))
    for table in whole.found("Table"):
        check_table(table)


def check_table(table: Part) -> None:
    """Whether each of its cells is told which column and which row it stands in."""
    (head,) = table.found("THead")
    (body,) = table.found("TBody")
    assert {header.scope for header in head.found("TH")} == {"Column"}
    assert all(header.text for header in head.found("TH"))
    width = len(head.parts[0].parts)
    for row in body.parts:
        kinds = [cell.kind for cell in row.parts]
        assert kinds == ["TH", *["TD"] * (width - 1)]
        assert row.parts[0].scope == "Row"
        assert row.parts[0].text, "a row is told apart by its name"


def check_order(whole: Part, texts: Iterator[str]) -> None:
    """Whether all of `texts` are read, one after another, and nothing but the frame of the page besides."""
    read, place = whole.text, 0
    for text in texts:
        wanted = "".join(text.replace("\u200b", "").split())
        found = read.find(wanted, place)
        assert found >= 0, f"not read in its place: {text}"
        place = found + len(wanted)


@pytest.mark.parametrize("size", Print)
def test_complaint_13_the_blank_form_is_read_aloud_whole_and_in_order(file: Path, size: Print) -> None:
    form = build(read(file))
    document = opened(paper(form, WORDING, size, REQUEST))
    whole = parts_of(document)

    check_document(document, WORDING(form.title))
    check_parts(whole)
    check_order(whole, on_paper(paper_data(form, WORDING, size, REQUEST)))


def on_paper(data: dict[str, Any]) -> Iterator[str]:
    """The words of a blank form in the order in which they should be met."""
    yield from (data["council"], data["title"], data["intro"], *data["help"])
    for section in data["sections"]:
        yield from (section["title"], *section["notes"])
        for step in section["steps"]:
            yield from (step["title"], *step["notes"])
            for item in step["items"]:
                yield item["title"]
                for question in item["questions"]:
                    yield from of_question(question)


def of_question(question: dict[str, Any]) -> Iterator[str]:
    yield from (question["asked"], question["level"], *question["notes"], question["hint"])
    yield from (*question["text"], question["before"])
    for box in question["boxes"]:
        yield from (box["label"], box["hint"], box["note"])
    yield from (part["label"] for part in question["parts"])
    yield from (question["after"], *question["headers"])
    yield from (cell for row in question["rows"] for cell in row if cell != BOX)


def test_complaint_13_the_sent_form_is_read_aloud_whole_and_in_order(file: Path) -> None:
    tree = answered(read(file))
    document = opened(copies.pdf_of_draft(tree, REQUEST))
    whole = parts_of(document)

    check_document(document, tree.title)
    check_parts(whole)
    check_order(whole, with_answers(tree))


def with_answers(tree: Tree) -> Iterator[str]:
    """Questions and answers in their order."""
    yield tree.title
    for card in cards_of(tree):
        yield card.title
        for row in card.all_rows():
            yield row.asked
            if row.table:
                yield from (*row.table.headers, *(cell for line in row.table.rows for cell in line))
            else:
                yield from row.said or ["Not answered"]


def test_every_question_of_the_form_is_in_the_copy_with_its_answer(file: Path) -> None:
    rows = list(answered(read(file)).rows())

    assert [row.asked for row in rows if not row.said and row.table is None] == []
