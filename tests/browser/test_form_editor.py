"""A content editor builds a form by keyboard, sees it as families will, mends it, and publishes it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.portal import Portal, Visitor

EDITOR = "erin.editor@example.org"
CHILD = "[data-streamfield-child]"
# What we add to Wagtail's editor.
OURS = [".portal-condition", ".portal-condition-line", ".portal-options", ".portal-checks"]

Visit = Callable[..., Visitor]


@pytest.fixture
def page(visitor: Visit) -> Page:
    """Erin at an empty form."""
    erin = visitor(width=1440)
    erin.sign_in(EDITOR)
    erin.go("/admin/forms/add/")
    return erin.page


def insert(page: Page, where: Locator, kind: str = "") -> Locator:
    """Add a block at the end of `where`, by keyboard. Its first box has the focus then."""
    count = page.locator(CHILD).count()
    where.get_by_role("button", name="Insert a block").last.press("Enter")
    if kind:
        page.keyboard.press("Tab")
        expect(page.get_by_placeholder("Search options…")).to_be_focused()
        page.keyboard.type(kind)
        expect(page.locator("[role=option]")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.get_by_placeholder("Search options…")).to_have_count(0)
    expect(page.locator(CHILD)).to_have_count(count + 1)
    expect(page.locator(":focus")).to_have_attribute("type", "text")
    return page.locator(CHILD).filter(has=page.locator(":focus")).last


def add(page: Page, where: Locator, kind: str, words: str) -> Locator:
    """The same, with its title or question typed. Gives the block, wherever the focus goes."""
    block = insert(page, where, kind)
    page.keyboard.type(words)
    return page.locator(f"#{block.locator(':scope > section').get_attribute('id')}").locator("xpath=..")


def publish(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").press("Enter")
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.wait_for_load_state()


def exported(portal: Portal, slug: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(portal.manage("forms", "export", slug))
    return data


def faults_of_ours(page: Page) -> list[str]:
    here = [selector for selector in OURS if page.locator(selector).count()]
    found = Axe().run(page, context={"include": [[selector] for selector in here]})
    ours = ", ".join(OURS)
    targets = [
        (row["id"], node["target"][0]) for row in found.response["violations"] for node in row["nodes"]
    ]
    return [f"{rule} {at}" for rule, at in targets if page.locator(at).first.evaluate(INSIDE, ours)]


# Rules about the whole page name <html>, which is Wagtail's.
INSIDE = "(element, ours) => element.closest(ours) !== null"


def build_a_form(page: Page) -> tuple[Locator, Locator]:
    """Two pages, the second for parents alone, and the one that sends it. Gives the section and the second page."""
    page.locator("#id_title").focus()
    page.keyboard.type("Tell us about a change")
    section = add(page, page.locator("body"), "", "About you")
    who = add(page, section, "Page of questions", "Who you are")
    question = add(page, who, "Choose one", "Who are you?")
    question.get_by_role("button", name="Add an answer").press("Enter")
    for key in ("Young person", "Enter", "Parent or carer", "Alt+ArrowUp"):
        page.keyboard.press(key) if key in ("Enter", "Alt+ArrowUp") else page.keyboard.type(key)
    change = add(page, section, "Page of questions", "The change")
    add(page, change, "Long text", "What has changed?")
    add(page, section, "Check answers", "Check your answers")
    return section, change


def choose_parents(page: Page) -> None:
    """Finish the one condition there is, by keyboard: question, then operator, then answer."""
    row = page.locator(".portal-condition__row")
    row.get_by_label("Question 1").focus()
    page.keyboard.press("ArrowDown")
    expect(row.get_by_label("Question 1")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(row.get_by_label("Answer 1")).to_be_focused()
    page.keyboard.press("ArrowDown")


def paste(page: Page, text: str) -> None:
    """What Ctrl+V does, with `text` on the clipboard."""
    script = """text => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    }"""
    page.evaluate(script, text)


def button(block: Locator, action: str) -> Locator:
    """One of the buttons that Wagtail puts on each block."""
    return block.locator(f":scope > section > .w-panel__header [data-streamfield-action={action}]")


@pytest.mark.capability("B32")
def test_an_editor_builds_a_form_with_a_condition_by_keyboard_sees_it_and_publishes_it(
    page: Page, portal: Portal
) -> None:
    _section, change = build_a_form(page)
    change.get_by_role("button", name="Only on a condition").first.press("Enter")

    publish(page)

    expect(page.get_by_text("Saved as a draft, but not published")).to_be_visible()
    page.locator(".portal-findings a").last.press("Enter")
    expect(page.locator(":focus")).to_have_value("The change")
    page.keyboard.press("Control+Shift+K")
    expect(page.locator(".portal-checks")).to_contain_text("A condition is not finished")
    assert faults_of_ours(page) == []

    # Wagtail takes for the saved state what it finds two seconds after the page has come.
    expect(page.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    choose_parents(page)
    expect(page.locator(".portal-condition-line")).to_have_text("when Who are you is “Parent or carer”")
    # Wagtail saves by itself when it finds the time.
    expect(page.locator(".portal-checks")).to_contain_text("Nothing is in the way", timeout=60_000)

    page.locator("[data-side-panel-toggle=preview]").press("Enter")
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text("Who are you?")).to_be_visible(timeout=60_000)
    for folded in (page.locator(CHILD).nth(1), page.locator(CHILD).nth(2)):
        folded.locator(":scope > section > .w-panel__header [data-panel-toggle]").press("Enter")
    page.locator("input[name$='questions-0-value-label']").first.fill("And you are?")
    expect(preview.get_by_text("And you are?")).to_be_visible(timeout=60_000)

    publish(page)

    first, second, last = exported(portal, "tell-us-about-a-change")["sections"][0]["steps"]
    options = first["questions"][0]["options"]
    assert [option["label"] for option in options] == ["Parent or carer", "Young person"]
    assert first["questions"][0]["label"] == "And you are?"
    asked = first["questions"][0]["id"]
    assert second["show_if"] == {"question": asked, "op": "is", "value": options[0]["id"]}
    assert last["kind"] == "check"
    expect(page.get_by_text("updated and published")).to_be_visible()


def test_copies_moves_and_pasted_lists_keep_conditions_true(page: Page, portal: Portal) -> None:
    section, change = build_a_form(page)
    change.get_by_role("button", name="Only on a condition").first.press("Enter")
    choose_parents(page)

    button(change, "MOVE_UP").press("Enter")
    expect(change.locator(".portal-condition__problem").first).to_contain_text("not on an earlier page")
    expect(change.get_by_label("Question 1").first).to_have_attribute("aria-invalid", "true")
    button(change, "MOVE_DOWN").press("Enter")
    expect(change.locator(".portal-condition__problem")).to_have_count(0)

    count = page.locator(CHILD).count()
    button(section, "DUPLICATE").press("Enter")
    expect(page.locator(CHILD)).to_have_count(2 * count)

    page.get_by_label("Answer 2", exact=True).first.focus()
    paste(page, "• A grandparent\nA carer\tfostering, too\n\n– Somebody else")
    rows = section.locator(".portal-options__row")
    expect(rows).to_have_count(5)
    expect(rows.nth(3).get_by_label("Hint (if it needs one) 4")).to_have_value("fostering, too")
    expect(rows.nth(4).get_by_label("Answer 5", exact=True)).to_be_focused()

    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name="Save draft").press("Enter")
    one, other = exported(portal, "tell-us-about-a-change")["sections"]
    asked = other["steps"][0]["questions"][0]
    assert asked["id"] != one["steps"][0]["questions"][0]["id"]
    condition = other["steps"][1]["show_if"]
    assert (condition["question"], condition["value"]) == (asked["id"], asked["options"][0]["id"])


def test_other_please_say_is_added_by_one_press_and_asks_what(page: Page, portal: Portal) -> None:
    page.locator("#id_title").focus()
    page.keyboard.type("Pets")
    section = add(page, page.locator("body"), "", "Your pets")
    first = add(page, section, "Page of questions", "Which pets")
    question = add(page, first, "Choose any", "Which pets have you?")
    add(page, first, "Short text", "What are they called?")
    question.get_by_role("button", name="Add an answer").press("Enter")
    page.keyboard.type("A dog")

    question.get_by_role("button", name="Add “Other, please say”").press("Enter")

    expect(page.locator(":focus")).to_have_value("Other")
    page.keyboard.press("End")
    page.keyboard.type(" pet")
    opened = question.locator(".portal-options__reveals[open]")
    expect(opened.get_by_role("checkbox", name="Please say")).to_be_checked()
    assert faults_of_ours(page) == []
    add(page, section, "Check answers", "Check your answers")
    publish(page)

    expect(page.get_by_text("published")).to_be_visible()
    asked, say, named = exported(portal, "pets")["sections"][0]["steps"][0]["questions"]
    assert [option["label"] for option in asked["options"]] == ["A dog", "Other pet"]
    assert asked["options"][1]["reveals"] == [say["id"]]
    assert (say["type"], say["label"], say["level"]) == ("short_text", "Please say", "required")
    assert named["label"] == "What are they called?"
