"""The form editor in the admin: who may, what it shows, and that a draft always saves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from forms_engine import preview
from forms_engine.blocks import common_boxes
from forms_engine.editor import ChecksPanel
from forms_engine.field_blocks import DayBlock
from forms_engine.models import FormDefinition
from forms_engine.streams import from_stream
from forms_engine.types import question_types
from tests.forms_engine.editing import draft, form_of, posted, published, question, small

pytestmark = pytest.mark.django_db

INDEX = "wagtailsnippets_forms_engine_formdefinition"
SignedIn = Callable[[User], Client]


def url(page: str, *arguments: object) -> str:
    return reverse(f"{INDEX}:{page}", args=arguments)


def shown(response: Any) -> str:
    text: str = response.content.decode()
    return text


def publish_by_hand(client: Client, form: FormDefinition, data: dict[str, Any]) -> Any:
    """The editor's "Publish", pressed."""
    fields = posted(data) | {"action-publish": "action-publish"}
    return client.post(url("edit", form.pk), fields, follow=True)


def test_an_editor_finds_the_forms_with_their_state_and_version(erin: Client) -> None:
    published(small())
    form_of(small() | {"slug": "new", "title": "New form"})

    answer = erin.get(url("list"))

    listed = [(form.title, form.status_string, form.newest_version) for form in answer.context["object_list"]]
    assert listed == [("New form", "draft", None), ("Small form", "live", 1)]
    assert "Small form" in shown(answer)


@pytest.mark.parametrize("person", ["casey_worker", "morgan_manager", "sam_parent", "harper_head"])
@pytest.mark.parametrize("page", ["list", "add", "edit", "delete", "copy", "history"])
def test_nobody_but_editors_works_on_forms(
    page: str, person: str, signed_in_client: SignedIn, request: pytest.FixtureRequest
) -> None:
    form = form_of(small())
    client = signed_in_client(request.getfixturevalue(person))
    arguments = [] if page in ("list", "add") else [form.pk]

    for answer in (client.get(url(page, *arguments)), client.post(url(page, *arguments), posted(small()))):
        assert answer.status_code in (302, 403, 404)
        assert "Where should" not in shown(answer)
    assert FormDefinition.objects.count() == 1


def test_a_caseworker_is_not_told_what_is_wrong_with_a_form(
    signed_in_client: SignedIn, casey_worker: User
) -> None:
    form = form_of(small())

    answer = signed_in_client(casey_worker).get(reverse("forms_engine_checks", args=[form.pk]))

    assert answer.status_code == 404


def test_an_editor_rewords_a_question_and_publishes(erin: Client) -> None:
    form = published(small())
    reworded = small()
    question(reworded, "where")["label"] = "Where would you like {child} to learn?"

    publish_by_hand(erin, form, reworded)

    newest = form.live_version()
    assert newest is not None
    assert newest.number == 2
    assert question(newest.content, "where")["label"] == "Where would you like {child} to learn?"


def test_saving_a_form_in_the_editor_changes_nothing_that_was_not_changed(erin: Client) -> None:
    form = published(small())

    publish_by_hand(erin, form, small())

    assert form.versions.count() == 1


def test_a_faulty_form_is_saved_but_not_published_and_the_message_leads_to_the_fault(erin: Client) -> None:
    form = published(small())
    faulty = small()
    question(faulty, "seen")["label"] = ""

    page = publish_by_hand(erin, form, faulty)

    assert "Saved as a draft, but not published: 1 thing has to be put right first." in shown(page)
    assert 'href="#block-seen-section:label"' in shown(page)
    assert form.versions.count() == 1
    kept = FormDefinition.objects.get(pk=form.pk).get_latest_revision_as_object()
    assert kept.body[0].value["steps"][1].value["questions"][0].value["label"] == ""


def test_words_of_an_editor_are_never_html_in_the_message(erin: Client) -> None:
    faulty = small()
    faulty["sections"][0]["steps"][1] |= {"title": "<img src=x>", "show_if": {"question": "no", "op": "is"}}

    page = shown(publish_by_hand(erin, form_of(faulty), faulty))

    assert "<img src=x>" not in page
    assert escape("<img src=x>") in page


def test_publishing_a_new_form_that_is_not_ready_keeps_it_as_a_draft(erin: Client) -> None:
    empty = {"slug": "empty", "title": "Empty", "reference_prefix": "EMP", "sections": []}

    answer = erin.post(url("add"), posted(empty) | {"action-publish": "action-publish"}, follow=True)

    form = FormDefinition.objects.get(slug="empty")
    assert "not published" in shown(answer)
    assert not form.live


