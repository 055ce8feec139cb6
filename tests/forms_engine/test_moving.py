"""Questions moved to another page, and pages to another section: ids and what they open go along."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.definition import build
from forms_engine.importing import standing
from forms_engine.rules.moving import NoSuchPlace, move_question, move_step
from forms_engine.streams import from_stream
from tests.forms_engine.editing import form_of, small

SignedIn = Callable[[User], Client]


def pages(data: dict[str, Any]) -> dict[str, list[str]]:
    form = build(data)
    return {step.id: [question.id for question in step.questions] for step in form.steps}


def two_sections() -> dict[str, Any]:
    data = small()
    steps = data["sections"][0]["steps"]
    data["sections"].append({"id": "last", "title": "Last", "steps": steps[2:]})
    data["sections"][0]["steps"] = steps[:2]
    return data


def test_a_question_goes_to_another_page_with_the_questions_that_it_opens() -> None:
    data = small()

    move_question(data, "where", "visits")

    assert pages(data) == {"place": [], "visits": ["seen", "where", "why-home"], "send": []}


def test_a_page_goes_to_another_section_before_the_page_that_sends_the_form() -> None:
    data = two_sections()

    move_step(data, "visits", "last")

    assert [[step["id"] for step in section["steps"]] for section in data["sections"]] == [
        ["place"],
        ["visits", "send"],
    ]


@pytest.mark.parametrize(("what", "where"), [("gone", "visits"), ("where", "gone")])
def test_what_is_not_there_cannot_be_moved(what: str, where: str) -> None:
    with pytest.raises(NoSuchPlace):
        move_question(small(), what, where)
    with pytest.raises(NoSuchPlace):
        move_step(small(), what, where)


@pytest.mark.django_db
def test_an_editor_moves_a_question_and_comes_back_to_it(
    erin_editor: User, signed_in_client: SignedIn
) -> None:
    form, erin = form_of(small()), signed_in_client(erin_editor)
    url = reverse("wagtailsnippets_forms_engine_formdefinition:move", args=[form.pk])

    assert "Where should Robin learn?" in erin.get(url).content.decode()
    answer = erin.post(url, {"kind": "question", "what": "seen", "where": "place"})

    assert answer["Location"].endswith("#block-seen-section")
    moved = standing("small")
    assert moved is not None
    assert pages(from_stream(moved)) == {"place": ["where", "why-home", "seen"], "visits": [], "send": []}
    assert erin.post(url, {"kind": "page", "what": "gone", "where": "about"}).status_code == 404
