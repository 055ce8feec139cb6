"""Somebody at the form editor who has a keyboard and no mouse: each step goes on where the last one ended."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.portal import Visitor, tab_to

EDITOR = "erin.editor@example.org"
CHILD = "[data-streamfield-child]"
# Of a live preview and of autosave: both take as long as the server does.
SLOW_MS = 60_000
# What we add to Wagtail's editor.
OURS = [
    ".portal-add",
    ".portal-checks",
    ".portal-columns",
    ".portal-condition",
    ".portal-condition-line",
    ".portal-exclusions",
    ".portal-formula",
    ".portal-list",
    ".portal-options",
    ".portal-radio-row",
    ".portal-tools",
    ".portal-undo",
]
# What axe finds in Wagtail's own editor, which is not ours to change.
UPSTREAM = {
    "aria-input-field-name": "The box for rich text has no name",
    "landmark-unique": "Blocks of one kind that are open at once are regions of one name",
    "scrollable-region-focusable": "The list of headings at the side scrolls, and cannot be reached by Tab",
    "page-has-heading-one": "A form that was not saved yet has no heading of its own",
}
# Rules about the whole page name <html>, which is Wagtail's.
INSIDE = "(element, ours) => element.closest(ours) !== null"


class Editor:
    """The page of one form."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page

    def to(self, target: Locator, limit: int = 250) -> Locator:
        """Tab on to `target`, or to the next of those that it names."""
        return tab_to(self.page, target, limit)

    def back(self, target: Locator, limit: int = 250) -> Locator:
        return tab_to(self.page, target, limit, key="Shift+Tab")

    def called(self, label: str, kind: str) -> Locator:
        """The boxes of one kind with this label."""
        return self.page.get_by_label(label, exact=True).and_(self.page.locator(kind))

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def press(self, button: str) -> None:
        """Press the next button that is called so."""
        self.to(self.page.get_by_role("button", name=button, exact=True))
        self.keys("Enter")

    def write(self, label: str, words: str) -> None:
        """Put `words` in the next box that is called so, in place of what is there."""
        self.to(self.called(label, "input, textarea"))
        self.rewrite(words)

    def rewrite(self, words: str) -> None:
        """The same with the box that has the focus."""
        self.keys("Control+A")
        self.page.keyboard.type(words)

    def pick(self, label: str, choice: str) -> None:
        """Choose from the next list that is called so: from its top by the arrow key, until it says `choice`."""
        self.to(self.called(label, "select"))
        self.keys("Home")
        for _ in range(60):
            if self.page.locator(":focus option:checked").inner_text() == choice:
                return
            self.keys("ArrowDown")
        raise AssertionError(f"“{label}” does not offer “{choice}”")

    def choose(self, label: str, choice: str) -> None:
        """Choose in the next row of radio buttons that is called so, by the arrow key."""
        self.to(
            self.page.get_by_role("radiogroup", name=label, exact=True).get_by_role("radio", checked=True)
        )
        wanted = self.page.locator("label").filter(has_text=choice).locator(":focus")
        for _ in range(10):
            if wanted.count():
                return
            self.keys("ArrowDown")
        raise AssertionError(f"“{label}” does not offer “{choice}”")

    def tick(self, label: str) -> None:
        self.to(self.called(label, "[type=checkbox]"))
        self.keys("Space")

    def tab(self, name: str) -> None:
        """Open "Form" or "Settings": the arrow keys change from one to the other."""
        wanted = self.page.get_by_role("tab", name=name)
        self.to(self.page.locator("[role=tab][aria-selected=true]"))
        self.keys("ArrowRight")
        expect(wanted).to_be_focused()
        expect(wanted).to_have_attribute("aria-selected", "true")

    def add(self, button: str, kind: str, words: str) -> Locator:
        """Press the next "Add a ..." and choose what; type its title or its question. Gives the block."""
        page = self.page
        count = page.locator(CHILD).count()
        search = page.get_by_placeholder("Search options…")
        self.press(button)
        if kind:
            expect(search).to_be_focused()
            page.keyboard.type(kind)
            expect(page.locator("[role=option]")).to_have_count(1)
            self.keys("Enter")
            expect(search).to_have_count(0)
        expect(page.locator(CHILD)).to_have_count(count + 1)
        expect(page.locator(":focus")).to_have_attribute("type", "text")
        page.keyboard.type(words)
        section = page.locator(f"{CHILD} > section").filter(has=page.locator(":focus")).last
        return page.locator(f"#{section.get_attribute('id')}").locator("xpath=..")

    def answers(self, *answers: str, add: str = "Add an answer") -> None:
        """Type a list: Enter makes the next one."""
        self.press(add)
        for number, answer in enumerate(answers):
            if number:
                self.keys("Enter")
            self.page.keyboard.type(answer)

    def settings(self, block: Locator) -> None:
        """Back to the cog of a block, and open what stands behind it."""
        self.back(block.locator(":scope > section > .w-panel__header [data-streamfield-action=SETTINGS]"))
        self.keys("Enter")

    def only_when(self, question: str, answer: str) -> None:
        """The one condition of what has the focus."""
        self.press("Only on a condition")
        self.pick("Question 1", question)
        self.pick("Answer 1", answer)

    def preview(self) -> FrameLocator:
        """Open the live preview by its shortcut. The focus stays where it is."""
        self.keys("Control+P")
        return self.page.frame_locator("#w-preview-iframe")

    def saved(self) -> None:
        """Wait until everything that was typed has been saved by itself."""
        form = self.page.locator("#w-editor-form")
        expect(form).to_have_attribute("data-w-unsaved-has-edits-value", "false", timeout=SLOW_MS)
        indicator = self.page.locator("#w-autosave-indicator")
        expect(indicator).to_have_attribute("data-w-autosave-state-value", "saved", timeout=SLOW_MS)

    def publish(self) -> None:
        self.to(self.page.get_by_role("button", name="More actions"), limit=400)
        self.keys("Enter")
        self.to(self.page.get_by_role("button", name="Publish", exact=True))
        with self.page.expect_navigation():
            self.keys("Enter")

    def faults(self) -> list[str]:
        """What axe finds on the page but UPSTREAM; in what we add to it, anything at all."""
        found = Axe().run(self.page).response["violations"]
        targets = [(row["id"], node["target"][0]) for row in found for node in row["nodes"]]
        ours = ", ".join(OURS)
        return [
            f"{rule} {at}"
            for rule, at in targets
            if rule not in UPSTREAM or self.page.locator(at).first.evaluate(INSIDE, ours)
        ]