@pytest.mark.parametrize("path", ["one", "new"])
def test_a_draft_always_saves_whatever_state_it_is_in(path: str, erin: Client) -> None:
    form = form_of(small())
    faulty = small()
    question(faulty, "where").update({"label": "", "options": [{"id": "x", "label": ""}]})
    faulty["sections"][0]["title"] = ""
    faulty["sections"][0]["steps"][1] |= {"title": "", "show_if": {"question": "", "op": "is", "value": ""}}
    faulty["sections"][0]["steps"].pop()
    where = url("edit", form.pk) if path == "one" else url("add")
    fields = posted(faulty if path == "one" else faulty | {"slug": "another"})

    answer = erin.post(where, fields, headers={"accept": "application/json"})

    assert answer.status_code == 200
    assert answer.json()["success"]


@pytest.mark.parametrize("rubbish", ["{", "[1", "null", '"text"', "7", "[[]]", '{"all": 3}', '{"all": []}'])
def test_a_draft_saves_and_shows_whatever_stands_in_a_condition(rubbish: str, erin: Client) -> None:
    form = form_of(small())
    name = "body-0-value-steps-1-value-show_if"

    answer = erin.post(url("edit", form.pk), posted(small()) | {name: rubbish})

    assert answer.status_code == 302
    assert erin.get(url("edit", form.pk)).status_code == 200


@pytest.mark.parametrize("rubbish", ["{", "7", "[1]", "{}", '[{"id": 3}]', '[{"id": "a", "reveals": [[]]}]'])
def test_a_draft_saves_and_shows_whatever_stands_among_the_answers(rubbish: str, erin: Client) -> None:
    form = form_of(small())
    name = "body-0-value-steps-0-value-questions-0-value-options"

    answer = erin.post(url("edit", form.pk), posted(small()) | {name: rubbish})

    assert answer.status_code == 302
    assert erin.get(url("edit", form.pk)).status_code == 200


def test_a_form_that_was_published_cannot_be_deleted_even_by_an_administrator(
    signed_in_client: SignedIn, admin: User
) -> None:
    form = published(small())
    client = signed_in_client(admin)
    bulk = reverse("wagtail_bulk_action", args=["forms_engine", "formdefinition", "delete"])

    answers = [client.post(url("delete", form.pk)), client.post(f"{bulk}?id={form.pk}")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert FormDefinition.objects.filter(pk=form.pk).exists()


def test_a_form_that_was_never_published_can_be_deleted(erin: Client) -> None:
    form = form_of(small())

    erin.post(url("delete", form.pk))

    assert not FormDefinition.objects.filter(pk=form.pk).exists()


def test_the_short_name_of_a_published_form_stays(erin: Client) -> None:
    form = published(small())

    page = erin.post(url("edit", form.pk), posted(small()) | {"slug": "another"})

    form.refresh_from_db()
    assert form.slug == "small"
    assert "it cannot change any more" in shown(page)


def test_a_copy_begins_with_a_name_of_its_own(erin: Client) -> None:
    form = published(small())

    page = shown(erin.get(url("copy", form.pk)))

    assert 'value="Copy of Small form"' in page
    assert 'value="small-copy"' in page


def test_a_copy_has_all_of_the_newest_draft_and_leaves_its_source_alone(erin: Client) -> None:
    form = published(small())
    newest = small() | {"translations": {"cy": {"title": "Ffurflen fach"}}}
    question(newest, "seen")["label"] = "Did you look at it?"
    draft(form, newest)

    page = erin.get(url("copy", form.pk))
    erin.post(page.context["action_url"], posted(newest) | {"title": "Mine", "slug": "mine"})

    copy = FormDefinition.objects.get(slug="mine")
    assert from_stream(copy) == newest | {"title": "Mine", "slug": "mine"}
    assert not copy.live
    form.refresh_from_db()
    assert form.title == "Small form"
    assert form.live


def test_what_is_in_the_way_can_be_asked_for_after_each_save(erin: Client) -> None:
    faulty = small()
    question(faulty, "seen")["label"] = ""
    form = form_of(faulty)

    page = shown(erin.get(reverse("forms_engine_checks", args=[form.pk])))

    assert "1 thing has to be put right" in page
    assert 'href="#block-seen-section:label"' in page


def test_a_new_form_has_other_ways_to_look_at_it_as_soon_as_it_has_saved_itself(erin: Client) -> None:
    form = form_of(small())

    page = shown(erin.get(url("edit", form.pk), {"_w_hydrate_create_view": "1"}))

    tools = page.partition('data-w-teleport-target-value=".portal-tools"')[2].partition("</template>")[0]
    assert url("journey", form.pk) in tools
    assert url("insert", form.pk) in tools


def test_the_page_of_guidance_is_under_help_for_whoever_edits_forms(
    erin: Client, signed_in_client: SignedIn, casey_worker: User
) -> None:
    assert url("guide") in shown(erin.get("/admin/reports/site-history/"))
    assert url("guide") not in shown(signed_in_client(casey_worker).get("/admin/"))


def test_our_own_panel_costs_two_queries_however_long_the_form(erin_editor: User) -> None:
    form = form_of(small())
    request = RequestFactory().get("/")
    request.user = erin_editor
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ChecksPanel(form, request).get_context_data({})

    assert len(queries) == 2


def costs(client: Client, form: FormDefinition) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("edit", form.pk)).status_code == 200
    return len(queries)


