"""A repeating group: a list of items, each with pages like a step's."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from forms_engine import drafts
from forms_engine.models import Party, Submission
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, ask, filling_of, publish


def names(browser: Browser) -> list[str]:
    filling = filling_of(browser.draft)
    return [filling.row("choices", item).answers["school-name"] for item in filling.items("choices")]


def add(browser: Browser, *schools: str) -> None:
    for number, school in enumerate(schools):
        browser.post("choices", {"q-school-name": school}, f"aaaa000{number}")


def press(browser: Browser, button: str, item: str) -> None:
    """Press a button of an item's card; where it asks whether we are sure, say yes."""
    page = browser.client.post(browser.url("choices"), {"do": button, "item": item})
    if page.status_code == 200:
        browser.client.post(page.context["action"], {"do": button, "item": item, "sure": "yes"})


def test_looking_at_a_new_item_makes_none(sams: Browser) -> None:
    page = sams.get("choices")
    assert sams.client.get(page.context["add_url"]).status_code == 200
    assert names(sams) == []


def test_a_new_item_is_added_and_named_by_its_title_question(sams: Browser) -> None:
    new = sams.get("choices").context["add_url"].rstrip("/").rpartition("/")[2]
    assert sams.post("choices", sample.SCHOOL, new).url == sams.url("choices")
    assert "School 1: Northgate School" in sams.get("choices").content.decode()


def test_an_item_that_is_sent_twice_is_one_item(sams: Browser) -> None:
    hidden = sams.hidden(sams.get("choices", "aaaa0001"))
    for _time in range(2):
        sams.client.post(sams.url("choices", "aaaa0001"), {**hidden, **sample.SCHOOL})
    assert names(sams) == ["Northgate School"]


def test_items_are_moved_and_removed(sams: Browser) -> None:
    add(sams, "Northgate", "Oakfield", "Willow House")
    press(sams, "up", "aaaa0002")
    assert names(sams) == ["Northgate", "Willow House", "Oakfield"]
    press(sams, "down", "aaaa0000")
    assert names(sams) == ["Willow House", "Northgate", "Oakfield"]
    press(sams, "remove", "aaaa0001")
    assert names(sams) == ["Willow House", "Northgate"]


def test_an_item_is_removed_only_when_that_is_confirmed(sams: Browser) -> None:
    sams.post("choices", sample.SCHOOL, "aaaa0001")
    page = sams.client.post(sams.url("choices"), {"do": "remove", "item": "aaaa0001"})
    assert "Remove “School 1: Northgate School”?" in page.content.decode()
    assert "A small class." in page.content.decode()
    assert names(sams) == ["Northgate School"]
    sure = {"do": "remove", "item": "aaaa0001", "sure": "yes"}
    assert sams.client.post(page.context["action"], sure).url == sams.url("choices")
    assert names(sams) == []


def test_an_item_that_has_gone_already_is_removed_no_more(sams: Browser) -> None:
    for item in ("aaaa0001", "", "\0"):
        gone = sams.client.post(sams.url("choices"), {"do": "remove", "item": item})
        assert gone.url == sams.url("choices")


@pytest.mark.parametrize("item", ["a" * 41, "AAAA0001", "aaaa", "another"])
def test_what_is_no_item_of_ours_is_not_found(sams: Browser, item: str) -> None:
    url = f"{sams.url('choices')}{item}/"
    assert sams.client.get(url).status_code == 404
    assert sams.client.post(url, {"rev": "0", **sample.SCHOOL}).status_code == 404


def test_no_more_than_the_most_can_be_added(sams: Browser) -> None:
    add(sams, "Northgate", "Oakfield", "Willow House")
    page = sams.get("choices")
    assert page.context["add_url"] == ""
    assert "remove one first" in page.content.decode()
    assert sams.get("choices", "aaaa0009").url == sams.url("choices")
    assert names(sams) == ["Northgate", "Oakfield", "Willow House"]


def test_two_items_added_at_the_same_moment_are_not_more_than_the_most(sams: Browser) -> None:
    add(sams, "Northgate", "Oakfield")
    here, there = filling_of(sams.draft), filling_of(sams.draft)
    drafts.save(here, ("choices", "bbbb0001"), {"school-name": "Willow House"}, 0)
    with pytest.raises(drafts.Full):
        drafts.save(there, ("choices", "bbbb0002"), {"school-name": "Elm Lodge"}, 0)
    assert names(sams) == ["Northgate", "Oakfield", "Willow House"]


def test_more_than_the_most_have_to_be_removed_before_the_form_can_be_sent(sams: Browser) -> None:
    """Nobody can add so many. A form that is opened again may have them from when more were allowed."""
    sams.fill_in()
    for number in range(1, 4):
        page = {"step": "choices", "item": f"aaaa000{number}x", "answers": {"school-name": "Oakfield"}}
        Party.objects.get(draft=sams.draft).answers.create(**page)
    response = sams.post("choices", {})
    page = response.content.decode()
    assert "You can add up to 3. Remove one" in page
    assert 'href="#group"' in page
    assert "1 page still needs an answer" in sams.submit().content.decode()
    assert not Submission.objects.exists()
    press(sams, "remove", "aaaa0003x")
    sams.submit()
    assert Submission.objects.exists()


def test_fewer_than_the_least_are_not_enough(sams: Browser) -> None:
    response = sams.post("choices", {})
    page = response.content.decode()
    assert "<title>Error:" in page
    assert "Add a school" in page
    assert 'href="#add"' in page


def test_an_item_that_cannot_stand_is_kept_and_marked(sams: Browser) -> None:
    response = sams.post("choices", {"q-school-name": "", "q-school-why": "It is near."}, "aaaa0000")
    assert "Enter the name of the school" in response.content.decode()
    page = sams.get("choices").content.decode()
    assert "It is near." in page
    assert "Something is still to be put right here." in page
    assert sams.post("choices", {}).status_code == 200


def test_the_list_saved_for_later_is_kept(sams: Browser) -> None:
    add(sams, "Northgate")
    assert sams.post("choices", {"later": "yes"}).url.endswith("/saved/")
    assert names(sams) == ["Northgate"]


def test_the_list_says_what_was_added_and_a_bare_name_has_no_empty_box_under_it(sams: Browser) -> None:
    sams.post("choices", {"q-school-name": "Northgate School", "q-school-why": ""}, "aaaa0001")
    page = sams.get("choices").content.decode()
    assert "You have added 1 school." in page
    assert "govuk-summary-card__content" not in page


def test_what_was_left_empty_of_an_item_is_folded_where_there_is_much_of_it(
    sample_data: dict[str, Any], sam_parent: User, sams_browser: Callable[[Any], Browser]
) -> None:
    (choices,) = [
        step for section in sample_data["sections"] for step in section["steps"] if step["id"] == "choices"
    ]
    more = [f"more-{number}" for number in range(3)]
    choices["questions"] += [
        {"id": id, "type": "short_text", "label": id, "level": "optional"} for id in more
    ]
    browser = sams_browser(ask(publish(sample_data), sam_parent))
    browser.fill_in()
    page = browser.get("check")
    (item,) = [item for card in page.context["cards"] for item in card.items]
    assert {row.question for row in item.left_empty} >= set(more)
    assert "school-name" in {row.question for row in item.rows}
    assert f'questions that you left empty<span class="govuk-visually-hidden">: {item.title}' in page.text
