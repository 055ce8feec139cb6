"""The pages beside the form editor: the whole form to read, and the way through it as a picture and in words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.authoring.words import Words
from forms_engine.definition import build
from forms_engine.models import FormDefinition
from forms_engine.rules import condition_json
from forms_engine.wording import wording_for
from tests.forms_engine.editing import draft, form_of, published, question, small
from tests.forms_engine.sample import SAMPLE

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SHOWN_AT_SCHOOL = "Only when “Where should Robin learn?” is “At a school”."


def url(page: str, form: FormDefinition) -> str:
    return reverse(f"wagtailsnippets_forms_engine_formdefinition:{page}", args=[form.pk])


@pytest.fixture
def erin(signed_in_client: SignedIn, erin_editor: User) -> Client:
    return signed_in_client(erin_editor)


def text(client: Client, page: str, form: FormDefinition) -> str:
    answer = client.get(url(page, form))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("page", ["whole", "journey", "changes"])
@pytest.mark.parametrize("person", ["casey_worker", "morgan_manager", "sam_parent"])
def test_nobody_but_editors_reads_a_form_that_is_not_published(
    page: str, person: str, signed_in_client: SignedIn, request: pytest.FixtureRequest
) -> None:
    answer = signed_in_client(request.getfixturevalue(person)).get(url(page, form_of(small())))

    assert answer.status_code in (302, 403, 404)
    assert "Where should" not in answer.content.decode()


def test_the_whole_form_stands_on_one_page_with_its_conditions_in_words(erin: Client) -> None:
    page = text(erin, "whole", form_of(small()))

    assert "Where should Robin learn?" in page
    assert SHOWN_AT_SCHOOL in page
    assert "Opens under the answer “At home” to “Where should Robin learn?”." in page
    assert "Should be answered" in page


def test_the_whole_form_is_that_of_the_newest_draft(erin: Client) -> None:
    form = published(small())
    edited = small()
    question(edited, "seen")["label"] = "Have you been there?"
    draft(form, edited)

    page = text(erin, "whole", form)

    assert "Have you been there?" in page
    assert "With changes that are not published yet." in page


def test_the_words_of_an_editor_are_never_html(erin: Client) -> None:
    nasty = small()
    question(nasty, "where")["label"] = "<script>x</script>"
    nasty["sections"][0]["steps"][0]["title"] = "<script>y</script>"

    for page in ("whole", "journey"):
        assert "<script>x" not in text(erin, page, form_of(nasty))
        assert "<script>y" not in text(erin, page, form_of(nasty))


@pytest.mark.parametrize("page", ["whole", "journey"])
def test_a_form_in_any_state_can_be_looked_at(page: str, erin: Client) -> None:
    faulty = small()
    faulty["sections"][0]["title"] = ""
    faulty["sections"][0]["steps"][1] |= {
        "title": "",
        "show_if": {"question": "gone", "op": "is", "value": "x"},
    }
    question(faulty, "where").update({"label": "", "options": []})

    assert "a question that was deleted" in text(erin, page, form_of(faulty))


def test_the_picture_leads_to_each_page_in_the_editor_and_says_the_same_in_words(erin: Client) -> None:
    form = form_of(small())

    page = text(erin, "journey", form)

    for step in ("place", "visits", "send"):
        # Once in the picture, once in words.
        assert page.count(f'href="{url("edit", form)}#block-{step}-section"') == 2
    assert "Only when “Where should Robin learn?” is “At a school”" in page
    assert "(2 questions)" in page


def test_the_editor_leads_to_these_pages(erin: Client) -> None:
    form = form_of(small())
    page = text(erin, "edit", form)

    assert url("whole", form) in page
    assert url("journey", form) in page
    assert erin.get(reverse("wagtailsnippets_forms_engine_formdefinition:add")).status_code == 200


SAID = [
    ({"question": "where", "op": "is", "value": "home"}, "“Where should Robin learn?” is “At home”"),
    ({"question": "email", "op": "was-answered"}, "“Your email address” was answered"),
    (
        {"question": "where", "op": "is-one-of", "value": ["school", "home"]},
        "“Where should Robin learn?” is one of “At a school” or “At home”",
    ),
    (
        {"question": "born", "op": "before", "value": "2010-09-01"},
        "“When was Robin born?” is before 1 September 2010",
    ),
    (
        {"question": "born", "op": "after", "value": {"today": {"years": -16}}},
        "“When was Robin born?” is after today less 16 years",
    ),
    (
        {"question": "born", "op": "age-at-least", "value": 18},
        "“When was Robin born?” is so long ago that the age is at least 18",
    ),
    (
        {"not": {"question": "seen", "op": "is", "value": "yes"}},
        "it is not so that “Have you seen the school?” is “Yes”",
    ),
    (
        {
            "any": [
                {"question": "email", "op": "was-answered"},
                {
                    "all": [
                        {"question": "seen", "op": "is", "value": "no"},
                        {"question": "where", "op": "is", "value": "school"},
                    ]
                },
            ]
        },
        (
            "“Your email address” was answered or (“Have you seen the school?” is “No” and "
            "“Where should Robin learn?” is “At a school”)"
        ),
    ),
    (
        {"items": "choices", "op": "more-than", "value": 2},
        "the number of answers in “The schools you want” is more than 2",
    ),
    (
        {"any_item": "choices", "has": {"question": "school-why", "op": "was-answered"}},
        "in at least one answer of “The schools you want”, “Why is it right for Robin?” was answered",
    ),
    ({"question": "gone", "op": "was-answered"}, "a question that was deleted was answered"),
]


@pytest.mark.parametrize(("data", "said"), SAID)
def test_a_condition_is_said_in_words_without_an_id(data: dict[str, Any], said: str) -> None:
    words = Words(build(SAMPLE), wording_for({"child": "Robin"}))

    assert words.condition(condition_json.read(data)) == said


def test_questions_that_are_worded_alike_are_told_apart_by_their_page() -> None:
    alike = small()
    question(alike, "seen")["label"] = question(alike, "where")["label"]
    words = Words(build(alike), wording_for({"child": "Robin"}))

    assert words.question("seen") == "“Where should Robin learn?” (page “Visits”)"
