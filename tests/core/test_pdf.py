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
    "question": "Question",
    "answer": "Your answer",
    "none": "Not answered",
    "page": "Page",
    "of": "of",
}


def answers(*said: str, **changed: Any) -> dict[str, Any]:
    """The data of a form with one section of two questions, of which the second was left out."""
    rows = [
        {"asked": "What should we know?", "said": list(said), "empty": False, "table": None},
        {"asked": "Anything else?", "said": [], "empty": True, "table": None},
    ]
    return {
        "lang": "en-gb",
        "title": "Parental Preference Form",
        "council": "Example Council",
        "reference": "PPF-7K3M-9QX2",
        "sent": "30 January 2023 at 7:52pm",
        "whose": "For Ada. Sent by Sam Parent.",
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
    # Two headers above, and the name of each of the two rows.
    assert (tags.count("/TH"), tags.count("/TD")) == (2 + 2, 2)


def test_all_that_was_asked_and_said_is_there() -> None:
    said = text_of(opened(answers("He likes trains", "and water")))

    for text in (
        "ExampleCouncil",
        "PPF-7K3M-9QX2",
        "30January2023",
        "ForAda.",
        "Whatshouldweknow?",
        "Helikestrains",
    ):
        assert text in said
    assert said.index("Helikestrains") < said.index("andwater") < said.index("Anythingelse?Notanswered")


def test_a_draft_says_large_that_it_was_not_sent() -> None:
    said = text_of(opened(answers("x", notice="Not sent yet.", reference="", sent="")))

    assert "Notsentyet." in said
    assert "Reference" not in said


def test_an_answer_that_is_a_table_is_one_with_headers_that_a_screen_reader_finds() -> None:
    data = answers("He likes trains")
    help = {
        "headers": ["", "Who", "Hours"],
        "rows": [["Reading", "Mrs Hill\nMr Lee", "2"], ["Eating", "", ""]],
    }
    row = {"asked": "Who helps?", "said": ["Reading"], "empty": False, "table": help}
    data["sections"][0]["rows"].insert(1, row)
    document = opened(data)

    tags = tags_of(document)
    # The questions before it, the answer itself, and the questions after it.
    assert tags.count("/Table") == 3
    # An empty corner is no header; the first cell of a row is its name.
    assert (tags.count("/TH"), tags.count("/TD")) == (3 + 4 + 3, 1 + 5 + 1)
    assert str(document.Root.Lang) == "en-GB"
    said = text_of(document)
    assert (
        said.index("Helikestrains")
        < said.index("Whohelps?WhoHoursReadingMrsHillMrLee2")
        < said.index("Anything")
    )


def test_each_item_of_a_repeated_page_stands_under_its_own_heading() -> None:
    visits = [
        {
            "title": f"School {place}",
            "rows": [{"asked": "Name", "said": [f"Name{place}"], "empty": False, "table": None}],
        }
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


@pytest.mark.parametrize(
    ("said", "font"),
    [
        pytest.param("Дарья Іванченко", "NotoSans-", id="Cyrillic"),
        pytest.param("Ελένη", "NotoSans-", id="Greek"),
        pytest.param("נועה כהן", "NotoSansHebrew", id="Hebrew"),
        pytest.param("ধন্যবাদ", "NotoSansBengali", id="Bengali"),
        pytest.param("धन्यवाद", "NotoSans-", id="Hindi"),
        pytest.param("આભાર", "NotoSansGujarati", id="Gujarati"),
        pytest.param("ਧੰਨਵਾਦ", "NotoSansGurmukhi", id="Punjabi"),
        pytest.param("நன்றி", "NotoSansTamil", id="Tamil"),
        pytest.param("❤️ \U0001f600 \U0001f468\u200d\U0001f467", "NotoEmoji", id="emoji"),
    ],
)
def test_families_scripts_and_emoji_are_printed(said: str, font: str) -> None:
    document = opened(answers(said))

    fonts = {str(each.BaseFont) for page in document.pages for each in page.Resources.Font.values()}
    assert any(font in each for each in fonts)
    assert "\ufffd" not in text_of(document)
    assert "cannotbeprinted" not in text_of(document)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        pytest.param("谢谢", "ChineseorJapanese.", id="Chinese"),
        pytest.param("ขอบคุณ 감사", "Korean,Thai.", id="two scripts"),
        pytest.param("𝄞", "specialsigns.", id="a sign"),
    ],
)
def test_what_cannot_be_printed_is_named_in_a_sentence(said: str, named: str) -> None:
    assert f"cannotbeprintedhere:{named}" in text_of(opened(answers(said)))


def test_five_thousand_letters_without_a_space_stay_on_the_page() -> None:
    document = opened(answers("W" * 5000))

    assert text_of(document).count("W") == 5000 + text_of(opened(answers("x"))).count("W")
    assert len(document.pages) > 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("Thank you \U0001d11e", "Thankyou\ufffd", id="a sign"),
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
