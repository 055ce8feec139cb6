"""Questions that are asked row by row, worked out or chosen from records: typed on their page, shown to be checked,
sent, printed."""

import copy
import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms_engine.models import StepAnswers, Submission, SubmissionFile, Upload
from schools.models import School
from tests.core.test_pdf import tags_of
from tests.forms_engine.conftest import Browser, filling_of, pdf_file
from tests.forms_engine.wide_form import WIDE, Json
from tests.pdf_text import text_of

pytestmark = pytest.mark.capability("B32")


@pytest.fixture
def sample_data() -> Json:
    """A form of wide questions, in the place of the sample."""
    return copy.deepcopy(WIDE)


ROWS = {
    "q-help--read--who": "Mrs Hill",
    "q-help--read--since-day": "3",
    "q-help--read--since-month": "5",
    "q-help--read--since-year": "2026",
    "q-when--mon": ["am"],
    "q-which--1": "elm",
    "q-which--1--why": "It is small.\r\nIt is near.",
    "q-which--2": "oak",
}


def test_what_was_typed_into_rows_is_there_again_with_what_is_wrong_said_at_its_place(sams: Browser) -> None:
    wrong = ROWS | {"q-help--eat--since-day": "3", "q-when--mon": ["am", "pm"], "q-which--2": "elm"}
    response = sams.post("rows", wrong)

    assert [at for at, _words in response.context["problems"]] == [
        "q-help--eat--who",
        "q-help--eat--since-month",
        "q-when--mon",
        "q-which--2",
    ]
    again = sams.get("rows").content.decode()
    assert 'value="Mrs Hill"' in again
    assert "It is small.\nIt is near." in again
    assert "Who helps Ada?" in again
    assert len(re.findall(r'<option value="elm" selected>', again)) == 2


def test_the_answers_are_tables_to_check_to_print_and_in_the_pdf(sams: Browser) -> None:
    assert sams.post("rows", ROWS).status_code == 302

    check = sams.get("check").content.decode()
    printed = sams.client.get(reverse("forms:print", args=[sams.draft.pk])).content.decode()
    for shown in (check, printed):
        assert '<th scope="col" role="columnheader">Who helps Ada?</th>' in shown
        assert '<th scope="row" role="rowheader">Reading</th>' in shown
        assert '<td role="cell" data-label="Why?">It is small.<br>It is near.</td>' in shown
    pdf = pikepdf.open(io.BytesIO(sams.client.get(reverse("forms:pdf", args=[sams.draft.pk])).content))
    said = text_of(pdf)
    assert "WhohelpsAda?SinceReadingMrsHill3May2026Eating" in said
    assert "1stchoiceElmLaneItissmall.Itisnear.2ndchoiceOakfield" in said
    # Two plain tables, and between them table, grid and ranking: two columns each have a name, and so has each row.
    assert tags_of(pdf).count("/TH") == 5 * 2 + (2 + 2 + 2 + 2 + 4)


@pytest.mark.parametrize(
    ("hours", "cost", "shown", "way"),
    [("3", "12.50", "£1,425", "dear"), ("1", "12.50", "£475", "place"), ("", "12.50", "", "place")],
)
def test_a_value_is_worked_out_of_earlier_answers_and_opens_pages(
    sams: Browser, hours: str, cost: str, shown: str, way: str
) -> None:
    sams.post("numbers", {"q-hours": hours, "q-cost": cost})

    said = sams.get("sum").content.decode()
    assert (
        (f"<strong>{shown}</strong>" in said)
        if shown
        else ("We work this out from your other answers" in said)
    )
    # Whatever a browser sends for it.
    assert sams.post("sum", {"q-year": "1"}).url == sams.url(way)
    check = sams.get("check").content.decode()
    assert ("Cost of a year" in check) is bool(shown)


def test_a_calculated_value_is_sent_as_it_was_worked_out(sams: Browser) -> None:
    sams.post("numbers", {"q-hours": "1", "q-cost": "0.33"})
    sams.post("rows", ROWS)
    sams.post("sum", {"q-year": "9"})
    sams.post("words", {"q-own-text": "She sings."})
    sams.post("check", {})

    values = Submission.objects.get().content.values
    assert values["year"] == "12.54"
    assert values["which"][0] == {"option": "elm", "answers": {"why": "It is small.\nIt is near."}}
    assert values["when"] == {"mon": ["am"]}


def test_an_unfinished_number_leaves_the_calculation_open(sams: Browser) -> None:
    sams.post("numbers", {"q-hours": "many", "q-cost": "1"})

    assert "year" not in filling_of(sams.draft).journey.values


def test_two_windows_show_both_answers_in_words(sams: Browser) -> None:
    hidden = sams.hidden(sams.get("rows"))
    sams.client.post(sams.url("rows"), {**hidden, **ROWS})
    other = {"q-help--read--who": "Mr Lee", "q-when--tue": ["pm"], "q-which--1": "oak", "q-which--2": "oak"}
    clash = sams.client.post(sams.url("rows"), {**hidden, **other}).content.decode()

    assert "Which text do you want to keep?" in clash
    for words in ("Mrs ", "Mr ", "Tuesday: ", "Monday: "):
        assert words in clash


