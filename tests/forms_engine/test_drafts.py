"""Saving what somebody types: never over something else, never lost."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from forms_engine import drafts, start
from forms_engine.drafts import Conflict, Filling
from forms_engine.models import Assignment, Draft, FormVersion, Party, StepAnswers
from tests.forms_engine.at_once import at_once
from tests.forms_engine.conftest import TODAY, ask, filling_of, publish

YOU = ("you", "")


def test_starting_makes_a_draft_of_the_live_version_for_its_addressee_alone(
    asked: Assignment, version: FormVersion, sam_parent: User
) -> None:
    draft = start.start(asked, timezone.now())
    assert draft.version == version
    assert [party.user for party in draft.parties.all()] == [sam_parent]
    asked.refresh_from_db()
    assert asked.state == Assignment.State.STARTED


def test_starting_again_carries_on_with_the_same_draft(asked: Assignment, draft: Draft) -> None:
    assert start.start(asked, timezone.now()) == draft
    assert Draft.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_starts_at_once_make_one_draft(asked: Assignment) -> None:
    drafts_made = at_once(8, lambda: start.start(Assignment.objects.get(pk=asked.pk), timezone.now()).pk)
    assert len(drafts_made) == 8
    assert set(drafts_made) == set(Draft.objects.values_list("pk", flat=True))
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("state", [Assignment.State.WITHDRAWN, Assignment.State.SUBMITTED])
def test_what_is_not_waiting_cannot_be_started(asked: Assignment, state: str) -> None:
    Assignment.objects.filter(pk=asked.pk).update(state=state)
    asked.refresh_from_db()
    with pytest.raises(start.NotWaiting):
        start.start(asked, timezone.now())
    assert not Draft.objects.exists()


def test_withdrawing_at_the_same_moment_leaves_no_draft(asked: Assignment) -> None:
    Assignment.objects.filter(pk=asked.pk).update(state=Assignment.State.WITHDRAWN)
    with pytest.raises(start.NotWaiting):
        start.start(asked, timezone.now())
    assert not Draft.objects.exists()


@pytest.mark.capability("B32")
def test_a_first_save_makes_a_row_and_the_next_raises_its_revision(draft: Draft) -> None:
    filling = filling_of(draft)
    drafts.save(filling, YOU, {"name": "Sam"}, 0)
    drafts.save(filling, YOU, {"name": "Sam Parent"}, filling.row(*YOU).rev)
    row = StepAnswers.objects.get(party__draft=draft, step="you")
    assert (row.rev, row.answers) == (2, {"name": "Sam Parent"})


def test_two_windows_that_both_begin_a_page_clash(draft: Draft) -> None:
    here, there = filling_of(draft), filling_of(draft)
    drafts.save(there, YOU, {"name": "There"}, 0)
    with pytest.raises(Conflict) as conflict:
        drafts.save(here, YOU, {"name": "Here"}, 0)
    assert conflict.value.row.answers == {"name": "There"}
    assert stored(draft) == {"name": "There"}


def test_two_windows_that_both_change_a_page_clash(draft: Draft) -> None:
    drafts.save(filling_of(draft), YOU, {"name": "First"}, 0)
    drafts.save(filling_of(draft), YOU, {"name": "There"}, 1)
    with pytest.raises(Conflict) as conflict:
        drafts.save(filling_of(draft), YOU, {"name": "Here"}, 1)
    assert (conflict.value.row.rev, stored(draft)) == (2, {"name": "There"})


def test_a_page_that_is_sent_twice_is_no_clash(draft: Draft) -> None:
    for _time in range(2):
        drafts.save(filling_of(draft), YOU, {"name": "Sam"}, 0)
    for _time in range(2):
        drafts.save(filling_of(draft), YOU, {"name": "Sam Parent"}, 1)
    assert stored(draft) == {"name": "Sam Parent"}


def test_an_item_removed_in_another_window_comes_back_with_what_was_typed(draft: Draft) -> None:
    filling = filling_of(draft)
    drafts.save(filling, ("choices", "aaaa0001"), {"school-name": "Northgate"}, 0)
    drafts.remove_item(filling_of(draft), "choices", "aaaa0001")
    drafts.save(filling, ("choices", "aaaa0001"), {"school-name": "Northgate School"}, 1)
    assert filling_of(draft).items("choices") == ["aaaa0001"]


def add_schools(draft: Draft, *items: str) -> Filling:
    for item in items:
        drafts.save(filling_of(draft), ("choices", item), {"school-name": item}, 0)
    return filling_of(draft)


def test_items_stand_in_the_order_in_which_they_were_added(draft: Draft) -> None:
    assert add_schools(draft, "cccc", "aaaa", "bbbb").items("choices") == ["cccc", "aaaa", "bbbb"]


@pytest.mark.parametrize(
    ("item", "by", "order"),
    [
        pytest.param("bbbb", -1, ["bbbb", "aaaa", "cccc"], id="up"),
        pytest.param("bbbb", 1, ["aaaa", "cccc", "bbbb"], id="down"),
        pytest.param("aaaa", -1, ["aaaa", "bbbb", "cccc"], id="the first cannot go up"),
        pytest.param("cccc", 1, ["aaaa", "bbbb", "cccc"], id="the last cannot go down"),
        pytest.param("gone", 1, ["aaaa", "bbbb", "cccc"], id="one that another window removed"),
    ],
)
def test_moving_an_item(draft: Draft, item: str, by: int, order: list[str]) -> None:
    drafts.move(add_schools(draft, "aaaa", "bbbb", "cccc"), "choices", item, by)
    assert filling_of(draft).items("choices") == order


def test_what_another_window_added_survives_a_move(draft: Draft) -> None:
    here = add_schools(draft, "aaaa", "bbbb")
    add_schools(draft, "cccc")
    drafts.move(here, "choices", "bbbb", -1)
    assert filling_of(draft).items("choices") == ["bbbb", "aaaa", "cccc"]


def test_known_answers_are_shown_and_count_until_the_page_is_saved(draft: Draft) -> None:
    filling = filling_of(draft)
    step = filling.form.steps_by_id["you"]
    assert filling.typed(step) == {"name": "Sam Parent"}
    assert filling.journey.values["name"] == "Sam Parent"
    drafts.save(filling, YOU, {"name": ""}, 0)
    assert filling.typed(step)["name"] == ""
    assert "name" not in filling.journey.values


def test_who_has_begun_carries_on_with_their_version(draft: Draft, sample_data: dict[str, object]) -> None:
    sample_data["title"] = "Reworded"
    publish(sample_data, number=2)
    assert filling_of(draft).form.title == "Sample Form"


def test_the_next_one_who_is_asked_gets_the_new_version(
    draft: Draft, sample_data: dict[str, object], version: FormVersion, alex_parent: User
) -> None:
    sample_data["title"] = "Reworded"
    publish(sample_data, number=2)
    assert filling_of(start.start(ask(version, alex_parent), timezone.now())).form.title == "Reworded"


def test_two_parents_have_a_draft_each(draft: Draft, version: FormVersion, alex_parent: User) -> None:
    other = start.start(ask(version, alex_parent), timezone.now())
    assert other != draft
    assert Party.objects.get(draft=other).user == alex_parent


def test_a_draft_knows_how_long_it_is_kept(draft: Draft) -> None:
    assert draft.expires_at - draft.begun_at == dt.timedelta(days=90)
    assert filling_of(draft).today == TODAY


def stored(draft: Draft) -> dict[str, object]:
    answers: dict[str, object] = StepAnswers.objects.get(party__draft=draft, step="you").answers
    return answers
