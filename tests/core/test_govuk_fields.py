"""What a question says, and how its template draws it."""

import re

import pytest
from django.template.loader import render_to_string

from core.govuk import fields
from core.govuk.attributes import attributes, linked_items
from core.govuk.fields import Field, FileRow, Item, Part, date_parts, problems

SCRIPT = "<script>alert(1)</script>"


def drawn(field: Field) -> str:
    return re.sub(r"\s+", " ", render_to_string(field.template, {"field": field}))


def text_field(**more: object) -> Field:
    return Field(**{"template": fields.INPUT, "id": "q-a", "name": "q-a", "label": "Which school?"} | more)


def with_one_problem(template: str) -> Field:
    field = text_field(template=template, error="Enter it", hint="As on the letter")
    if template == fields.DATE:
        field.parts = date_parts("q-a", "q-a", ["", "", ""], ["day"])
    return field


def test_hint_and_error_and_count_are_read_out_in_that_order() -> None:
    field = text_field(template=fields.TEXTAREA, hint="Short", error="Too long", max_length=10)
    assert field.described_by == "q-a-hint q-a-error q-a-info"
    assert 'aria-describedby="q-a-hint q-a-error q-a-info"' in drawn(field)


@pytest.mark.parametrize(
    "template",
    [
        fields.INPUT,
        fields.PASSWORD,
        fields.TEXTAREA,
        fields.RADIOS,
        fields.CHECKBOXES,
        fields.CHECKBOX,
        fields.DATE,
        fields.SELECT,
        fields.FILE,
    ],
)
def test_every_kind_of_question_says_its_problem_and_points_to_it(template: str) -> None:
    html = drawn(with_one_problem(template))
    assert 'class="govuk-form-group govuk-form-group--error' in html
    assert 'id="q-a-error" class="govuk-error-message"' in html
    assert 'aria-describedby="q-a-hint q-a-error"' in html


@pytest.mark.parametrize(
    "template", [fields.INPUT, fields.TEXTAREA, fields.RADIOS, fields.SELECT, fields.FILE]
)
def test_nothing_that_an_editor_or_a_family_wrote_becomes_markup(template: str) -> None:
    item = Item(value=SCRIPT, label=SCRIPT, hint=SCRIPT, divider=SCRIPT)
    file = FileRow(id=SCRIPT, name=SCRIPT, size=1, said=SCRIPT)
    html = drawn(
        text_field(
            template=template,
            label=SCRIPT,
            hint=SCRIPT,
            error=SCRIPT,
            value=SCRIPT,
            why=SCRIPT,
            items=[item],
            files=[file],
        )
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_an_attribute_is_escaped_and_left_out_when_empty() -> None:
    found = attributes((("id", "a"), ("value", '"><b>'), ("checked", True), ("name", ""), ("min", None)))
    assert found == ' id="a" value="&quot;&gt;&lt;b&gt;" checked'


def test_a_list_of_links_is_made_of_attributes_and_markup() -> None:
    words = render_to_string("govuk/fields/input.html", {"field": text_field()})
    link = attributes((("href", "/a/?b=1&c=2"),))
    assert linked_items([(link, words)] * 2) == f'<li><a href="/a/?b=1&amp;c=2">{words}</a></li>' * 2


def test_a_textarea_keeps_a_first_empty_line() -> None:
    html = render_to_string(fields.TEXTAREA, {"field": text_field(template=fields.TEXTAREA, value="\nAda")})
    assert ">\n\nAda</textarea>" in html


def test_an_optional_question_says_so_after_its_label() -> None:
    assert 'Which school? <span class="optional">(optional)</span>' in drawn(text_field(optional=True))
    assert "optional" not in drawn(text_field())


def test_why_we_ask_folds_under_the_question() -> None:
    html = drawn(text_field(why="The law asks us to.\n\nThe SEND team sees it."))
    assert "Why am I being asked this?" in html
    assert "<p>The law asks us to.</p> <p>The SEND team sees it.</p>" in html


def test_the_first_of_several_answers_carries_the_questions_own_id() -> None:
    field = text_field(
        template=fields.RADIOS, items=[Item(value="y", label="Yes"), Item(value="n", label="No")]
    )
    assert [item.id for item in field.items] == ["q-a", "q-a-2"]


def test_a_limit_is_said_in_words_and_counted_from_three_quarters_on() -> None:
    letters = drawn(text_field(template=fields.TEXTAREA, max_length=5000))
    assert "You can enter up to 5,000 characters" in letters
    assert 'data-threshold="75" data-maxlength="5000"' in letters
    words = drawn(text_field(template=fields.TEXTAREA, max_words=200))
    assert "You can enter up to 200 words" in words
    assert 'data-maxwords="200"' in words


def test_a_full_list_of_files_offers_no_box_for_another() -> None:
    file = FileRow(id="1", name="Report.pdf", size=1_258_291, scan="clean", said="Checked for viruses")
    html = drawn(text_field(template=fields.FILE, files=[file], full=True, question="reports"))
    assert 'type="file"' not in html
    assert 'name="remove" value="1"' in html
    assert "1.2 MB" in html


def test_the_summary_leads_to_the_first_wrong_box_of_a_date() -> None:
    parts = date_parts("q-d", "q-d", ["1", "", ""], bad=["month", "year"])
    field = text_field(template=fields.DATE, error="Enter a month and a year", parts=parts)
    assert problems([field]) == [("q-d-month", "Enter a month and a year")]


def test_the_summary_names_each_wrong_line_of_an_address() -> None:
    parts = [
        Part(id="q-a-line1", name="q-a-line1", label="Address line 1", error="Enter line 1"),
        Part(id="q-a-line2", name="q-a-line2", label="Address line 2"),
        Part(id="q-a-town", name="q-a-town", label="Town", error="Enter the town"),
    ]
    field = text_field(template=fields.ADDRESS, parts=parts)
    assert problems([field]) == [("q-a-line1", "Enter line 1"), ("q-a-town", "Enter the town")]


def test_the_summary_counts_a_follow_up_only_where_its_answer_is_chosen() -> None:
    follow_up = text_field(id="q-b", error="Say when")
    answer = Item(value="y", label="Yes", reveals=[follow_up])
    field = text_field(template=fields.RADIOS, items=[answer])
    assert problems([field]) == []
    answer.checked = True
    assert problems([field]) == [("q-b", "Say when")]
