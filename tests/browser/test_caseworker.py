"""The caseworker's half of the main job with the keyboard alone: finds, asks, records, reads, opens again, accepts."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from core.dates import day_text, today
from forms_engine.definition import build, loads
from tests.browser.filling import Filler, Way
from tests.browser.portal import ROOT, Portal, Visitor

SAM, ALEX, CASEY = "sam.parent@example.org", "alex.parent@example.org", "casey.worker@example.org"
FORM = "Parental Preference Form"
REPORT = "Speech report.pdf"
# More than there are stops on any page of hers: what is not reached by then is not reached.
PRESSES = 60
WAY = Way({"want": "want-eotas", "supporting-files": REPORT}, only_needed=True)

# Why the focus cannot be seen, when the page has had its time to scroll to it; "" where it can.
HIDDEN = """async () => {
  const seen = (colour) => !/^(transparent|rgba.*, 0\\))$/.test(colour);
  const why = (found) => {
    if (!found || found === document.body) return "";
    const box = found.getClientRects()[0];
    const style = getComputedStyle(found);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && seen(style.outlineColor);
    if (!box || !box.width || !box.height) return "has no size";
    if (!outlined && style.boxShadow === "none") return "looks as it does without the focus";
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "is out of sight";
    const top = document.elementFromPoint(x, y);
    return top && (found.contains(top) || top.contains(found)) ? "" : "is covered";
  };
  const until = performance.now() + 3000;
  while (why(document.activeElement) && performance.now() < until) await new Promise(requestAnimationFrame);
  const reason = why(document.activeElement);
  return reason && `${document.activeElement.outerHTML} ${reason}`;
}"""

Visit = Callable[..., Visitor]


def sees_the_focus(page: Page) -> None:
    hidden = page.evaluate(HIDDEN)
    assert not hidden, f"{page.url}: {hidden}"


def tab_to(page: Page, target: Locator) -> Locator:
    """Go to `target` by the Tab key alone. Raises AssertionError where it is not reached, or the focus not seen."""
    for _ in range(PRESSES):
        if target.evaluate("element => element === document.activeElement"):
            return target
        page.keyboard.press("Tab")
        sees_the_focus(page)
    raise AssertionError(f"{page.url}: not reached by Tab: {target}")


class Caseworker(Visitor):
    """Somebody without a mouse, who looks at each stop of the Tab key and has axe-core look at each page."""

    def reach(self, target: Locator) -> Locator:
        return tab_to(self.page, target)

    def open(self, target: Locator) -> None:
        super().open(target)
        self.accessible()

    def is_told(self, words: str) -> None:
        """What was just done is said, and has the focus, so that a screen reader says it too."""
        said = self.page.locator(".messages li", has_text=words)
        expect(said).to_be_focused()
        sees_the_focus(self.page)

    def is_stopped(self, *faults: str) -> None:
        """The page says what is wrong, and the focus is there."""
        problem = self.page.get_by_role("alert").filter(has_text="There is a problem")
        expect(problem).to_be_focused()
        assert self.page.title().startswith("Error: ")
        for fault in faults:
            expect(problem).to_contain_text(fault)

    def to_content(self) -> None:
        """Past the menu, by the first link of the page."""
        self.press(self.page.get_by_role("link", name="Skip to main content"))
        expect(self.page.locator("#main")).to_be_focused()

    def find(self, child: str, *, turn: str = "") -> None:
        """The case of `child` in the register, by name and perhaps by whose turn it is."""
        self.open(self.page.get_by_role("link", name="Cases", exact=True).first)
        self.to_content()
        self.type("Name or reference", child.split()[0])
        if turn:
            self.reach(self.page.get_by_label("Whose turn"))
            self.page.keyboard.type(turn)
        self.next("Show")
        self.to_content()
        self.open(self.page.locator("tr", has_text=child).locator(".case-link"))
        expect(self.page.get_by_role("heading", name=child, level=1)).to_be_visible()

    def row(self, name: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=FORM).filter(has_text=name)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / REPORT
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)
    return path


@pytest.fixture
def casey(visitor: Visit) -> Caseworker:
    at_a_browser = visitor(width=1440)
    return Caseworker(at_a_browser.page, at_a_browser.portal)


def send(sam: Visitor, button: str, begin: str, report: Path) -> None:
    """Sam's form about Ada, from the button of her home, and the one of its first page, to the receipt."""
    form = build(loads((ROOT / "fixtures/forms/parental-preference-form.json").read_bytes()))
    sam.go("/family/")
    sam.follow_button(button)
    sam.next(begin)
    Filler(sam, form, WAY, {"pdf": report}, scripts=False).to_the_receipt()


