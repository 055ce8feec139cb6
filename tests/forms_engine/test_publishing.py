"""Publishing a form: checked, frozen into a version, refused with what has to be put right."""

import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from core.models import OutboxItem
from forms_engine import start
from forms_engine.definition import build, digest, to_json
from forms_engine.models import FormDefinition, FormVersion
from forms_engine.models.definitions import FrozenVersionError
from forms_engine.publishing import IN_EDITORS_WORDS, UnsoundFormError, check, check_data
from forms_engine.rules import structure
from forms_engine.versions import spec_of
from tests.forms_engine.conftest import ask
from tests.forms_engine.editing import draft, form_of, published, question, small

pytestmark = pytest.mark.django_db


def newest(form: FormDefinition) -> FormVersion:
    version = form.live_version()
    assert version is not None
    return version


def test_publishing_freezes_the_form_into_a_numbered_version() -> None:
    version = newest(published(small()))

    assert version.number == 1
    assert version.content == to_json(build(small()))
    assert version.digest == digest(version.content)


def test_a_form_that_was_never_published_has_no_version() -> None:
    assert form_of(small()).live_version() is None


def test_publishing_the_same_form_again_makes_no_new_version() -> None:
    form = published(small())

    draft(form, small()).publish()

    assert [version.number for version in form.versions.all()] == [1]


def test_each_change_that_is_published_makes_the_next_version() -> None:
    form = published(small())
    reworded = small()
    question(reworded, "where")["label"] = "Where would you like {child} to learn?"

    draft(form, reworded).publish()

    version = newest(form)
    assert version.number == 2
    assert spec_of(version.pk).question("where").label == "Where would you like {child} to learn?"


@pytest.mark.capability("B32")
def test_whoever_is_half_way_keeps_the_form_as_it_was_and_the_next_one_gets_the_new(
    sam_parent: User, alex_parent: User
) -> None:
    form = published(small())
    half_way = start.start(ask(newest(form), alex_parent), timezone.now())
    changed = small()
    question(changed, "where")["label"] = "Where would you like {child} to learn?"
    travel = {"id": "travel", "type": "yes_no", "label": "Can you travel?", "level": "optional"}
    asked_at_school = {"question": "where", "op": "is", "value": "at-school"}
    changed["sections"][0]["steps"][1]["questions"].append(travel | {"show_if": asked_at_school})

    draft(form, changed).publish()
    next_one = start.start(ask(newest(form), sam_parent), timezone.now())

    half_way.refresh_from_db()
    assert spec_of(half_way.version_id).question("where").label == "Where should {child} learn?"
    assert "travel" not in spec_of(half_way.version_id).step_of
    assert spec_of(next_one.version_id).question("travel").label == "Can you travel?"


def test_a_draft_of_a_form_changes_nothing_for_families() -> None:
    form = published(small())
    changed = small()
    question(changed, "where")["label"] = "Something else"

    draft(form, changed)

    version = newest(form)
    assert (version.number, spec_of(version.pk).question("where").label) == (1, "Where should {child} learn?")


def _without_words(data: dict[str, Any]) -> None:
    question(data, "seen")["label"] = ""


def _without_a_title(data: dict[str, Any]) -> None:
    data["sections"][0]["steps"][1]["title"] = ""


def _without_an_end(data: dict[str, Any]) -> None:
    data["sections"][0]["steps"].pop()


def _looking_ahead(data: dict[str, Any]) -> None:
    steps = data["sections"][0]["steps"]
    steps[0], steps[1] = steps[1], steps[0]


def _unfinished(data: dict[str, Any]) -> None:
    data["sections"][0]["steps"][1]["show_if"] = {"question": "where", "op": "is", "value": ""}


def _to_nothing(data: dict[str, Any]) -> None:
    data["sections"][0]["steps"][1]["show_if"] = {"question": "gone", "op": "was-answered"}


def _with_one_answer(data: dict[str, Any]) -> None:
    del question(data, "where")["options"][0]


