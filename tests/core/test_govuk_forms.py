"""Django's forms, drawn by the question templates."""

import datetime as dt

import pytest
from django import forms

from core.govuk import fields
from core.govuk.dates import DateField
from core.govuk.fields import Field
from core.govuk.forms import GovukForm


class VisitForm(GovukForm):
    email = forms.EmailField(
        label="Email address",
        help_text="As on your letter",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "size": 20}),
    )
    password = forms.CharField(widget=forms.PasswordInput, required=False)
    visited = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select if you visited it"},
    )
    when = DateField(error_messages={"required": "Enter the day"})
    why = forms.CharField(widget=forms.Textarea, max_length=10, required=False)

    reveals = {"visited": {"yes": ["when"]}}
    hints = {"visited": {"no": "You can still ask for it"}}
    dividers = {"visited": {"no": "or"}}


def form(**data: str) -> VisitForm:
    return VisitForm({"email": "sam@example.org", "visited": "no"} | data)


def question(bound: VisitForm, name: str) -> Field:
    return next(field for field in bound.questions() if field.name == name)


def test_a_widget_decides_the_template_and_its_attributes_go_along() -> None:
    email = question(form(), "email")
    assert (email.template, email.input_type, email.width) == (fields.INPUT, "email", 20)
    assert (email.autocomplete, email.spellcheck, email.hint) == ("email", False, "As on your letter")
    assert question(form(), "why").max_length == 10


def test_what_was_typed_stays_but_a_password_never_does() -> None:
    bound = form(password="Schoolbag-demo-2026", why="Because she likes it")
    html = "".join(str(bound[field.name].as_field_group()) for field in bound.questions())
    assert "sam@example.org" in html
    assert "Because she likes it" in html
    assert "Schoolbag-demo" not in html


def test_answers_to_choose_have_their_hints_and_words_between_them() -> None:
    yes, no = question(form(), "visited").items
    assert (yes.checked, no.checked, no.hint, no.divider) == (False, True, "You can still ask for it", "or")


def test_a_follow_up_stands_inside_the_answer_that_opens_it() -> None:
    bound = form()
    assert [field.name for field in bound.questions()] == ["email", "password", "visited", "why"]
    assert [field.name for field in question(bound, "visited").items[0].reveals] == ["when"]


def test_a_follow_up_that_was_not_asked_is_never_wrong() -> None:
    bound = form(visited="no", **{"when-day": "99"})
    assert bound.is_valid()
    assert bound.cleaned_data["when"] is None


def test_a_follow_up_that_was_asked_must_be_answered() -> None:
    bound = form(visited="yes")
    assert bound.error_list() == [("id_when-day", "Enter the day")]


def test_the_summary_has_the_words_of_the_fields_in_their_order() -> None:
    bound = form(email="", visited="", why="Far too long for ten")
    assert [place for place, _message in bound.error_list()] == ["id_email", "id_visited", "id_why"]
    assert bound.error_list()[0][1] == question(bound, "email").error


def test_what_concerns_the_whole_form_leads_to_its_first_box() -> None:
    bound = form()
    bound.add_error(None, "The email address or password is not right")
    assert bound.error_list() == [("id_email", "The email address or password is not right")]


def test_a_field_can_be_the_heading_of_its_page() -> None:
    class OnePage(VisitForm):
        page_heading = "email"

    email = question(OnePage(), "email")
    assert (email.page_heading, email.size) == (True, "l")


def test_a_widget_without_a_template_is_refused() -> None:
    class Odd(GovukForm):
        when = forms.DateTimeField(widget=forms.SplitDateTimeWidget)

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        Odd().questions()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        pytest.param(["27", "", ""], ["month", "year"], id="no month and no year"),
        pytest.param(["31", "2", "2026"], ["day", "month", "year"], id="31 February"),
        pytest.param(["x", "2", "2026"], ["day", "month", "year"], id="letters"),
        pytest.param(["1", "1", "99999999999"], ["day", "month", "year"], id="a year without end"),
        pytest.param(["", "", ""], ["day", "month", "year"], id="nothing"),
    ],
)
def test_a_date_marks_the_boxes_that_are_wrong(typed: list[str], wrong: list[str]) -> None:
    day, month, year = typed
    bound = form(visited="yes", **{"when-day": day, "when-month": month, "when-year": year})
    when = question(bound, "visited").items[0].reveals[0]
    assert when.error
    assert [part.name.removeprefix("when-") for part in when.parts if part.error] == wrong
    assert [part.value for part in when.parts] == typed


def test_a_date_is_read_from_its_three_boxes_and_shown_in_them() -> None:
    bound = form(visited="yes", **{"when-day": "27", "when-month": " 3", "when-year": "2026"})
    assert bound.is_valid()
    assert bound.cleaned_data["when"] == dt.date(2026, 3, 27)
    shown = VisitForm(initial={"visited": "yes", "when": dt.date(2026, 3, 27)})
    assert [part.value for part in question(shown, "visited").items[0].reveals[0].parts] == [
        "27",
        "3",
        "2026",
    ]
