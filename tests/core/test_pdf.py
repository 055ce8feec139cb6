"""The PDF of a form's answers: readable with a screen reader, and whatever a person typed stays text."""

import io
import json
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from core import pdf
from tests.pdf_text import text_of

pytestmark = pytest.mark.capability("B32")

LABELS = {
    "reference": "Reference",
    "sent": "Sent",
    "question": "Question",
    "answer": "Your answer",
    "none": "Not answered",
    "page": "Page",
    "of": "of",
}


def answers(*said: str, **changed: Any) -> dict[str, Any]:
    """The data of a form with one section of two questions, of which the second was left out."""
    rows = [
        {"asked": "What should we know?", "said": list(said), "empty": False},
        {"asked": "Anything else?", "said": [], "empty": True},
    ]
    return {
        "lang": "en-gb",
        "title": "Parental Preference Form",
        "council": "Example Council",
        "reference": "PPF-7K3M-9QX2",
        "sent": "30 January 2023 at 7:52pm",
        "notice": "",
        "labels": LABELS,
        "sections": [{"title": "What you want", "rows": rows, "items": []}],
    } | changed


def opened(data: dict[str, Any]) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf.render("answers", data)))


def tags_of(document: pikepdf.Pdf) -> list[str]:
    """The kinds of the document's parts, as a screen reader goes through them."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    walk(document.Root.StructTreeRoot.K)
    return found


def test_a_screen_reader_is_told_title_language_headings_and_tables() -> None:
    document = opened(answers("He likes trains"))

    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Parental Preference Form"
        assert metadata["pdfuaid:part"] == "1"
    tags = tags_of(document)
    assert {"/Title", "/H1", "/Table", "/THead", "/TBody"} <= set(tags)
    assert (tags.count("/TH"), tags.count("/TD")) == (2, 4)


def test_all_that_was_asked_and_said_is_there() -> None:
    said = text_of(opened(answers("He likes trains", "and water")))

    for text in ("ExampleCouncil", "PPF-7K3M-9QX2", "30January2023", "Whatshouldweknow?", "Helikestrains"):
        assert text in said
    assert said.index("Helikestrains") < said.index("andwater") < said.index("Anythingelse?Notanswered")


def test_a_draft_says_large_that_it_was_not_sent() -> None:
    said = text_of(opened(answers("x", notice="Not sent yet.", reference="", sent="")))

    assert "Notsentyet." in said
    assert "Reference" not in said


def test_each_item_of_a_repeated_page_stands_under_its_own_heading() -> None:
    visits = [
        {"title": f"School {place}", "rows": [{"asked": "Name", "said": [f"Name{place}"], "empty": False}]}
        for place in (1, 2)
    ]
    document = opened(answers(sections=[{"title": "Schools", "rows": [], "items": visits}]))

    assert tags_of(document).count("/H2") == 2
    assert "School1QuestionYouranswerNameName1School2" in text_of(document)


@pytest.mark.parametrize(
    "said",
    [
        '#panic("no")',
        "$x^2$ *bold* _thin_ `code` @ref <label>",
        "= Heading",
        "<b>bold</b> &amp; <script>alert(1)</script>",
        "\\ \\u{1F600} // not a comment /* nor this */",
        "Llŷn, ŵy, Siân",
        "Zażółć gęślą jaźń",
    ],
)
def test_whatever_was_typed_stays_text(said: str) -> None:
    assert said.replace(" ", "") in text_of(opened(answers(said)))


def test_arabic_is_shown_in_a_font_that_has_it() -> None:
    document = opened(answers("مرحبا بالعالم"))

    fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert any("NotoNaskhArabic" in font for font in fonts)


def test_five_thousand_letters_without_a_space_stay_on_the_page() -> None:
    document = opened(answers("W" * 5000))

    assert text_of(document).count("W") == 5000 + text_of(opened(answers("x"))).count("W")
    assert len(document.pages) > 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("Thank you \U0001f600", "Thankyou\ufffd", id="emoji"),
        pytest.param("谢谢", "\ufffd\ufffd", id="a script that no font of ours has"),
        pytest.param("a\x00b\x1f\u202ec", "abc", id="control characters"),
        pytest.param("e\u0301", "é", id="an accent typed by itself"),
    ],
)
def test_what_no_font_can_show_is_marked_and_the_rest_stays(said: str, shown: str) -> None:
    assert shown in text_of(opened(answers(said)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_no_text_stops_the_pdf(said: str) -> None:
    data = answers(said, title=f"T{said}", council=said)

    assert json.loads(json.dumps(data)) == data
    assert pdf.render("answers", data).startswith(b"%PDF-")


def test_without_the_fonts_it_says_how_to_get_them(settings: Settings, tmp_path: Any) -> None:
    settings.ROOT = tmp_path
    pdf.characters.cache_clear()

    with pytest.raises(ImproperlyConfigured, match="make assets"):
        pdf.render("answers", answers("x"))
