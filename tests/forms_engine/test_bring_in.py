"""Forms as files in the admin: saved, compared, and brought in."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.definition import build, to_json
from forms_engine.importing import standing
from forms_engine.models import FormDefinition
from forms_engine.streams import from_stream
from tests.forms_engine.documented import example
from tests.forms_engine.editing import draft, form_of, published, question, small

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
FORMS = "wagtailsnippets_forms_engine_formdefinition"
BRING_IN = reverse(f"{FORMS}:bring_in")


@pytest.fixture
def erin(signed_in_client: SignedIn, erin_editor: User) -> Client:
    return signed_in_client(erin_editor)


def a_file(data: Any) -> SimpleUploadedFile:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return SimpleUploadedFile("form.json", content, content_type="application/json")


def reworded() -> dict[str, Any]:
    data = small()
    question(data, "seen")["label"] = "Have you been there?"
    del data["sections"][0]["steps"][0]["questions"][1]
    del question(data, "where")["options"][1]["reveals"]
    return data


def current() -> dict[str, Any]:
    form = standing("small")
    assert form is not None
    return from_stream(form)


def confirm(client: Client, data: Any, looked_at: HttpResponse | None = None) -> HttpResponse:
    """Choose a file, look at what it changes, and press "Save it as a draft"."""
    shown = looked_at or client.post(BRING_IN, {"file": a_file(data)})
    hidden = {name: shown.context[name] for name in ("data", "compared")}
    return client.post(BRING_IN, {**hidden, "confirm": "1"})


def exported(client: Client, form: FormDefinition) -> Any:
    answer = client.get(reverse(f"{FORMS}:export", args=[form.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{form.slug}.json"'
    return answer.json()


def test_a_form_is_saved_as_the_file_that_the_command_prints(erin: Client) -> None:
    assert exported(erin, form_of(small())) == to_json(build(small()))


def test_a_file_shows_what_it_changes_before_anything_is_saved(erin: Client) -> None:
    form = published(small())
    revisions = form.revisions.count()

    page = " ".join(erin.post(BRING_IN, {"file": a_file(reworded())}).content.decode().split())

    assert "Removed: question “Why at home?”" in page
    assert "<del>Have you seen it?</del>" in page
    assert "<ins>Have you been there?</ins>" in page
    assert form.revisions.count() == revisions
    assert current() == small()


def test_what_was_shown_is_saved_as_a_draft_under_the_editors_name(erin: Client, erin_editor: User) -> None:
    form = published(small())

    confirm(erin, reworded())

    assert current() == reworded()
    assert form.revisions.order_by("-pk").first().user == erin_editor
    assert form.versions.count() == 1


@pytest.mark.parametrize("tried", [reworded(), example()], ids=["small", "a bit of everything"])
def test_complaint_11_a_form_moves_from_a_test_site_to_the_live_one_and_arrives_the_same(
    tried: Any, erin: Client
) -> None:
    """Saved there, brought in here: nothing differs, and bringing it in again changes nothing."""
    form = form_of(tried)
    file = exported(erin, form)
    assert file == to_json(build(tried))
    draft(form, small() | {"slug": tried["slug"]})

    confirm(erin, file)
    page = erin.post(BRING_IN, {"file": a_file(file)}).content.decode()

    assert exported(erin, form) == file
    assert "The file and the form are the same." in page


def test_a_file_of_a_form_that_is_not_there_makes_a_new_one(erin: Client) -> None:
    assert "a new one is made" in erin.post(BRING_IN, {"file": a_file(small())}).content.decode()

    confirm(erin, small())

    assert current() == small()
    assert not FormDefinition.objects.get(slug="small").live


def test_edits_that_nobody_has_published_are_pointed_at_before_they_are_covered(erin: Client) -> None:
    form = published(small())
    edited = small()
    edited["sections"][0]["title"] = "Unpublished"
    draft(form, edited)

    assert (
        "changes that nobody has published"
        in erin.post(BRING_IN, {"file": a_file(reworded())}).content.decode()
    )


def test_what_a_colleague_saved_since_the_look_is_compared_before_it_is_covered(erin: Client) -> None:
    form = published(small())
    looked_at = erin.post(BRING_IN, {"file": a_file(reworded())})
    draft(form, small() | {"title": "Two hours of a colleague's work"})

    again = confirm(erin, reworded(), looked_at)

    page = again.content.decode()
    assert "somebody else has saved this form since you looked" in page
    assert "<del>Two hours of a colleague" in page
    assert current()["title"] == "Two hours of a colleague's work"

    confirm(erin, reworded(), again)
    assert current() == reworded()


def test_a_form_that_somebody_made_since_the_look_is_compared_too(erin: Client) -> None:
    looked_at = erin.post(BRING_IN, {"file": a_file(reworded())})
    form_of(small())

    assert "since you looked" in confirm(erin, reworded(), looked_at).content.decode()
    assert current() == small()


def test_a_file_that_is_larger_than_any_form_is_not_read(erin: Client) -> None:
    answer = erin.post(BRING_IN, {"file": a_file(b" " * 2_000_001)})

    assert answer.status_code == 422
    assert "the file is larger than 2 MB" in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'{"slug": "x"}', b"\xff", b"[" + b"1" * 5000 + b"]"],
    ids=["cut", "list", "empty", "no text", "a number without end"],
)
def test_a_file_that_is_no_form_is_refused_with_every_fault(content: bytes, erin: Client) -> None:
    answer = erin.post(BRING_IN, {"file": a_file(content)})

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert not FormDefinition.objects.exists()


def test_faults_are_found_again_when_somebody_changes_what_was_shown(erin: Client) -> None:
    faulty = small() | {"sections": []}

    assert erin.post(BRING_IN, {"data": json.dumps(faulty), "confirm": "1"}).status_code == 422
    assert not FormDefinition.objects.exists()


@pytest.mark.parametrize("person", ["casey_worker", "morgan_manager"])
def test_nobody_but_editors_brings_in_or_saves_a_form(
    person: str, signed_in_client: SignedIn, request: pytest.FixtureRequest
) -> None:
    form = form_of(small())
    client = signed_in_client(request.getfixturevalue(person))

    assert client.get(reverse(f"{FORMS}:export", args=[form.pk])).status_code == 404
    assert client.post(BRING_IN, {"data": json.dumps(reworded()), "confirm": "1"}).status_code == 404
    assert current() == small()


def test_the_list_of_forms_leads_to_the_guide_and_to_bringing_in_a_form(erin: Client) -> None:
    page = erin.get(reverse(f"{FORMS}:list")).content.decode()

    assert BRING_IN in page
    assert reverse(f"{FORMS}:guide") in page
    assert "20 minutes" in erin.get(reverse(f"{FORMS}:guide")).content.decode()
