"""A content editor builds a form by keyboard, sees it as families will, mends it, and publishes it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import CHILD, EDITOR, SLOW_MS, Editor
from tests.browser.portal import Portal, Visitor
from tests.forms_engine.documented import example

Visit = Callable[..., Visitor]


@pytest.fixture
def erin(visitor: Visit) -> Editor:
    """Erin at an empty form."""
    editor = visitor(width=1440)
    editor.sign_in(EDITOR)
    editor.go("/admin/forms/add/")
    return Editor(editor)


def exported(portal: Portal, slug: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(portal.manage("forms", "export", slug))
    return data


def build_a_form(erin: Editor) -> tuple[Locator, Locator]:
    """Two pages, the second for parents alone, and the one that sends it. Gives the section and the second page."""
    erin.write("Title*", "Tell us about a change")
    section = erin.add("Add a section", "", "About you")
    erin.add("Add a page", "Page of questions", "Who you are")
    erin.add("Add a question", "Choose one", "Who are you?")
    erin.answers("Young person", "Parent or carer")
    erin.keys("Alt+ArrowUp")
    change = erin.add("Add a page", "Page of questions", "The change")
    erin.add("Add a question", "Long text", "What has changed?")
    erin.add("Add a page", "Check answers", "Check your answers")
    return section, change


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
    erin: Editor, portal: Portal
) -> None:
    page = erin.page
    _section, change = build_a_form(erin)
    change.get_by_role("button", name="Only on a condition").first.press("Enter")

    erin.publish()

    expect(page.get_by_text("Saved as a draft, but not published")).to_be_visible()
    page.locator(".portal-findings a").last.press("Enter")
    expect(page.locator(":focus")).to_have_value("The change")
    page.keyboard.press("Control+Shift+K")
    expect(page.locator(".portal-checks")).to_contain_text("A condition is not finished")

    # Wagtail takes for the saved state what it finds two seconds after the page has come.
    expect(page.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    erin.pick("Question 1", "Who are you?")
    erin.pick("Answer 1", "Parent or carer")
    expect(page.locator(".portal-condition-line")).to_have_text("when Who are you is “Parent or carer”")
    # Wagtail saves by itself when it finds the time.
    expect(page.locator(".portal-checks")).to_contain_text("Nothing is in the way", timeout=SLOW_MS)

    preview = erin.preview()
    expect(preview.get_by_text("Who are you?")).to_be_visible(timeout=SLOW_MS)
    for folded in (page.locator(CHILD).nth(1), page.locator(CHILD).nth(2)):
        folded.locator(":scope > section > .w-panel__header [data-panel-toggle]").press("Enter")
    page.locator("input[name$='questions-0-value-label']").first.fill("And you are?")
    expect(preview.get_by_text("And you are?")).to_be_visible(timeout=SLOW_MS)

    erin.publish()

    first, second, last = exported(portal, "tell-us-about-a-change")["sections"][0]["steps"]
    options = first["questions"][0]["options"]
    assert [option["label"] for option in options] == ["Parent or carer", "Young person"]
    assert first["questions"][0]["label"] == "And you are?"
    asked = first["questions"][0]["id"]
    assert second["show_if"] == {"question": asked, "op": "is", "value": options[0]["id"]}
    assert last["kind"] == "check"
    expect(page.get_by_text("updated and published")).to_be_visible()


def test_copies_moves_and_pasted_lists_keep_conditions_true(erin: Editor, portal: Portal) -> None:
    page = erin.page
    section, change = build_a_form(erin)
    change.get_by_role("button", name="Only on a condition").first.press("Enter")
    erin.pick("Question 1", "Who are you?")
    erin.pick("Answer 1", "Parent or carer")

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


def test_other_please_say_is_added_by_one_press_and_asks_what(erin: Editor, portal: Portal) -> None:
    page = erin.page
    erin.write("Title*", "Pets")
    erin.add("Add a section", "", "Your pets")
    erin.add("Add a page", "Page of questions", "Which pets")
    question = erin.add("Add a question", "Choose any", "Which pets have you?")
    erin.answers("A dog")
    erin.add("Add a question", "Short text", "What are they called?")

    erin.back(page.get_by_role("button", name="Add “Other, please say”"))
    erin.keys("Enter")

    expect(page.locator(":focus")).to_have_value("Other")
    erin.keys("End")
    page.keyboard.type(" pet")
    opened = question.locator(".portal-options__reveals[open]")
    expect(opened.get_by_role("checkbox", name="Please say")).to_be_checked()
    assert erin.faults() == []
    erin.add("Add a page", "Check answers", "Check your answers")
    erin.publish()

    expect(page.get_by_text("published")).to_be_visible()
    asked, say, named = exported(portal, "pets")["sections"][0]["steps"][0]["questions"]
    assert [option["label"] for option in asked["options"]] == ["A dog", "Other pet"]
    assert asked["options"][1]["reveals"] == [say["id"]]
    assert (say["type"], say["label"], say["level"]) == ("short_text", "Please say", "required")
    assert named["label"] == "What are they called?"


WATCH = """
for (const name of ["w-unsaved:watch-edits", "w-unsaved:add", "w-autosave:save"])
  document.addEventListener(name, () => (window[name] = true), true);
"""


def test_a_form_that_somebody_only_opens_is_not_saved_in_their_name(visitor: Visit) -> None:
    editor = visitor(width=1440)
    editor.page.add_init_script(WATCH)
    editor.sign_in(EDITOR)
    editor.go("/admin/forms/")
    editor.follow("Trip consent")
    page = editor.page
    editor.eventually(lambda: page.evaluate("window['w-unsaved:watch-edits']"))

    # As its own box for rich text writes it anew when it is ready.
    page.locator("[name=submitted]").evaluate(
        "box => (box.value = JSON.stringify(JSON.parse(box.value), null, 3))"
    )
    editor.eventually(lambda: page.evaluate("window['w-unsaved:add']"))
    expect(page.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    assert not page.evaluate("window['w-autosave:save']")

    Editor(editor).write("What it is for", "Say if {child} may come along.")
    editor.eventually(lambda: page.evaluate("window['w-autosave:save']"))


def test_axe_finds_nothing_in_what_we_add_to_the_editor(
    visitor: Visit, portal: Portal, tmp_path: Path
) -> None:
    """With a bit of everything in the form, and all of it open."""
    file = tmp_path / "example.json"
    file.write_text(json.dumps(example()), encoding="utf-8")
    portal.manage("forms", "import", str(file))
    editor = visitor(width=1440)
    editor.sign_in(EDITOR)
    editor.go("/admin/forms/")
    editor.follow("After-school club")
    page = editor.page
    expect(page.locator(".portal-exclusions__row")).to_have_count(1)
    for closed in (f"{CHILD} [data-panel-toggle][aria-expanded=false]", "[data-streamfield-action=SETTINGS]"):
        page.locator(closed).evaluate_all("found => found.forEach(element => element.click())")
    page.locator("details").evaluate_all("found => found.forEach(element => (element.open = true))")
    erin = Editor(editor)

    erin.keys("Control+Shift+K")

    for part in (".portal-checks", ".portal-list__row", ".portal-formula", ".portal-columns__row"):
        expect(page.locator(part).first).to_be_visible()
    assert erin.faults() == []