@pytest.mark.capability("B31")
def test_the_caseworkers_half_is_done_without_a_mouse(
    casey: Caseworker, visitor: Visit, portal: Portal, report: Path
) -> None:
    sam = visitor(scripts=False)
    sam.sign_in(SAM)
    send(sam, "Start the form", "Start", report)

    casey.sign_in(CASEY)
    expect(casey.page.get_by_role("heading", name="My day")).to_be_visible()
    casey.find("Ben Parent", turn="Ours")
    asks_sam(casey)
    is_emailed(casey, portal, SAM, "There is a form for you to fill in")
    records_the_decision(casey)

    casey.find("Ada Parent")
    expect(casey.row("Sam Parent")).to_contain_text("Submitted")
    casey.open(casey.row("Sam Parent").get_by_role("link", name=FORM))
    reads_the_answers(casey)
    opens_it_again(casey)
    is_emailed(casey, portal, SAM, "Please look at your form again")

    send(sam, "Change your answers", "Change your answers", report)
    casey.find("Ada Parent")
    casey.open(casey.row("Sam Parent").get_by_role("button", name="Accept"))
    casey.is_told("Accepted. The family has been told.")
    expect(casey.row("Sam Parent")).to_contain_text("Accepted")
    withdraws_the_other(casey)
    is_emailed(casey, portal, ALEX, "You do not need to fill in the form")


def asks_sam(casey: Caseworker) -> None:
    """What is wrong is said with the focus on it; the date box keeps what was typed, and lets go of the Tab key."""
    last_day = today() + dt.timedelta(days=21)
    box = casey.page.get_by_label("Last day*")
    casey.follow("Ask for a form…")
    casey.type("Last day*", "31 2 2040")
    goes_back_from_the_date_box(casey)
    casey.next("Ask for the form")
    casey.is_stopped("Choose who is to fill it in.", "This is not a real date.")
    casey.press(casey.page.get_by_role("alert").get_by_role("link", name="This is not a real date."))
    expect(box).to_be_focused()
    expect(box).to_have_value("31 2 2040")
    casey.type("Last day*", f"{last_day.day} {last_day.month} {last_day.year}")
    casey.press(casey.page.get_by_label("Sam Parent"), "Space")
    casey.next("Ask for the form")
    casey.is_told("1 person was asked. An email is on its way.")
    expect(casey.row("Sam Parent")).to_contain_text(day_text(last_day))


def goes_back_from_the_date_box(casey: Caseworker) -> None:
    """One press of Shift and Tab leaves it, as one press of Tab does."""
    for keys, label in (("Shift+Tab", "Which form?*"), ("Tab", "Last day*"), ("Tab", "Why do you ask?")):
        casey.page.keyboard.press(keys)
        expect(casey.page.get_by_label(label)).to_be_focused()


def is_emailed(casey: Caseworker, portal: Portal, to: str, subject: str) -> None:
    casey.eventually(lambda: any(subject in row["subject"] for row in portal.messages(to)))


def records_the_decision(casey: Caseworker) -> None:
    """Only what can come next is offered; what the family will read is shown first, and can still be changed."""
    page, day = casey.page, today()
    casey.follow("Record what happened…")
    offered = page.get_by_role("group", name="What happened?").get_by_role("radio")
    assert [radio.get_attribute("value") for radio in offered.all()] == [
        "assessment-agreed",
        "assessment-refused",
    ]
    casey.choose("Decided not to assess")
    casey.type("On which day?*", f"{day.day}/{day.month}/{day.year}")
    casey.next("Continue")
    expect(page.get_by_role("heading", name="Is this right?")).to_be_focused()
    casey.next("Change it")
    expect(page.get_by_label("On which day?*")).to_have_value(f"{day.day}/{day.month}/{day.year}")
    casey.choose("Decided to assess")
    casey.next("Continue")
    expect(page.get_by_role("heading", name="Is this right?")).to_be_focused()
    casey.next("Yes, record it")
    casey.is_told("Recorded. It now stands on the page of the case.")
    happened = page.get_by_role("region", name="What has happened")
    expect(happened.get_by_role("listitem").first).to_contain_text("Decided to assess")


def reads_the_answers(casey: Caseworker) -> None:
    """The page of the sent form has the answers, and its file comes."""
    page = casey.page
    expect(page.get_by_role("heading", name=FORM, level=1)).to_be_visible()
    expect(page.get_by_text("Education that is not in a school").first).to_be_visible()
    casey.to_content()
    casey.reach(page.get_by_role("link", name=REPORT))
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.path().read_bytes().startswith(b"%PDF-")


def opens_it_again(casey: Caseworker) -> None:
    casey.follow("Open again…")
    casey.next("Open it again")
    casey.is_stopped("Say why: the family reads it.")
    casey.type("Why?*", "Please say more about the teaching at home.")
    casey.next("Open it again")
    casey.is_told("The form is open again. The family has been told.")


def withdraws_the_other(casey: Caseworker) -> None:
    casey.open(casey.row("Alex Parent").get_by_role("link", name="Withdraw…"))
    casey.type("Why?*", "You told us all of it by phone.")
    casey.next("Withdraw it")
    casey.is_told("The form is withdrawn. The family has been told.")
    expect(casey.row("Alex Parent")).to_contain_text("Withdrawn")