WEEK = {name.replace("q-", "q-w-", 1): said for name, said in ROWS.items()}
WEEK |= {"q-w-which--1": "w-elm", "q-w-which--2": "w-oak"}
# On the other device: another helper, a day too many (which cannot stand), and the other school first.
OTHER_WEEK = {
    "q-w-help--read--who": "Mr Lee",
    "q-w-when--mon": ["am", "pm"],
    "q-w-which--1": "w-oak",
    "q-w-which--1--why": "Her friends go there.",
}
ITEM = "aaaa0001"


def typed_in(browser: Browser, item: str = ITEM) -> Json:
    answers: Json = StepAnswers.objects.get(party__draft=browser.draft, step="weeks", item=item).answers
    return answers


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_two_devices_in_one_item_of_a_group_lose_no_row_no_cell_and_no_rank(sams: Browser, keep: str) -> None:
    sams.post("weeks", {}, ITEM)
    hidden = sams.hidden(sams.get("weeks", ITEM))
    sams.client.post(sams.url("weeks", ITEM), {**hidden, **WEEK})
    theirs = typed_in(sams)
    clash = sams.client.post(sams.url("weeks", ITEM), {**hidden, **OTHER_WEEK})

    both = clash.content.decode()
    for words in ("Mrs ", "Mr ", "It is small.", "friends"):
        assert words in both
    assert typed_in(sams) == theirs

    carried: dict[str, list[str]] = {}
    for name, value in clash.context["hidden"]:
        carried.setdefault(name, []).append(str(value))
    choice = {f"keep-w-{question}": keep for question in ("help", "when", "which")}
    sams.client.post(sams.url("weeks", ITEM), {**carried, **choice})
    if keep == "theirs":
        assert typed_in(sams) == theirs
        return
    assert typed_in(sams) != theirs
    page = sams.get("weeks", ITEM).content.decode()
    for words in ("Mr Lee", "Her friends go there."):
        assert words in page
    # What cannot stand is kept as well, and said to be wrong.
    assert len(re.findall(r'name="q-w-when--mon"[^>]* checked', page)) == 2


def test_two_devices_that_add_an_item_each_lose_neither(sams: Browser) -> None:
    on_both = sams.hidden(sams.get("weeks", ITEM))
    there = sams.hidden(sams.get("weeks", "aaaa0002"))
    sams.client.post(sams.url("weeks", "aaaa0002"), {**there, **OTHER_WEEK})
    sams.client.post(sams.url("weeks", ITEM), {**on_both, **WEEK})
    sams.client.post(sams.url("weeks"), {"item": ITEM, "do": "up"})

    assert typed_in(sams, "aaaa0002")["w-which"] != typed_in(sams)["w-which"]
    listed = sams.get("weeks").content.decode()
    assert "Mr Lee" in listed
    assert "Mrs Hill" in listed


@pytest.fixture
def oakfield(db: None) -> School:
    return School.objects.create(
        name="Oakfield Primary School", town="Milton Cross", kind=School.Kind.APPROVED
    )


def test_each_of_two_questions_for_files_on_a_page_says_what_its_button_adds_to(sams: Browser) -> None:
    page = sams.get("words").content.decode()
    for question in ("In your words?", "Anything to show us?"):
        assert f'Add this file<span class="govuk-visually-hidden">: {question}</span>' in page


def test_a_school_is_searched_for_and_chosen_without_a_script(sams: Browser, oakfield: School) -> None:
    searched = sams.post("place", {"q-school-find": "oak", "find": "school"})
    assert searched.url == f"{sams.url('place')}#q-school"
    shown = sams.get("place")
    assert f'value="{oakfield.pk}"' in shown.content.decode()
    assert shown.context["problems"] == []

    assert sams.post("place", {"q-school-find": "oak"}).context["problems"][0][0] == "q-school"
    assert sams.post("place", {"q-school": str(oakfield.pk)}).url == sams.url("words")
    check = sams.get("check").content.decode()
    assert "Oakfield Primary School<br>Milton Cross<br>The law lets you ask for this school" in check


def test_what_was_chosen_keeps_its_words_when_the_record_changes_or_goes(
    sams: Browser, oakfield: School
) -> None:
    sams.post("place", {"q-school": str(oakfield.pk)})
    oakfield.delete()

    assert "Oakfield Primary School" in sams.get("check").content.decode()
    assert "Oakfield Primary School" in sams.get("place").content.decode()


def test_a_search_while_typing_answers_with_the_list_alone(sams: Browser, oakfield: School) -> None:
    answer = sams.get("place", records="school", words="milton").content.decode()

    assert "Oakfield Primary School" in answer
    assert "<html" not in answer
    assert sams.get("place", records="year", words="milton").status_code == 404
    assert sams.get("sum", records="school", words="milton").status_code == 404
    assert sams.get("sum", records="year", words="milton").status_code == 404
    assert "Oakfield" not in sams.get("place", records="school", words="zzz\0").content.decode()


