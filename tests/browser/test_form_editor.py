"""A content editor builds a form by keyboard, sees it as families will, mends it, and publishes it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

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
    expect(page.locator(".messages li:focus")).to_contain_text("A condition is not finished")
    expect(page.locator(".portal-checks")).to_contain_text("A condition is not finished")
    page.locator(".portal-findings a").last.press("Enter")
    expect(change.get_by_label("Question 1").first).to_be_focused()
    # From the other tab, too, whatever was open before.
    page.get_by_role("tab", name="Settings").press("Enter")
    expect(change).to_be_hidden()
    page.locator(".portal-checks__where a").last.press("Enter")
    expect(change.get_by_label("Question 1").first).to_be_focused()

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

    asking = page.locator(CHILD).nth(2)
    button(asking, "DELETE").press("Enter")
    expect(change.locator(".portal-condition__problem").first).to_contain_text("was deleted")
    expect(page.locator(".portal-undo")).to_contain_text("“Who are you?” was deleted.")
    expect(asking).to_be_hidden()
    assert erin.faults() == []
    expect(page.locator(":focus")).to_have_text("Put it back")
    erin.keys("Enter")
    expect(change.locator(".portal-condition__problem")).to_have_count(0)
    expect(page.locator(":focus")).to_have_value("Who are you?")
    expect(page.get_by_label("Answer 2", exact=True).first).to_have_value("Young person")

    count = page.locator(CHILD).count()
    button(section, "DUPLICATE").press("Enter")
    # What was deleted still stands there, hidden, and is not copied.
    expect(page.locator(CHILD)).to_have_count(2 * count - 1)

    page.get_by_label("Answer 2", exact=True).filter(visible=True).first.focus()
    paste(page, "• A grandparent\nA carer\tfostering, too\n\n– Somebody else")
    rows = section.locator(".portal-options__row").filter(visible=True)
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

    # By its name: to look for a label through the whole of so long a form takes a busy machine too long.
    erin = Editor(editor)
    erin.to(page.locator("[name=intro]"))
    erin.rewrite("Say if {child} may come along.")
    editor.eventually(lambda: page.evaluate("window['w-autosave:save']"))


def test_what_is_typed_while_a_draft_is_being_saved_is_saved_and_drawn_too(
    erin: Editor, portal: Portal
) -> None:
    """A slow connection holds the answer to a save back, and meanwhile she types on."""
    page = erin.page
    erin.write("Title*", "Pets")
    erin.add("Add a section", "", "Your pets")
    erin.add("Add a page", "Page of questions", "Which pets")
    erin.add("Add a question", "Short text", "Which pet?")
    erin.preview()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text("Which pet?")).to_be_visible(timeout=SLOW_MS)
    erin.saved()

    held: list[tuple[Route, APIResponse]] = []
    page.route("**/admin/forms/edit/*/", lambda route: held.append((route, route.fetch())))
    erin.rewrite("Which pets?")
    erin.visitor.eventually(lambda: bool(page.title()) and bool(held), seconds=SLOW_MS / 1000)
    page.keyboard.type(" Say all")
    for route, answer in held:
        route.fulfill(response=answer)
    page.unroute_all()

    expect(preview.get_by_text("Which pets? Say all")).to_be_visible(timeout=SLOW_MS)
    erin.saved()
    draft = exported(portal, "pets")["sections"][0]["steps"][0]["questions"][0]
    assert draft["label"] == "Which pets? Say all"


@pytest.fixture
def erin_at_example(visitor: Visit, portal: Portal, tmp_path: Path) -> Editor:
    """Erin at a form with a bit of everything."""
    file = tmp_path / "example.json"
    file.write_text(json.dumps(example()), encoding="utf-8")
    portal.manage("forms", "import", str(file))
    editor = visitor(width=1440)
    editor.sign_in(EDITOR)
    editor.go("/admin/forms/")
    editor.follow("After-school club")
    return Editor(editor)


def test_axe_finds_nothing_in_what_we_add_to_the_editor(erin_at_example: Editor) -> None:
    """With all of it open."""
    erin, page = erin_at_example, erin_at_example.page
    expect(page.locator(".portal-exclusions__row")).to_have_count(1)
    for closed in (f"{CHILD} [data-panel-toggle][aria-expanded=false]", "[data-streamfield-action=SETTINGS]"):
        page.locator(closed).evaluate_all("found => found.forEach(element => element.click())")
    page.locator("details").evaluate_all("found => found.forEach(element => (element.open = true))")

    erin.keys("Control+Shift+K")

    for part in (".portal-checks", ".portal-list__row", ".portal-formula", ".portal-columns__row"):
        expect(page.locator(part).first).to_be_visible()
    assert erin.faults() == []
    page.get_by_role("tab", name="Settings").press("Enter")
    expect(page.get_by_role("combobox", name="Who may begin it by themselves")).to_be_visible()
    assert erin.faults() == []


def test_an_earlier_answer_is_put_into_a_calculation_by_the_button(erin_at_example: Editor) -> None:
    page = erin_at_example.page
    expect(page.locator(".portal-exclusions__row")).to_have_count(1)
    formula = page.locator("input[name$='-formula']").first
    folded = page.locator(f"{CHILD} [data-panel-toggle][aria-expanded=false]")
    folded.evaluate_all("found => found.forEach(element => element.click())")
    before = formula.input_value()
    block = page.locator(CHILD).filter(has=formula).last

    answers = block.get_by_label("Answer to put in")
    answers.select_option(index=1)
    block.get_by_role("button", name="Put it in").press("Enter")

    assert formula.input_value() != before
    assert f"[{answers.input_value()}]" in formula.input_value()
    expect(block.get_by_text("Reads:")).to_be_visible()
    expect(formula).to_be_focused()


def test_kinds_of_questions_are_found_by_what_else_people_call_them(erin: Editor) -> None:
    page = erin.page
    erin.write("Title*", "Kinds")
    erin.add("Add a section", "", "Kinds")
    erin.add("Add a page", "Page of questions", "Kinds")
    for typed, found in (
        ("upload", "Files (upload)"),
        ("dropdown", "One from a long list (drop-down list)"),
        ("radio", "Choose one (radio buttons, multiple choice)"),
        ("checkbox", "Choose any (check boxes, tick boxes, several answers)"),
        ("paragraph", "Long text (paragraph, large text box)"),
        ("textbox", "Short text (text box)"),
    ):
        erin.press("Add a question")
        expect(page.get_by_placeholder("Search options…")).to_be_focused()
        page.keyboard.type(typed)
        expect(page.get_by_role("option", name=found, exact=True)).to_be_visible()
        erin.keys("Escape")
        expect(page.locator(".c-sf-add-button:focus")).to_have_count(1)
