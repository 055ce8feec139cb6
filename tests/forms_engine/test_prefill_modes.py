"""What we know already: read and not to be tampered with, or corrected with the correction marked."""

from typing import Any

import pytest

from accounts.models import User
from forms_engine.definition import build, find_faults, to_json
from forms_engine.models import Draft, StepAnswers, Submission
from forms_engine.rules.changes import compare
from tests.forms_engine import editing
from tests.forms_engine.conftest import Browser, ask, filling_of, publish


def form(mode: str, **more: Any) -> dict[str, Any]:
    data = editing.small()
    first, second, _send = data["sections"][0]["steps"]
    first["questions"] = [
        {
            "id": "name",
            "type": "full_name",
            "label": "Your name",
            "level": "required",
            "prefill": "test.name",
            "prefill_mode": mode,
            **more,
        },
        {"id": "else", "type": "short_text", "label": "Anything else?", "level": "optional"},
    ]
    second["show_if"] = {"question": "name", "op": "is", "value": "Mallory"}
    return data


@pytest.fixture
def started(sams_browser: Any, sam_parent: User) -> Any:
    return lambda data: sams_browser(ask(publish(data), sam_parent))


def sent() -> Submission:
    return Submission.objects.select_related("content").get()


def said(submission: Submission) -> list[str]:
    rows = submission.content.tree["sections"][0]["rows"]
    return list(next(row["said"] for row in rows if row["question_id"] == "name"))


@pytest.mark.parametrize(
    "tampered", [{"q-name": "Mallory"}, {"q-name": ""}, {"q-name": "--"}, {"q-name_na": "yes"}]
)
def test_complaint_14_a_fixed_answer_is_never_taken_from_the_browser(
    started: Any, sam_parent: User, tampered: dict[str, str]
) -> None:
    browser: Browser = started(form("fixed", not_applicable="I have no name"))
    page = browser.get("place").content.decode()
    assert sam_parent.full_name in page
    assert 'name="q-name"' not in page
    assert browser.post("place", {**tampered, "q-else": "No"})["Location"].endswith("/send/"), (
        "no rule reads it"
    )
    assert StepAnswers.objects.get().answers == {"else": "No"}
    browser.post("send", tampered)
    assert sent().content.values == {"name": sam_parent.full_name, "else": "No"}
    assert said(sent()) == [sam_parent.full_name]


def test_a_fixed_answer_cannot_be_changed_on_check_answers(started: Any, sam_parent: User) -> None:
    browser: Browser = started(form("fixed"))
    browser.post("place", {"q-else": "No"})
    page = browser.get("send").content.decode()
    assert sam_parent.full_name in page
    assert "Change<span" in page
    assert 'Change<span class="govuk-visually-hidden"> Your name' not in page


def test_a_fixed_answer_is_what_its_source_knows_when_the_form_is_sent(
    started: Any, sam_parent: User
) -> None:
    browser: Browser = started(form("fixed"))
    browser.post("place", {"q-else": ""})
    User.objects.filter(pk=sam_parent.pk).update(first_name="Samira")
    browser.post("send", {})
    assert sent().content.values["name"] == "Samira Parent"


def test_a_fixed_answer_that_its_source_does_not_know_any_more_is_not_sent_but_asked_for(
    started: Any, sam_parent: User
) -> None:
    browser: Browser = started(form("fixed"))
    browser.post("place", {"q-else": "No"})
    known = sam_parent.full_name
    User.objects.filter(pk=sam_parent.pk).update(first_name="", last_name="")
    page = browser.get("send")
    assert known not in page.content.decode().partition("<main")[2]
    assert len(page.context["missing"]) == 1
    browser.post("send", {})
    assert not Submission.objects.exists()
    browser.post("place", {"q-name": "Samira", "q-else": "No"})
    browser.post("send", {})
    assert sent().content.values["name"] == "Samira"


def test_a_fixed_answer_that_changes_after_it_was_shown_is_shown_before_it_is_sent(
    started: Any, sam_parent: User
) -> None:
    browser: Browser = started(form("fixed"))
    browser.post("place", {"q-else": ""})
    hidden = browser.hidden(browser.get("send"))
    User.objects.filter(pk=sam_parent.pk).update(first_name="Samira")
    answer = browser.client.post(browser.url("send"), hidden)
    page = browser.client.get(answer["Location"]).content.decode()
    assert "Your answers have changed since you opened this page." in page
    assert "Samira Parent" in page
    assert not Submission.objects.exists()


def test_a_fixed_answer_that_nobody_knows_is_asked_for(started: Any) -> None:
    browser: Browser = started(form("fixed"))
    Draft.objects.update(prefill={})
    assert 'name="q-name"' in browser.get("place").content.decode()
    assert browser.post("place", {"q-name": "Sam", "q-else": ""}).status_code == 302


