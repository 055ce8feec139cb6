"""A repeating group: a list of items, each with pages like a step's."""

from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, filling_of


def names(browser: Browser) -> list[str]:
    filling = filling_of(browser.draft)
    return [filling.row("choices", item).answers["school-name"] for item in filling.items("choices")]


def add(browser: Browser, *schools: str) -> None:
    for number, school in enumerate(schools):
        browser.post("choices", {"q-school-name": school}, f"item{number}")


def press(browser: Browser, button: str, item: str) -> None:
    browser.client.post(browser.url("choices"), {"do": button, "item": item})


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
    press(sams, "up", "item2")
    assert names(sams) == ["Northgate", "Willow House", "Oakfield"]
    press(sams, "down", "item0")
    assert names(sams) == ["Willow House", "Northgate", "Oakfield"]
    press(sams, "remove", "item1")
    assert names(sams) == ["Willow House", "Northgate"]


def test_no_more_than_the_most_can_be_added(sams: Browser) -> None:
    add(sams, "Northgate", "Oakfield", "Willow House")
    page = sams.get("choices")
    assert page.context["add_url"] == ""
    assert "remove one first" in page.content.decode()
    assert sams.get("choices", "item9").url == sams.url("choices")
    assert names(sams) == ["Northgate", "Oakfield", "Willow House"]


def test_fewer_than_the_least_are_not_enough(sams: Browser) -> None:
    response = sams.post("choices", {})
    page = response.content.decode()
    assert "<title>Error:" in page
    assert "Add a school" in page
    assert 'href="#add"' in page


def test_an_item_that_cannot_stand_is_kept_and_marked(sams: Browser) -> None:
    response = sams.post("choices", {"q-school-name": "", "q-school-why": "It is near."}, "item0")
    assert "Enter the name of the school" in response.content.decode()
    page = sams.get("choices").content.decode()
    assert "It is near." in page
    assert "Something is still to be put right here." in page
    assert sams.post("choices", {}).status_code == 200


def test_the_list_saved_for_later_is_kept(sams: Browser) -> None:
    add(sams, "Northgate")
    assert sams.post("choices", {"later": "yes"}).url.endswith("/saved/")
    assert names(sams) == ["Northgate"]
