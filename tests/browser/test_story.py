"""The main job, from a parent's sign-in to her caseworker, against the real site and worker."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import CHILD, EDITOR, SLOW_MS, Editor
from tests.browser.portal import Portal, Visitor

SAM, ALEX = "sam.parent@example.org", "alex.parent@example.org"
CASEY, ROBIN = "casey.worker@example.org", "robin.worker@example.org"
FORM = "Parental Preference Form"
REPORT = "Speech report.pdf"
WHY = "Small classes, and a garden where she can be quiet."
OLD_WORDS, NEW_WORDS = "What would you like for Ada?", "What would be best for Ben?"
NEW_QUESTION = "What would you like to talk about?"

Visit = Callable[..., Visitor]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / REPORT
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)
    return path


def look(visitor: Visitor, *, scripts: bool) -> None:
    """axe-core on the page. It runs as a script of the page, so not where scripts are off."""
    if scripts:
        visitor.accessible()


def to_the_form(visitor: Visitor, button: str, *, scripts: bool = True) -> None:
    """From the family home by the dashboard and its tile to the form: its first page, or the one where it waits."""
    look(visitor, scripts=scripts)
    visitor.follow("SEND dashboard for Ada")
    expect(visitor.page.locator(".turn")).to_contain_text("Your turn")
    expect(visitor.page.locator(".tile")).to_contain_text("1")
    look(visitor, scripts=scripts)
    visitor.press(visitor.page.locator(".tile"))
    expect(visitor.page.get_by_role("heading", name="Actions to complete (1)")).to_be_visible()
    look(visitor, scripts=scripts)
    visitor.follow_button(button)
    look(visitor, scripts=scripts)


def fill_in_the_first_half(visitor: Visitor, *, scripts: bool) -> None:
    """As far as the wish, and one school with its reasons; saved half-way through a page."""
    for answer in ("I am a parent", "", "", "", ""):
        if answer:
            visitor.choose(answer)
        look(visitor, scripts=scripts)
        visitor.next()
    for _guidance in range(4):
        look(visitor, scripts=scripts)
        visitor.next()
    expect(visitor.page.get_by_text(OLD_WORDS).first).to_be_visible()
    visitor.choose("A different school, nursery or college")
    look(visitor, scripts=scripts)
    visitor.next()
    visitor.next()
    look(visitor, scripts=scripts)
    visitor.next("Add a school")
    visitor.choose("It is not in the list")
    visitor.type("Its name", "Willow House School")
    visitor.type("Why is it right for Ada?", WHY)
    look(visitor, scripts=scripts)
    visitor.next("Save for later")
    expect(visitor.page.get_by_role("heading", name="saved", exact=False).first).to_be_visible()
    look(visitor, scripts=scripts)


def finds_every_word(visitor: Visitor) -> None:
    """The form opens at the next page; the one before it has the school and the reasons for it."""
    visitor.follow("Back")
    expect(visitor.page.get_by_role("heading", name="Willow House School")).to_be_visible()
    expect(visitor.page.get_by_text(WHY).first).to_be_visible()


def fill_in_the_second_half(visitor: Visitor, report: Path, *, scripts: bool) -> None:
    """From where she stopped, with every word there, by the report, to the receipt."""
    finds_every_word(visitor)
    look(visitor, scripts=scripts)
    while not visitor.page.url.endswith("/files/"):
        visitor.next()
        look(visitor, scripts=scripts)
    visitor.reach(visitor.page.get_by_label("Reports, letters and drawings")).set_input_files(report)
    visitor.next("Add this file : Reports, letters and drawings")
    # With JavaScript the page is loaded anew when the file has come: only that page lists it.
    expect(visitor.page.get_by_role("list", name="Files added")).to_contain_text(REPORT)
    look(visitor, scripts=scripts)
    visitor.next()
    expect(visitor.page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(visitor.page.get_by_text(WHY).first).to_be_visible()
    look(visitor, scripts=scripts)
    visitor.press(visitor.page.get_by_label("What I have written is true as far as I know"), "Space")
    visitor.next("Submit")
    expect(visitor.page.get_by_role("heading", name="Form sent")).to_be_visible()
    look(visitor, scripts=scripts)


def receipt(visitor: Visitor, portal: Portal, email: str) -> str:
    """The reference on the receipt: it is in the email and on the PDF too, and the email names no child."""
    reference = visitor.page.locator(".govuk-panel__body strong").inner_text()
    assert reference.startswith("PPF-")
    link = visitor.page.get_by_role("link", name="Download your form (PDF)").get_attribute("href")
    answer = visitor.page.request.get(f"{portal.url}{link}")
    with pikepdf.open(io.BytesIO(answer.body())) as document:
        assert document.Root.MarkInfo.Marked
        assert reference in str(document.docinfo.get("/Title", "")) or len(document.pages) > 1
    visitor.eventually(lambda: any(reference in row["body"] for row in portal.messages(email)))
    mail = next(row for row in portal.messages(email) if reference in row["body"])
    assert "Ada" not in mail["subject"] + mail["body"]
    return reference


def parent_sends_the_form(
    visitor: Visitor, portal: Portal, email: str, report: Path, *, scripts: bool
) -> str:
    """The family's half: begin, save, sign out, come back, finish. Gives the reference."""
    visitor.sign_in(email)
    to_the_form(visitor, "Start the form", scripts=scripts)
    visitor.next("Start")
    fill_in_the_first_half(visitor, scripts=scripts)
    visitor.sign_out()
    look(visitor, scripts=scripts)
    visitor.sign_in(email)
    to_the_form(visitor, "Carry on with the form", scripts=scripts)
    fill_in_the_second_half(visitor, report, scripts=scripts)
    reference = receipt(visitor, portal, email)
    visitor.follow_button("Back to the SEND dashboard")
    expect(visitor.page.locator(".tile")).to_contain_text("0")
    look(visitor, scripts=scripts)
    return reference


