"""Pages that another app makes, in a form: what publishing demands, how far one is, and where it has no place."""

import copy
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, RequestFactory

from forms_engine.authoring.paper import Print, paper_data
from forms_engine.definition import build, to_json
from forms_engine.rules.journey import State, StepStore, walk
from forms_engine.rules.structure import check
from forms_engine.wording import wording_for
from tests.forms_engine.editing import small
from tests.forms_engine.sound import KNOWN, SOUND, Json
from tests.forms_engine.test_trial import Tried

TODAY = dt.date(2026, 10, 20)
HAS_PAGES = replace(KNOWN, step_plugins={"an-app.asks": False, "an-app.sends": True})
ASKS = {"id": "secret", "kind": "plugin", "title": "A secret", "plugin": "an-app.asks"}
SENDS = {"id": "proof", "kind": "plugin", "title": "A code", "plugin": "an-app.sends"}


def with_pages(*, first: Json = ASKS, last: Json | None = None) -> Json:
    """A sound form that begins with a page of another app, and ends with one where `last` is given."""
    data = copy.deepcopy(SOUND)
    data["sections"][0]["steps"].insert(0, copy.deepcopy(first))
    if last:
        data["sections"][1]["steps"][-1] = copy.deepcopy(last)
    return data


def found(data: Json) -> list[tuple[str, str]]:
    return [(fault.path, fault.message) for fault in check(build(data), HAS_PAGES)]


def test_a_form_may_have_such_pages_and_be_sent_from_one() -> None:
    assert found(with_pages()) == []
    assert found(with_pages(last=SENDS)) == []


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (with_pages(first=ASKS | {"plugin": "nobody.made-it"}), ".plugin", "no page is registered"),
        (with_pages(first=ASKS | {"plugin": ""}), ".plugin", "names a page of another app"),
        (with_pages(first=SENDS), ".kind", "only the last step"),
        (with_pages(last=ASKS | {"id": "last"}), "$.sections", "nobody can send the form"),
    ],
)
def test_what_cannot_be_is_found(data: Json, path: str, words: str) -> None:
    assert any(place.endswith(path) and words in message for place, message in found(data))


def test_such_a_page_has_no_questions_of_the_forms_own() -> None:
    asks = {"id": "more", "type": "short_text", "label": "More?"}
    messages = [message for _path, message in found(with_pages(first=ASKS | {"questions": [asks]}))]
    assert messages == ["a page of another app has no questions of the form's own"]


def test_the_json_keeps_which_page_it_is() -> None:
    form = build(with_pages(last=SENDS))
    assert build(to_json(form)) == form


def test_until_its_app_says_that_it_is_done_nobody_can_send_the_form() -> None:
    form = build({"sections": [{"id": "one", "title": "One", "steps": [ASKS, SENDS]}]})
    before = walk(form, {}, TODAY)
    assert [step.state for step in before.path] == [State.NOT_STARTED, State.NOT_STARTED]
    half = walk(form, {("secret", ""): StepStore()}, TODAY)
    assert half.path[0].state is State.DONE
    assert (half.first_open(), half.is_complete) == (form.steps[1], False)
    assert walk(form, {("secret", ""): StepStore(), ("proof", ""): StepStore()}, TODAY).is_complete


@pytest.mark.django_db
def test_the_form_on_paper_goes_without_it() -> None:
    data = paper_data(build(with_pages()), wording_for({}), Print.NORMAL, RequestFactory().get("/"))
    assert "A secret" not in [step["title"] for section in data["sections"] for step in section["steps"]]


@pytest.mark.django_db
def test_an_editor_who_tries_the_form_out_is_told_and_goes_on(erin: Client) -> None:
    data: Any = small()
    page = {
        "id": "sign-in",
        "kind": "plugin",
        "title": "Sign-in details",
        "plugin": "accounts.sign-in-details",
    }
    data["sections"][0]["steps"].insert(0, page)
    tried = Tried(erin, data)
    assert "cannot be tried out here" in tried.see("sign-in")
    assert tried.answer("sign-in") == f"{data['sections'][0]['steps'][1]['id']}/"
