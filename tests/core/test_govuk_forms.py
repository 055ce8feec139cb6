"""Django's forms, drawn by the question templates."""

import pytest
from django import forms

from core.govuk import fields
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
    why = forms.CharField(widget=forms.Textarea, max_length=10, required=False)


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


def test_the_answer_that_was_chosen_stays_chosen() -> None:
    yes, no = question(form(), "visited").items
    assert (yes.checked, no.checked) == (False, True)


def test_the_summary_has_the_words_of_the_fields_in_their_order() -> None:
    bound = form(email="", visited="", why="Far too long for ten")
    assert [place for place, _message in bound.error_list()] == ["id_email", "id_visited", "id_why"]
    assert bound.error_list()[0][1] == question(bound, "email").error


def test_what_concerns_the_whole_form_leads_to_its_first_box() -> None:
    bound = form()
    bound.add_error(None, "The email address or password is not right")
    assert bound.error_list() == [("id_email", "The email address or password is not right")]


def test_a_widget_without_a_template_is_refused() -> None:
    class Odd(GovukForm):
        when = forms.DateTimeField(widget=forms.SplitDateTimeWidget)

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        Odd().questions()