def recording(name: str, brand: bytes = b"isom") -> SimpleUploadedFile:
    """The least that tells a film or a sound: the first box of its container, and an empty second one."""
    first = (20).to_bytes(4, "big") + b"ftyp" + brand + bytes(4) + brand
    return SimpleUploadedFile(name, first + (8).to_bytes(4, "big") + b"moov")


def test_an_answer_is_a_text_or_a_file_or_both(sams: Browser) -> None:
    missing = sams.post("words", {})
    assert missing.context["problems"] == [
        ("q-own-text", "Write an answer to “In your words?”, or add a file")
    ]
    assert sams.post("words", {"q-own-text": "She sings."}).status_code == 302
    assert "She sings." in sams.get("words").content.decode()

    sams.post("words", {"q-own-text": "", "q-own": pdf_file("Letter.pdf")})
    filling = filling_of(sams.draft)
    assert filling.journey.values["own"] == {"text": "", "files": [str(Upload.objects.get().pk)]}
    sams.post("words", {"q-own-text": "She sings."})
    assert "She sings.<br>Letter.pdf" in sams.get("check").content.decode()
    long = sams.post("words", {"q-own-text": "x" * 6000})
    assert [at for at, _words in long.context["problems"]] == ["q-own-text"]


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        (recording("Ada sings.m4a", b"M4A "), "Ada sings.m4a"),
        (recording("Ada sings.m4a"), "Ada sings.m4a"),
        (recording("Ada.MP4"), "Ada.mp4"),
        (SimpleUploadedFile("ada.mp3", b"ID3" + bytes(40)), "ada.mp3"),
    ],
)
def test_a_recording_is_taken_where_a_question_asks_for_one(
    sams: Browser, file: SimpleUploadedFile, kept: str
) -> None:
    sams.post("words", {"q-film": file, "add": "film"})

    assert [upload.name for upload in Upload.objects.all()] == [kept]
    assert kept in sams.get("words").content.decode()


def test_a_recording_is_taken_nowhere_else_and_a_letter_is_no_recording(sams: Browser) -> None:
    refused = sams.post("words", {"q-own": recording("film.mp4"), "add": "own"}).content.decode()
    assert "We cannot take “film.mp4”" in refused
    refused = sams.post("words", {"q-film": pdf_file("letter.pdf"), "add": "film"}).content.decode()
    assert "We can take: JPG, PNG, HEIC, MP3, MP4, M4A." in refused
    assert not Upload.objects.exists()


@pytest.fixture
def spoken(sample_data: Json) -> Json:
    """The same form, where what is asked in words may be said too."""
    for section in sample_data["sections"]:
        for step in section["steps"]:
            for question in step.get("questions", ()):
                if question["id"] == "own":
                    question["config"] = {"kinds": ["pdf", "mp3", "mp4", "m4a"]}
    return sample_data


def test_a_long_answer_may_be_said_where_the_question_takes_recordings(spoken: Json, sams: Browser) -> None:
    sams.post("words", {"q-own": recording("Ada sings.m4a", b"M4A ")})
    refused = sams.post("words", {"q-own": SimpleUploadedFile("ada.mp3", b"MZ" + bytes(60)), "add": "own"})
    assert [upload.name for upload in Upload.objects.all()] == ["Ada sings.m4a"]
    assert "ada.mp3" in str(refused.context["problems"])
    assert "Ada sings.m4a" in sams.get("check").content.decode()


def test_each_item_of_a_group_has_its_own_files_which_go_with_it(sams: Browser) -> None:
    for number, name in enumerate(("Report", "Letter")):
        typed = {"q-what": name, "q-paper": pdf_file(f"{name}.pdf", text=name)}
        assert sams.post("papers", typed, f"aaaa000{number}").url == sams.url("papers")
    nothing = sams.post("papers", {"q-what": "Nothing"}, "aaaa0002")
    assert [at for at, _words in nothing.context["problems"]] == ["q-paper"]
    check = sams.get("check").content.decode()
    assert check.index("Report.pdf") < check.index("Letter.pdf")

    for item in ("aaaa0002", "aaaa0000"):
        sams.client.post(sams.url("papers"), {"do": "remove", "item": item, "sure": "yes"})
    assert [(upload.item, upload.name) for upload in Upload.objects.all()] == [("aaaa0001", "Letter.pdf")]


def test_the_file_of_an_item_is_sent_as_that_items(sams: Browser) -> None:
    sams.post("papers", {"q-what": "Report", "q-paper": pdf_file("Report.pdf")}, "aaaa0001")
    sams.post("words", {"q-own-text": "She sings."})
    sams.post("check", {})

    sent = SubmissionFile.objects.get(role=SubmissionFile.Role.UPLOAD)
    assert (sent.item, sent.question, sent.name) == ("aaaa0001", "paper", "Report.pdf")