def _linked_by_number(data: dict[str, Any]) -> None:
    text = '<p>See <a linktype="page" id="3">help</a>.</p>'
    guide = {"id": "guide", "type": "guidance", "label": "", "level": "optional", "config": {"text": text}}
    data["sections"][0]["steps"][0]["questions"].append(guide)


@pytest.mark.parametrize(
    ("spoil", "where", "words", "block"),
    [
        pytest.param(
            _without_words,
            "About {child} > Visits > question without words",
            "no words yet",
            "seen",
            id="a question without words",
        ),
        pytest.param(
            _without_a_title,
            "About {child} > page without a title",
            "no words yet",
            "visits",
            id="a page without a title",
        ),
        pytest.param(
            _without_an_end, "The form", "“Check answers and send”", "about", id="no page that sends it"
        ),
        pytest.param(
            _looking_ahead,
            "About {child} > Visits",
            "“Where should {child} learn?” is not asked on an earlier page",
            "visits",
            id="a condition that looks ahead",
        ),
        pytest.param(
            _unfinished,
            "About {child} > Visits",
            "A condition is not finished",
            "visits",
            id="a condition without an answer",
        ),
        pytest.param(
            _to_nothing,
            "About {child} > Visits",
            "This condition uses something that was deleted",
            "visits",
            id="a question that was never there",
        ),
        pytest.param(
            _with_one_answer,
            "About {child} > The place > Where should {child} learn?",
            "Write two answers or more",
            "where",
            id="nothing to choose from",
        ),
        pytest.param(
            _linked_by_number,
            "About {child} > The place > question without words",
            "Write its address instead",
            "guide",
            id="a link to a numbered page",
        ),
    ],
)
def test_a_form_that_does_not_hang_together_is_refused_in_words_that_lead_to_the_place(
    spoil: Any, where: str, words: str, block: str
) -> None:
    data = small()
    spoil(data)
    form = form_of(data)

    with pytest.raises(UnsoundFormError) as refusal:
        form.get_latest_revision().publish()

    found = [finding for finding in refusal.value.findings if words in finding.message]
    assert [(finding.where, finding.block) for finding in found[:1]] == [(where, block)]
    assert form.live_version() is None
    form.refresh_from_db()
    assert not form.live


def test_the_ids_that_the_editor_makes_can_be_published() -> None:
    data = small()
    data["sections"][0]["steps"][1]["id"] = "0e1a771d-d92f-4e33-a4db-0914fd6b77b7"

    assert check(form_of(data)) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    data = small()
    for spoil in (_without_words, _without_a_title, _with_one_answer):
        spoil(data)

    assert len(check(form_of(data))) >= 3


def test_a_sound_form_has_nothing_in_its_way() -> None:
    assert check(form_of(small())) == []


MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
FRIDAY = dt.datetime(2026, 11, 6, 9, tzinfo=dt.UTC)