def test_a_correction_is_marked_wherever_the_answer_is_read(started: Any, sam_parent: User) -> None:
    browser: Browser = started(form("correct"))
    browser.post("place", {"q-name": "Samira Parent", "q-else": ""})
    marked = f"Corrected. We held: {sam_parent.full_name}"
    assert marked in browser.get("send").content.decode()
    browser.post("send", {})
    assert said(sent()) == ["Samira Parent", marked]


def test_what_was_not_changed_is_not_marked(started: Any, sam_parent: User) -> None:
    browser: Browser = started(form("correct"))
    browser.post("place", {"q-name": f" {sam_parent.full_name} ", "q-else": ""})
    assert "Corrected" not in browser.get("send").content.decode()


def test_a_suggestion_is_changed_at_will(started: Any) -> None:
    browser: Browser = started(form("suggest"))
    browser.post("place", {"q-name": "Samira", "q-else": ""})
    browser.post("send", {})
    assert said(sent()) == ["Samira"]


def test_the_mode_is_kept_compared_and_checked() -> None:
    fixed = form("fixed")
    assert find_faults(fixed) == []
    assert editing.question(to_json(build(fixed)), "name")["prefill_mode"] == "fixed"
    assert "prefill_mode" not in editing.question(to_json(build(form("suggest"))), "name")
    assert [str(each) for each in compare(build(form("suggest")), build(fixed))] == [
        "changed: question name (prefill_mode)"
    ]
    editing.question(fixed, "name")["prefill"] = ""
    path = "$.sections[0].steps[0].questions[0].prefill_mode"
    assert dict(find_faults(fixed))[path] == "there is no source that the answer could come from"
    revealing = editing.small()
    editing.question(revealing, "where").update(prefill="test.name", prefill_mode="fixed")
    assert "cannot change" in dict(find_faults(revealing))[path]


def test_what_a_page_shows_already_counts_before_it_was_opened(started: Any, sam_parent: User) -> None:
    browser: Browser = started(form("suggest"))
    page = browser.get("send")
    assert sam_parent.full_name in page.content.decode()
    assert page.context["missing"] == []
    browser.post("send", {})
    assert said(sent()) == [sam_parent.full_name]


def test_what_we_know_and_what_cannot_stand_still_has_to_be_answered(started: Any) -> None:
    browser: Browser = started(form("suggest"))
    Draft.objects.update(prefill={"name": "x" * 500})
    assert [gap.url for gap in browser.get("send").context["missing"]] == [f"{browser.url('place')}?check=1"]


def repeated(mode: str) -> dict[str, Any]:
    """The same question in a repeating group."""
    data = form(mode)
    first, second, _send = data["sections"][0]["steps"]
    first |= {
        "kind": "group",
        "group": {"least": 0, "most": 3, "item_name": "person", "title_question": "name"},
    }
    del second["show_if"]
    return data


def test_of_a_repeating_group_the_first_item_alone_begins_with_what_we_know(
    started: Any, sam_parent: User
) -> None:
    browser: Browser = started(repeated("suggest"))
    known = f'value="{sam_parent.full_name}"'
    assert known in browser.get("place", "aaaa0001").content.decode()
    assert filling_of(browser.draft).journey.values["place"] == [], "nobody has added an item yet"

    browser.post("place", {"q-name": "Samira Parent", "q-else": ""}, "aaaa0001")
    assert known not in browser.get("place", "aaaa0002").content.decode()
    browser.post("place", {"q-name": "Gran Hill", "q-else": ""}, "aaaa0002")
    names = [item["name"] for item in filling_of(browser.draft).journey.values["place"]]
    assert names == ["Samira Parent", "Gran Hill"]


def test_what_people_only_read_stands_in_each_item_of_a_repeating_group(
    started: Any, sam_parent: User
) -> None:
    browser: Browser = started(repeated("fixed"))
    for item in ("aaaa0001", "aaaa0002"):
        page = browser.get("place", item).content.decode()
        assert sam_parent.full_name in page
        browser.post("place", {"q-name": "Mallory", "q-else": ""}, item)
    names = [item["name"] for item in filling_of(browser.draft).journey.values["place"]]
    assert names == [sam_parent.full_name] * 2


def test_nothing_can_be_corrected_in_a_repeating_group_since_its_other_items_are_no_corrections() -> None:
    path = "$.sections[0].steps[0].questions[0].prefill_mode"
    assert "no one answer to correct" in dict(find_faults(repeated("correct")))[path]
    assert path not in dict(find_faults(repeated("suggest")))
    assert path not in dict(find_faults(repeated("fixed")))