@pytest.mark.capability("A1", "B11", "B17", "B19", "B31", "B32", "B33")
def test_a_parents_preference_form_reaches_her_caseworker(
    visitor: Visit, portal: Portal, report: Path
) -> None:
    sam, alex, casey = visitor(), visitor(), visitor(width=1440)
    alex.sign_in(ALEX)
    to_the_form(alex, "Start the form")
    alex.next("Start")
    fill_in_the_first_half(alex, scripts=True)

    reference = parent_sends_the_form(sam, portal, SAM, report, scripts=True)

    casey.sign_in(CASEY)
    submission = caseworker_reads(casey, reference)
    robin = visitor(width=1440)
    robin.sign_in(ROBIN)
    for path in (submission, "/admin/casework/case/"):
        answer = robin.page.request.get(f"{portal.url}{path}")
        assert "Ada" not in answer.text()
    assert robin.page.request.get(f"{portal.url}{submission}").status == 404

    erin = visitor(width=1440)
    erin.sign_in(EDITOR)
    editor_changes_the_form(erin)
    caseworker_asks_for_ben(casey)

    sam.go("/family/")
    sam.follow_button("Start the form")
    sam.next("Start")
    next_parent_meets_the_new_form(sam)

    alex.go("/family/")
    alex.follow_button("Carry on with the form")
    finds_every_word(alex)
    alex.page.goto(alex.page.url.split("/schools/")[0] + "/what-you-want/")
    expect(alex.page.get_by_text(OLD_WORDS).first).to_be_visible()


@pytest.mark.capability("B32", "B33")
def test_the_familys_half_works_by_keyboard_on_a_phone_without_javascript(
    visitor: Visit, portal: Portal, report: Path
) -> None:
    parent_sends_the_form(visitor(scripts=False, width=320), portal, SAM, report, scripts=False)


