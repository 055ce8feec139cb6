"""Before a form is published, its editor reads in words what that changes for families."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import start
from forms_engine.authoring.differences import differences
from forms_engine.definition import build
from forms_engine.models import Draft, FormDefinition
from tests.forms_engine.conftest import ask
from tests.forms_engine.editing import draft, form_of, published, question, small

Json = dict[str, Any]


def steps(data: Json) -> list[Json]:
    found: list[Json] = data["sections"][0]["steps"]
    return found


def page(client: Client, form: FormDefinition) -> str:
    url = reverse("wagtailsnippets_forms_engine_formdefinition:changes", args=[form.pk])
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.django_db
def test_a_form_that_was_never_published_is_all_new(erin: Client) -> None:
    assert "never published" in page(erin, form_of(small()))


@pytest.mark.django_db
def test_what_is_published_already_changes_nothing(erin: Client) -> None:
    assert "Nothing changes: the form is the same as version 1" in page(erin, published(small()))


@pytest.mark.django_db
def test_what_is_not_published_yet_is_listed_and_whoever_has_begun_is_counted(
    erin: Client, sam_parent: User, alex_parent: User, noor_stranger: User
) -> None:
    form = published(small())
    version = form.live_version()
    assert version is not None
    begun = [start.start(ask(version, person), timezone.now()) for person in (sam_parent, alex_parent)]
    start.start(ask(version, noor_stranger), timezone.now())
    Draft.objects.filter(pk=begun[0].pk).update(expires_at=timezone.now() - timedelta(days=1))
    edited = small()
    question(edited, "seen")["label"] = "Have you been there?"
    draft(form, edited)

    shown = page(erin, form)

    assert "1 thing differs from version 1" in shown
    assert "Was: <del>Have you seen it?</del> <br>Now: <ins>Have you been there?</ins>" in shown
    assert "2 forms are being filled in now. Whoever began one finishes it as it was." in shown


@pytest.mark.django_db
def test_a_draft_with_faults_can_be_compared_too(erin: Client) -> None:
    form = published(small())
    faulty = small()
    steps(faulty)[1] |= {"title": "", "show_if": {"question": "gone", "op": "is", "value": "x"}}
    draft(form, faulty)

    assert "Only when a question that was deleted is “x”." in page(erin, form)


@pytest.mark.django_db
def test_the_panel_that_says_that_nothing_is_in_the_way_leads_to_what_changes(erin: Client) -> None:
    form = published(small())
    checks = erin.get(reverse("forms_engine_checks", args=[form.pk])).content.decode()
    assert reverse("wagtailsnippets_forms_engine_formdefinition:changes", args=[form.pk]) in checks


AT_SCHOOL = "Only when “Where should Robin learn?” is “At a school”."
SAID: list[tuple[str, Callable[[Json], Any], tuple[str, str, str]]] = [
    (
        "a page that everybody sees now",
        lambda data: steps(data)[1].pop("show_if"),
        ("Asked of other people, or checked in another way: page “Visits”", AT_SCHOOL, ""),
    ),
    (
        "a question that has to be answered",
        lambda data: question(data, "seen").update(level="required"),
        ("Changed: question “Have you seen it?”", "Can be left out", "Must be answered"),
    ),
    (
        "another kind of answer",
        lambda data: question(data, "why-home").update(type="short_text"),
        ("Changed: question “Why at home?”", "Long text", "Short text"),
    ),
    (
        "a condition and a level at once are one line",
        lambda data: question(data, "seen").update(
            level="required", show_if={"question": "where", "op": "was-answered"}
        ),
        (
            "Asked of other people, or checked in another way: question “Have you seen it?”",
            "Can be left out",
            "Must be answered Only when “Where should Robin learn?” was answered.",
        ),
    ),
    (
        "an answer that not everybody is offered",
        lambda data: question(data, "seen").update(
            type="one_of",
            options=[
                {"id": "a", "label": "A", "show_if": {"question": "where", "op": "was-answered"}},
                {"id": "b", "label": "B"},
            ],
        ),
        ("Added: answer “A”", "", ""),
    ),
]


@pytest.mark.parametrize(
    ("change", "said"), [each[1:] for each in SAID], ids=[each[0].replace(" ", "-") for each in SAID]
)
def test_each_change_is_said_in_words_with_what_was_and_what_is(
    change: Callable[[Json], Any], said: tuple[str, str, str]
) -> None:
    edited = small()
    change(edited)
    lines = differences(build(small()), build(edited))
    assert said in [tuple(line) for line in lines]
    assert len([line for line in lines if line.said == said[0]]) == 1


def test_a_row_of_a_table_is_called_by_its_words() -> None:
    def table(*rows: str) -> Any:
        data = small()
        question(data, "seen").update(
            type="grid",
            config={
                "rows": [{"id": f"id-{row.lower()}", "label": row} for row in rows],
                "columns": [{"id": "am", "label": "Morning"}],
            },
        )
        return build(data)

    (line,) = differences(table("Monday", "Tuesday"), table("Monday"))
    assert line.said == "Removed: row “Tuesday”"