def test_a_form_with_a_go_live_time_becomes_a_version_only_then() -> None:
    form = form_of(small())
    with time_machine.travel(MONDAY, tick=False):
        draft(form, small(), go_live_at=FRIDAY).publish()
        assert form.live_version() is None

    with time_machine.travel(FRIDAY + dt.timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")

    assert newest(form).number == 1


@pytest.fixture
def planned_and_spoilt(erin_editor: User) -> FormVersion:
    """A live form with a revision for Friday that has become unsound since it was planned. The live version."""
    form = published(small())
    with time_machine.travel(MONDAY, tick=False):
        revision = draft(form, small(), go_live_at=FRIDAY)
        revision.publish()
    spoilt = small()
    _with_one_answer(spoilt)
    faulty = form_of(spoilt | {"slug": "other"}).get_latest_revision()
    revision.content["body"] = faulty.content["body"]
    revision.user = erin_editor
    revision.save()
    return newest(form)


def test_a_planned_form_that_became_unsound_is_held_and_stops_nobody_elses(
    planned_and_spoilt: FormVersion, caplog: pytest.LogCaptureFixture
) -> None:
    other = form_of(small() | {"slug": "zebra", "title": "Zebra"})
    with time_machine.travel(MONDAY, tick=False):
        draft(other, small() | {"slug": "zebra", "title": "Zebra"}, go_live_at=FRIDAY).publish()

    with time_machine.travel(FRIDAY + dt.timedelta(minutes=1), tick=False), caplog.at_level(logging.ERROR):
        call_command("publish_scheduled")

    assert "small was not published as planned" in caplog.text
    assert planned_and_spoilt.form.live_version() == planned_and_spoilt
    assert not planned_and_spoilt.form.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert other.live_version() is not None


def test_whoever_planned_it_is_told(planned_and_spoilt: FormVersion, erin_editor: User) -> None:
    with time_machine.travel(FRIDAY + dt.timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")

    told = OutboxItem.objects.get(kind="email_person").payload
    assert (told["person"], told["template"]) == (str(erin_editor.pk), "form-held")


def test_a_version_is_never_changed() -> None:
    version = newest(published(small()))
    version.number = 7

    with pytest.raises(FrozenVersionError):
        version.save()
    with pytest.raises(FrozenVersionError):
        FormVersion.objects.update(number=7)


def test_a_version_is_never_deleted_and_neither_is_its_form() -> None:
    form = published(small())
    version = newest(form)

    with pytest.raises(FrozenVersionError):
        version.delete()
    with pytest.raises(FrozenVersionError):
        FormVersion.objects.all().delete()
    with pytest.raises(ProtectedError):
        form.delete()


def test_a_version_is_parsed_once(django_assert_num_queries: Any) -> None:
    version = newest(published(small()))
    first = spec_of(version.pk)

    with django_assert_num_queries(0):
        assert spec_of(version.pk) is first


def test_what_is_translated_for_editors_is_what_the_rules_say() -> None:
    rules = "".join(file.read_text("utf-8") for file in Path(structure.__file__).parent.glob("structure*.py"))
    for message in IN_EDITORS_WORDS:
        assert f'"{message}"' in rules


def test_an_empty_page_is_named_with_what_to_do_about_it() -> None:
    data = small()
    data["sections"][0]["steps"][0]["questions"] = []
    messages = [finding.message for finding in check_data(data)]
    assert "This page is empty. Add a question, or delete the page." in messages
    assert not [message for message in messages if "step" in message]


def _without_the_question(data: dict[str, Any]) -> None:
    data["sections"][0]["steps"][0]["questions"].pop(0)


def _without_the_answer(data: dict[str, Any]) -> None:
    question(data, "where")["options"].pop(0)


@pytest.mark.parametrize("was_published", [True, False], ids=["published", "only a draft"])
@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        pytest.param(_without_the_question, "Where should {child} learn?", id="a question"),
        pytest.param(_without_the_answer, "At a school", id="an answer"),
    ],
)
def test_complaint_6_a_condition_on_something_deleted_names_it_as_it_was_called(
    spoil: Any, name: str, was_published: bool
) -> None:
    form = published(small()) if was_published else form_of(small())
    data = small()
    spoil(data)
    draft(form, data)

    findings = check(FormDefinition.objects.get(pk=form.pk).get_latest_revision_as_object())

    words = f"This condition uses “{name}”, which was deleted. Choose another, or remove the condition."
    assert words in [finding.message for finding in findings if finding.block == "visits"]


def test_complaint_6_a_form_with_a_rule_that_points_at_nothing_is_not_published() -> None:
    form = published(small())
    data = small()
    _without_the_question(data)

    with pytest.raises(UnsoundFormError):
        draft(form, data).publish()

    assert newest(form).number == 1


def test_a_fault_of_a_translation_is_told_by_its_page_and_leads_to_no_box_of_the_form() -> None:
    (finding,) = check_data(small() | {"translations": {"cy": {"where.label": "Ble mae {plentyn}?"}}})

    assert (finding.where, finding.target) == ("Translations", "")
    assert finding.message.startswith("Nothing is put in for {plentyn}")
