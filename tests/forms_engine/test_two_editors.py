"""Two editors at one form, who may publish it, and what becomes of a form that is locked or planned."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.importing import standing
from forms_engine.models import FormDefinition
from forms_engine.streams import from_stream
from tests.forms_engine.editing import form_of, posted, published, question, small

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
INDEX = "wagtailsnippets_forms_engine_formdefinition"
SEEN = ("loaded_revision_id", "loaded_revision_created_at")


def url(page: str, form: FormDefinition) -> str:
    return reverse(f"{INDEX}:{page}", args=[form.pk])


@pytest.fixture
def erin(signed_in_client: SignedIn, erin_editor: User) -> Client:
    return signed_in_client(erin_editor)


@pytest.fixture
def other(signed_in_client: SignedIn, admin: User) -> Client:
    return signed_in_client(admin)


def seen_in(page: Any) -> dict[str, str]:
    """What the editor's page remembers of the draft that it was opened with."""
    text = page.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', text) for name in SEEN}
    return {name: match[1] for name, match in found.items() if match}


def worded(words: str) -> dict[str, Any]:
    data = small()
    question(data, "seen")["label"] = words
    return data


def label() -> str:
    form = standing("small")
    assert form is not None
    words: str = question(from_stream(form), "seen")["label"]
    return words


def test_complaint_15_the_second_editor_is_told_before_anything_is_lost(erin: Client, other: Client) -> None:
    form = form_of(small())
    mine, theirs = (seen_in(client.get(url("edit", form))) for client in (erin, other))
    assert set(mine) == set(SEEN)
    other.post(url("edit", form), posted(worded("Theirs?")) | theirs)

    refused = erin.post(url("edit", form), posted(worded("Mine?")) | mine)

    assert "somebody else has saved this form since you opened it" in refused.content.decode()
    assert "Mine?" in refused.content.decode()
    assert label() == "Theirs?"

    erin.post(url("edit", form), posted(worded("Mine?")) | seen_in(refused))

    assert label() == "Mine?"
    kept = [from_stream(revision.as_object()) for revision in form.revisions.all()]
    assert "Theirs?" in [question(data, "seen")["label"] for data in kept]


def test_complaint_15_what_saves_by_itself_never_covers_somebody_elses_work(
    erin: Client, other: Client
) -> None:
    form = form_of(small())
    mine, theirs = (seen_in(client.get(url("edit", form))) for client in (erin, other))
    other.post(url("edit", form), posted(worded("Theirs?")) | theirs)

    answer = erin.post(
        url("edit", form), posted(worded("Mine?")) | mine, headers={"accept": "application/json"}
    )

    assert answer.json()["success"] is False
    assert label() == "Theirs?"


def ping(client: Client, form: FormDefinition) -> Any:
    """What the editor's page asks every few seconds, and what it is told."""
    page = client.get(url("edit", form)).content.decode()
    found = re.search(r"/admin/editing-sessions/ping/[^\"]+", page)
    assert found
    return client.post(found[0]).json()


def test_the_second_editor_sees_that_somebody_else_is_there(erin: Client, other: Client, admin: User) -> None:
    form = form_of(small())

    ping(other, form)

    assert [session["user"] for session in ping(erin, form)["other_sessions"]] == [admin.full_name]


def test_a_form_that_is_locked_is_not_changed_by_others(erin: Client, admin: User) -> None:
    form = form_of(small())
    FormDefinition.objects.filter(pk=form.pk).update(locked=True, locked_by=admin)

    erin.post(url("edit", form), posted(worded("Mine?")))

    assert label() == "Have you seen it?"


@pytest.fixture
def author(signed_in_client: SignedIn, ari_author: User) -> Client:
    return signed_in_client(ari_author)


def test_an_author_writes_a_form_and_an_editor_approves_and_publishes_it(
    author: Client, erin: Client
) -> None:
    form = published(small())

    author.post(url("edit", form), posted(worded("Better?")) | {"action-publish": "action-publish"})

    assert label() == "Better?"
    assert form.versions.count() == 1
    assert "action-publish" not in author.get(url("edit", form)).content.decode()
    assert author.post(url("unpublish", form)).status_code in (302, 403)
    assert FormDefinition.objects.get(pk=form.pk).live

    fields = posted(worded("Better?")) | seen_in(erin.get(url("edit", form)))
    erin.post(url("edit", form), fields | {"action-publish": "action-publish"})

    assert form.versions.count() == 2


def test_an_author_sees_nothing_but_forms(author: Client) -> None:
    for path in (
        "/admin/casework/case/",
        "/admin/settings/core/councilsettings/",
        "/admin/forms_engine/submission/",
    ):
        assert author.get(path).status_code in (302, 403, 404)
