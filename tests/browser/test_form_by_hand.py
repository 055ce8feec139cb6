"""An editor builds a whole form with the keyboard alone, looks at it and publishes it; two of a family fill it in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.editor import EDITOR, SLOW_MS, Editor
from tests.browser.portal import Portal, Visitor

SAM, YUSUF = "sam.parent@example.org", "yusuf.young@example.org"
TITLE = "After-school club"
NAME_A_TEAM = f"""
from accounts.models import Team
from forms_engine.models import FormDefinition
Team.objects.order_by("name")[0].forms.add(FormDefinition.objects.get(title="{TITLE}"))
"""

Visit = Callable[..., Visitor]


@pytest.mark.capability("B32")
def test_a_form_with_branches_a_group_a_grid_and_a_ranking_is_built_by_keyboard_and_filled_in_by_a_family(
    visitor: Visit, portal: Portal
) -> None:
    editor = visitor(width=1440)
    editor.sign_in(EDITOR)
    editor.go("/admin/forms/")
    editor.follow("Add form")
    erin = Editor(editor)

    build(erin)
    look_at_it(erin)
    erin.publish()
    # Not "created": it saved itself long before.
    expect(erin.page.get_by_text("updated and published")).to_be_visible()
    # An administrator says who reads it: until then it is not open.
    portal.manage("shell", "--verbosity", "0", "--command", NAME_A_TEAM)

    a_parent_fills_it_in(visitor())
    a_young_person_fills_it_in(visitor())


def build(erin: Editor) -> None:
    """Five pages: who fills it in; one for each branch, of which the first can be filled in several times; the week,
    a grid and a ranking; the end.
    """
    erin.tab("Settings")
    erin.pick("Who may begin it by themselves", "Parents, carers and young people")
    erin.pick("When it is sent", "It goes to the teams that administrators named for it, and they read it")
    erin.back(erin.page.get_by_role("tab", name="Settings"))
    erin.tab("Form")
    erin.write("Title*", TITLE)
    erin.write("What it is for", "Tell us who comes to the club, and when.")
    erin.add("Add a section", "", "The club")
    who_you_are(erin)
    your_children(erin)
    yourself(erin)
    the_week(erin)
    erin.add("Add a page", "Check answers", "Check your answers")


def who_you_are(erin: Editor) -> None:
    erin.add("Add a page", "Page of questions", "Who you are")
    erin.add("Add a question", "Choose one", "Who are you?")
    erin.answers("Parent or carer", "Young person")
    erin.choose("Must it be answered?", "Must be answered")


def your_children(erin: Editor) -> None:
    page = erin.add("Add a page", "Questions to answer several times", "Your children")
    erin.write("What is added, in one word", "child")
    erin.only_when("Who are you?", "Parent or carer")
    erin.add("Add a question", "Full name", "What is the child called?")
    erin.choose("Must it be answered?", "Must be answered")
    erin.settings(page)
    erin.pick("Named after the answer to", "What is the child called?")


def yourself(erin: Editor) -> None:
    erin.add("Add a page", "Page of questions", "Yourself")
    erin.only_when("Who are you?", "Young person")
    erin.add("Add a question", "Long text", "What do you like doing?")


def the_week(erin: Editor) -> None:
    erin.add("Add a page", "Page of questions", "The week")
    erin.add("Add a question", "Grid of tick boxes", "When do you need the club?")
    erin.answers("Monday", "Tuesday", add="Add a row")
    erin.answers("Before school", "After school", "All day", add="Add a column")
    erin.press("Add a set that excludes one another")
    erin.tick("After school")
    erin.tick("All day")
    erin.choose("Must it be answered?", "Must be answered")
    erin.add("Add a question", "Choose some, in order", "What matters most?")
    erin.answers("Playing outside", "Being with friends", "A quiet place")
    erin.press("Add a column")
    erin.page.keyboard.type("Why?")
    erin.pick("Kind of answer 1", "Short text")
    erin.choose("Must it be answered?", "Can be left out")


def look_at_it(erin: Editor) -> None:
    """The preview has every page, follows a change, and shows one page alone; nothing is in the way of publishing."""
    page = erin.page
    preview = erin.preview()
    expect(preview.get_by_text("Who are you?")).to_be_visible(timeout=SLOW_MS)
    expect(preview.get_by_text("What matters most?")).to_be_visible(timeout=SLOW_MS)
    # The label of the question behind.
    erin.back(page.locator("input[name$='-value-label']"))
    erin.rewrite("What matters most to you?")
    expect(preview.get_by_text("What matters most to you?")).to_be_visible(timeout=SLOW_MS)

    # Round the end of the page to its beginning.
    erin.to(page.get_by_label("Preview mode"))
    erin.pick("Preview mode", "Section 1, page 4: The week")
    expect(preview.get_by_role("heading", name="The week")).to_be_visible(timeout=SLOW_MS)
    expect(preview.get_by_role("group", name="Who are you?")).to_have_count(0, timeout=SLOW_MS)

    erin.keys("Control+Shift+K")
    expect(page.locator(".portal-checks")).to_contain_text("Nothing is in the way", timeout=SLOW_MS)
    assert erin.faults() == []


def a_parent_fills_it_in(sam: Visitor) -> None:
    """Along the branch of parents: her children, and not "Yourself"."""
    begin(sam, SAM)
    answer(sam, "Parent or carer", "Your children")
    for button, name in (("Add a child", "Ada Parent"), ("Add another child", "Ben Parent")):
        sam.follow_button(button)
        sam.accessible()
        sam.type("What is the child called?", name)
        sam.next()
    expect(sam.page.get_by_role("heading", name="Child 2: Ben Parent")).to_be_visible()
    sam.accessible()
    sam.next()
    fill_in_the_week(sam)
    send(sam, "Child 2: Ben Parent", "What do you like doing?")


def a_young_person_fills_it_in(yusuf: Visitor) -> None:
    """Along the other branch."""
    begin(yusuf, YUSUF)
    answer(yusuf, "Young person", "Yourself")
    yusuf.type("What do you like doing?", "Football, and drawing.")
    yusuf.next()
    fill_in_the_week(yusuf)
    send(yusuf, "Football, and drawing.", "Your children")


def begin(family: Visitor, email: str) -> None:
    family.sign_in(email)
    family.follow("Forms")
    family.accessible()
    family.follow(TITLE)
    family.accessible()
    family.choose("Somebody else")
    family.next("Start")


def answer(family: Visitor, who: str, heading: str) -> None:
    """Say who fills it in; the next page is the one of that branch."""
    family.accessible()
    family.choose(who)
    family.next()
    expect(family.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    family.accessible()


def fill_in_the_week(family: Visitor) -> None:
    """What excludes one another cannot be sent; then two of the three choices, in order."""
    page = family.page
    monday = page.get_by_role("group", name="Monday")
    family.press(monday.get_by_label("After school"), "Space")
    family.press(monday.get_by_label("All day"), "Space")
    place(family, "1st choice", "A quiet place")
    family.press(page.get_by_role("group", name="1st choice").get_by_label("Why?"), "End")
    page.keyboard.type("To read")
    place(family, "2nd choice", "Playing outside")
    family.accessible()
    family.next()
    expect(page.get_by_text("Monday: choose “After school” or “All day”, not both").first).to_be_visible()
    family.accessible()
    family.press(monday.get_by_label("All day"), "Space")
    family.next()


def place(family: Visitor, name: str, choice: str) -> None:
    """Put an answer at a place of the ranking."""
    chosen: Locator = family.page.get_by_role("group", name=name, exact=True).get_by_label("Your choice")
    family.reach(chosen)
    family.page.keyboard.type(choice)
    expect(chosen.locator("option:checked")).to_have_text(choice)


def send(family: Visitor, said: str, never_asked: str) -> None:
    page = family.page
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    for text in (said, "A quiet place", "To read", "Playing outside"):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_text(never_asked)).to_have_count(0)
    family.accessible()
    family.next("Submit")
    expect(page.get_by_role("heading", name="Form sent")).to_be_visible()
    family.accessible()