def test_opening_a_long_form_costs_no_more_queries_than_a_short_one(erin: Client) -> None:
    long = small() | {"slug": "long"}
    first = long["sections"][0]["steps"][0]["questions"][1]
    more = [first | {"id": f"more-{number}"} for number in range(40)]
    long["sections"][0]["steps"][0]["questions"].extend(more)
    forms = form_of(small()), form_of(long)
    costs(erin, forms[0])

    assert costs(erin, forms[1]) <= costs(erin, forms[0])


def preview_page(client: Client, data: dict[str, Any], mode: str = "") -> str:
    """The live preview while `data` stands in the editor, unsaved."""
    where = url("preview_on_edit", form_of(small()).pk)
    client.post(where, posted(data))
    answer = client.get(f"{where}?mode={mode}")
    assert answer.status_code == 200
    return shown(answer)


def test_the_preview_shows_every_page_with_a_made_up_child(erin: Client) -> None:
    page = preview_page(erin, small())

    assert f"Where should {preview.CHILD} learn?" in page
    assert "Have you seen it?" in page
    assert "{child}" not in page


def test_the_preview_shows_what_is_typed_and_not_yet_saved(erin: Client) -> None:
    typed = small()
    question(typed, "seen")["label"] = "Have you been there?"

    assert "Have you been there?" in preview_page(erin, typed)


def test_the_preview_stands_what_is_unfinished(erin: Client) -> None:
    unfinished = small()
    for id in ("where", "seen"):
        question(unfinished, id)["label"] = ""
    question(unfinished, "where")["options"] = [{"id": "x", "label": "", "reveals": ["where", "gone"]}]
    unfinished["sections"][0]["title"] = ""

    page = preview_page(erin, unfinished)

    assert "Question without words" in page


def test_the_preview_of_a_page_that_was_deleted_meanwhile_shows_the_whole_form(erin: Client) -> None:
    form = form_of(small())
    request = RequestFactory().get("/")

    context = form.serve_preview(request, "gone").context_data
    assert context
    assert len(context["pages"]) == 3


def test_the_preview_offers_the_whole_form_and_each_page_and_begins_readable() -> None:
    form = form_of(small())

    modes = dict(form.preview_modes)
    assert list(modes) == ["", "place", "visits", "send"]
    assert modes["visits"] == "Section 1, page 2: Visits"
    assert form.default_preview_size == "mobile"


def test_a_new_question_stops_nobody_until_an_editor_says_that_it_must_be_answered() -> None:
    for name, block in (
        FormDefinition.body.field.stream_block.child_blocks["section"]
        .child_blocks["steps"]
        .child_blocks["questions"]
        .child_blocks["questions"]
        .child_blocks.items()
    ):
        if "level" in block.child_blocks:
            assert block.get_default()["level"] == "advised", name


@pytest.mark.parametrize(
    ("typed", "kept", "shown_as"),
    [
        ("3/4/2027", "2027-04-03", "3 April 2027"),
        ("3 April 2027", "2027-04-03", "3 April 2027"),
        pytest.param("31 2 2027", "31 2 2027", "31 2 2027", id="no day stays as it was typed"),
        ("", "", ""),
    ],
)
def test_a_day_is_typed_as_people_write_it_and_kept_as_the_engine_reads_it(
    typed: str, kept: str, shown_as: str
) -> None:
    box = DayBlock(required=False, label="Earliest day")

    assert box.value_from_form(typed) == kept
    assert box.get_form_state(kept) == shown_as


def test_a_choice_that_is_always_made_offers_no_empty_line() -> None:
    box = common_boxes(question_types.get("short_text"))["level"]

    assert [value for value, words in box.field.choices] == ["required", "advised", "optional"]
    assert box.value_from_form("") == "advised"