def caseworker_reads(casey: Visitor, reference: str) -> str:
    """The case says that the form came back; its answers and file open. Gives the path of the answers."""
    page = casey.page
    expect(page.get_by_role("heading", name="My day")).to_be_visible()
    casey.go("/admin/casework/case/")
    casey.press(page.locator("tr", has_text="Ada Parent").locator(".case-link"))
    row = page.locator("tr", has_text="Sam Parent")
    expect(row).to_contain_text("Submitted")
    expect(row).to_contain_text(reference)
    casey.press(row.get_by_role("link", name=FORM))
    expect(page.get_by_text(WHY).first).to_be_visible()
    with page.expect_download() as started:
        casey.press(page.get_by_role("link", name=REPORT))
    assert started.value.path().read_bytes().startswith(b"%PDF-")
    return page.url.split("/", 3)[3].join(("/", ""))


def caseworker_asks_for_ben(casey: Visitor) -> None:
    casey.go("/admin/casework/case/")
    casey.open(casey.page.locator("tr", has_text="Ben Parent").locator(".case-link"))
    casey.open(casey.page.get_by_role("link", name="Ask for a form…"))
    casey.press(casey.page.get_by_label("Sam Parent"), "Space")
    casey.type("Last day*", "31 1 2040")
    casey.next("Ask for the form")
    expect(casey.page.get_by_text("1 person was asked.")).to_be_visible()


def block(page: Page, title: str) -> Locator:
    """The innermost block of the editor whose folded line says `title`."""
    header = page.locator(":scope > section > .w-panel__header", has_text=title)
    return page.locator(CHILD).filter(has=header).last


def unfold(found: Locator) -> None:
    toggle = found.locator(":scope > section > .w-panel__header [data-panel-toggle]")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.press("Enter")


def editor_changes_the_form(visitor: Visitor) -> None:
    """Reword a question, add one that only those meet who want to talk, look at it as families do, publish."""
    erin, page = Editor(visitor), visitor.page
    visitor.go("/admin/forms/")
    visitor.press(page.get_by_role("link", name=FORM).first)
    # A long form takes as long as the computer does to stand there.
    expect(block(page, "What you would like")).to_be_visible(timeout=SLOW_MS)
    unfold(block(page, "What you would like"))
    wish = block(page, "What would you like for")
    unfold(wish)
    preview = erin.preview()
    expect(preview.get_by_text("What would you like for")).to_be_visible(timeout=SLOW_MS)
    wish.locator("input[name$='-value-label']").first.fill("What would be best for {child}?")
    expect(preview.get_by_text("What would be best for")).to_be_visible(timeout=SLOW_MS)
    meeting = block(page, "Meeting us")
    unfold(meeting)
    meeting.get_by_role("button", name="Add a question", exact=True).last.focus()
    question = erin.add("Add a question", "Short text", NEW_QUESTION)
    question.get_by_role("button", name="Only on a condition").first.press("Enter")
    row = question.locator(".portal-condition__row")
    wanted = row.get_by_label("Question 1").locator("option", has_text="What would be best for").first
    row.get_by_label("Question 1").select_option(wanted.get_attribute("value"))
    row.get_by_label("Answer 1").select_option(label="Not sure yet, I want to talk")
    page.locator("footer").get_by_role("button", name="More actions").focus()
    erin.publish()
    expect(page.get_by_text("updated and published")).to_be_visible()


def next_parent_meets_the_new_form(sam: Visitor) -> None:
    form = sam.page.url.rsplit("/", 2)[0]
    sam.page.goto(f"{form}/what-you-want/")
    expect(sam.page.get_by_text(NEW_WORDS).first).to_be_visible()
    sam.choose("Not sure yet, I want to talk")
    sam.next()
    sam.page.goto(f"{form}/meeting/")
    expect(sam.page.get_by_label(NEW_QUESTION)).to_be_visible()
