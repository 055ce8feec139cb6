"""Write every page, wide and narrow, into var/screenshots/<part>/: empty, full and in error.

Starts a portal of its own with the demo's people, in a folder that goes afterwards. Exit 1 where a part could not be
shown to its end. A page that scrolls sideways, or shows a placeholder, is named in the output.
"""

import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pikepdf
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from tests.browser.portal import PASSWORD, ROOT, Portal, Visitor, chromium, launch, running

FOLDER = ROOT / "var" / "screenshots"
NARROW = 320
WIDE = {"staff": 1440, "editor": 1440, "pages": 1440, "admin": 1440}
SAM, ALEX, NOOR = "sam.parent@example.org", "alex.parent@example.org", "noor.stranger@example.org"
YUSUF, PAT, HARPER = "yusuf.young@example.org", "pat.advocate@example.org", "harper.head@example.org"
CASEY, MORGAN = "casey.worker@example.org", "morgan.manager@example.org"
ERIN, ADMIN = "erin.editor@example.org", "admin@example.org"
FORM = "Parental Preference Form"
WHY = "Small classes, and a garden where she can be quiet. She has visited twice and asks to go back."
LEFTOVER = re.compile(r"\{\w*\}|\{%|%\(\w+\)s|None None")
# The admin scrolls within its window: what scrolls is measured, not the document alone.
SCROLLERS = "[document.documentElement, ...document.querySelectorAll('.content-wrapper, .content, main')]"
SIDEWAYS = f"Math.max(...{SCROLLERS}.map(one => one.scrollWidth - one.clientWidth))"
TALL = f"Math.max(...{SCROLLERS}.map(one => one.scrollHeight))"
MOST = 6000  # pixels

# Pat, who has nothing of her own in the demo, looks at the cases of children that nobody of the demo's people has.
OPEN_CASES_TO_PAT = """
from accounts.models import User
from casework.models import Case, CaseAccess
from core.dates import today
pat = User.objects.get(email_key="pat.advocate@example.org")
for case in Case.objects.filter(access=None):
    CaseAccess.objects.create(case=case, person=pat, capacity="professional", since=today())
"""
# A page that only bad luck shows, as the site would answer with it.
ERROR_PAGE = """
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.shortcuts import render
from django.test import RequestFactory
request = RequestFactory().get("/", SERVER_NAME="127.0.0.1")
request.user, request.session = AnonymousUser(), SessionStore()
print(render(request, "{template}").content.decode())
"""


class Studio:
    """The portal, a browser for each person, and the folder that pictures go to."""

    def __init__(self, portal: Portal, browser: Browser, folder: Path) -> None:
        self.portal = portal
        self.browser = browser
        self.folder = folder
        self.part = ""
        self.count = 0
        self.faults: list[str] = []
        self.people: dict[str, Visitor] = {}

    def stranger(self) -> Visitor:
        """Somebody new, not signed in."""
        context = self.browser.new_context(locale="en-GB", reduced_motion="reduce")
        return Visitor(context.new_page(), self.portal)

    def person(self, email: str) -> Visitor:
        """One of the demo's people, signed in once."""
        if email not in self.people:
            self.people[email] = self.stranger()
            self.people[email].sign_in(email)
        return self.people[email]

    def shot(self, visitor: Visitor, name: str, path: str = "") -> None:
        """Both pictures of the page that the visitor is on, or goes to by `path`."""
        if path:
            visitor.go(path)
        for size, width in (("narrow", NARROW), ("wide", WIDE.get(self.part, 1200))):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            if self.part in WIDE:
                height = min(int(visitor.page.evaluate(TALL)), MOST)
                visitor.page.set_viewport_size({"width": width, "height": max(height, 900)})
            visitor.page.evaluate("scrollTo(0, 0)")
            picture = self.folder / self.part / f"{name}--{size}.png"
            visitor.page.screenshot(path=picture, full_page=True, animations="disabled")
            if visitor.page.evaluate(SIDEWAYS) > 0:
                self.faults.append(f"{self.part}/{name} scrolls sideways at {width} px")
        found = LEFTOVER.search(visitor.page.locator("body").inner_text())
        if found and self.part != "editor":  # Editors write placeholders.
            self.faults.append(f"{self.part}/{name} shows {found[0]}")
        self.count += 1

    def error_page(self, template: str) -> str:
        return self.portal.manage("shell", "-v", "0", "-c", ERROR_PAGE.format(template=template))


def public(studio: Studio) -> None:
    visitor = studio.stranger()
    for name, path in (
        ("home", "/"),
        ("guide", "/your-send-case/"),
        ("help", "/help/"),
        ("privacy", "/privacy/"),
        ("accessibility", "/accessibility/"),
        ("404", "/no-such-page/"),
        ("signed-out", "/signed-out/"),
    ):
        studio.shot(visitor, name, path)
    visitor.go("/help/")
    unfold(visitor.page)
    studio.shot(visitor, "help-unfolded")
    for status, template in ((403, "403.html"), (500, "500.html")):
        answer_with(visitor.page, "/bad-luck/", status, studio.error_page(template))
        studio.shot(visitor, str(status), "/bad-luck/")
    visitor.go("/sign-in/")
    visitor.page.context.clear_cookies()
    press(visitor, "Continue")
    studio.shot(visitor, "csrf")


def answer_with(page: Page, path: str, status: int, body: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route(f"**{path}", answer)


def sign_in(studio: Studio) -> None:
    visitor = studio.stranger()
    studio.shot(visitor, "sign-in", "/sign-in/")
    unfold(visitor.page)
    studio.shot(visitor, "sign-in-unfolded")
    press(visitor, "Continue")
    studio.shot(visitor, "sign-in--empty")
    give_password(visitor, NOOR, "not the password")
    studio.shot(visitor, "sign-in--wrong")
    give_password(visitor, NOOR, PASSWORD)
    studio.shot(visitor, "code")
    press(visitor, "Continue")
    studio.shot(visitor, "code--empty")
    visitor.page.get_by_label("Security code").fill("000000")
    press(visitor, "Continue")
    studio.shot(visitor, "code--wrong")
    unfold(visitor.page)
    studio.shot(visitor, "code-help-open")
    press(visitor, "Send a new code")
    studio.shot(visitor, "code-new-too-soon")


def families(studio: Studio) -> None:
    studio.portal.manage("shell", "-v", "0", "-c", OPEN_CASES_TO_PAT)
    for name, email in (
        ("sam", SAM),
        ("alex", ALEX),
        ("noor-nothing", NOOR),
        ("yusuf", YUSUF),
        ("harper", HARPER),
        ("pat-many", PAT),
    ):
        studio.shot(studio.person(email), f"home-{name}", "/family/")
    sam = studio.person(SAM)
    sam.go("/family/")
    sam.page.locator(".name-menu summary").click()
    studio.shot(sam, "home-menu-open")


def dashboards(studio: Studio) -> None:
    for name, email, child in (
        ("your-turn", SAM, "Ada"),
        ("waiting", SAM, "Ben"),
        ("young-person", YUSUF, "Yusuf"),
        ("late", PAT, "Chidi"),
        ("assessing", PAT, "Maya"),
        ("refused", PAT, "Tom"),
        ("finished", PAT, "Rhys"),
        ("draft-being-written", PAT, "Zofia"),
    ):
        visitor = studio.person(email)
        visitor.go("/family/")
        visitor.page.get_by_role("link", name=f"SEND dashboard for {child}").click()
        studio.shot(visitor, name)
        if name in ("your-turn", "waiting"):
            studio.shot(
                visitor, f"{name}-actions", f"{visitor.page.url.removeprefix(studio.portal.url)}actions/"
            )
    sam = studio.person(SAM)
    to_dashboard(sam, "Ada")
    unfold(sam.page)
    studio.shot(sam, "your-turn-unfolded")


def form(studio: Studio) -> None:
    """The whole form, as Sam fills it in: each page as it opens and, where it has any, with its errors."""
    sam = studio.person(SAM)
    to_form(sam, "Start the form")
    studio.shot(sam, "00-start")
    press(sam, "Start")
    for number in range(1, 30):
        if step_of(sam.page) == "check":
            break
        fill_in_step(studio, sam, number)
    studio.shot(sam, "90-check")
    other_ways(studio, sam)
    clash(studio, sam)
    signed_out_half_way(studio, sam)
    beside(studio, sam)


def fill_in_step(studio: Studio, visitor: Visitor, number: int) -> None:
    step = step_of(visitor.page)
    studio.shot(visitor, f"{number:02}-{step}")
    if step in FILL:
        FILL[step](studio, visitor, f"{number:02}-{step}")
    press(visitor, "Continue")


def wish(studio: Studio, visitor: Visitor, name: str) -> None:
    press(visitor, "Continue")
    studio.shot(visitor, f"{name}--error")
    visitor.page.get_by_label("A different school, nursery or college", exact=True).check()


def about_you(studio: Studio, visitor: Visitor, name: str) -> None:
    visitor.page.get_by_label("Your name", exact=True).fill("")
    press(visitor, "Continue")
    studio.shot(visitor, f"{name}--error")
    visitor.page.get_by_label("Your name", exact=True).fill("Sam Parent")
    visitor.page.get_by_label("In another way", exact=True).check()
    studio.shot(visitor, f"{name}--revealed")
    visitor.page.get_by_label("I am a parent", exact=True).check()


def reach_you(studio: Studio, visitor: Visitor, name: str) -> None:
    visitor.page.get_by_label("Your email address", exact=True).fill("sam at example.org")
    visitor.page.get_by_label("An interpreter", exact=True).check()
    press(visitor, "Continue")
    studio.shot(visitor, f"{name}--error")
    visitor.page.get_by_label("Your email address", exact=True).fill(SAM)
    visitor.page.get_by_label("An interpreter", exact=True).uncheck()


def about_child(studio: Studio, visitor: Visitor, name: str) -> None:
    day = visitor.page.get_by_label("Day", exact=True)
    month, born = visitor.page.get_by_label("Month", exact=True), day.input_value()
    old_month = month.input_value()
    day.fill("31")
    month.fill("2")
    press(visitor, "Continue")
    studio.shot(visitor, f"{name}--error")
    visitor.page.get_by_label("Day", exact=True).fill(born)
    visitor.page.get_by_label("Month", exact=True).fill(old_month)


def schools(studio: Studio, visitor: Visitor, name: str) -> None:
    for count, (school, why) in enumerate((("Willow House School", WHY), ("Northgate Secondary School", ""))):
        visitor.page.get_by_role("button", name=re.compile("^Add a")).click()
        if not count:
            studio.shot(visitor, f"{name}-add")
            visitor.page.get_by_label("Yes", exact=True).first.check()
            press(visitor, "Continue")
            studio.shot(visitor, f"{name}-add--error")
            for part, typed in (("Day", "4"), ("Month", "9"), ("Year", "2023")):
                visitor.page.get_by_label(part, exact=True).first.fill(typed)
        visitor.page.get_by_label("Which school, nursery or college?").fill(school)
        visitor.page.get_by_label(re.compile("^Why is it right for")).fill(why or "It is near our home.")
        press(visitor, "Continue")
    studio.shot(visitor, f"{name}--two")


def meeting(studio: Studio, visitor: Visitor, name: str) -> None:
    visitor.page.get_by_label("Yes", exact=True).first.check()
    studio.shot(visitor, f"{name}--revealed")
    visitor.page.get_by_label("No", exact=True).first.check()


def files(studio: Studio, visitor: Visitor, name: str) -> None:
    wrong, report = studio.folder / "holiday film.pdf", studio.folder / "Speech report.pdf"
    wrong.write_bytes(b"This is not a PDF, whatever its name says.")
    document = pikepdf.new()
    document.add_blank_page()
    document.save(report)
    press(visitor, "Add this file")
    studio.shot(visitor, f"{name}--none-chosen")
    for path, state in ((wrong, "error"), (report, "added")):
        visitor.page.get_by_label("Reports, letters and drawings").set_input_files(path)
        press(visitor, "Add this file")
        studio.shot(visitor, f"{name}--{state}")
        path.unlink()


# What a page needs before Continue leads on, and what else there is to see on it.
FILL: dict[str, Callable[[Studio, Visitor, str], None]] = {
    "about-you": about_you,
    "reach-you": reach_you,
    "about-child": about_child,
    "what-you-want": wish,
    "schools": schools,
    "meeting": meeting,
    "files": files,
}


def other_ways(studio: Studio, visitor: Visitor) -> None:
    """The pages that another wish leads to; then back to the first wish."""
    for wanted, step in (
        ("Education that is not in a school", "eotas"),
        (re.compile("^To teach .* at home"), "home-education"),
        ("A different school, nursery or college", ""),
    ):
        go_to_step(visitor, "what-you-want")
        visitor.page.get_by_label(wanted).check()
        press(visitor, "Continue")
        if step:
            go_to_step(visitor, step)
            studio.shot(visitor, f"60-{step}")
            press(visitor, "Continue")
            studio.shot(visitor, f"60-{step}--error")


def clash(studio: Studio, visitor: Visitor) -> None:
    """The same page open twice, and changed in both."""
    go_to_step(visitor, "other-schools")
    question = re.compile("^Is there a school you do not want")
    other = Visitor(visitor.page.context.new_page(), studio.portal)
    other.page.goto(visitor.page.url)
    other.page.get_by_label(question).fill("Not Hill Top School: it is an hour away by bus.")
    press(other, "Continue")
    visitor.page.get_by_label(question).fill("Not Hill Top School: it has no lift, and it is an hour away.")
    press(visitor, "Continue")
    studio.shot(visitor, "70-conflict")
    visitor.page.locator("input[type=radio]").first.check()
    press(visitor, "Keep this and continue")
    other.page.close()


def signed_out_half_way(studio: Studio, visitor: Visitor) -> None:
    """What was typed when the sign-in had run out: kept, and given back."""
    go_to_step(visitor, "child-view")
    visitor.page.locator("textarea").first.fill("Ada wants to be where her friend Mia is.")
    cookies = [row for row in visitor.page.context.cookies() if "session" in row["name"]]
    visitor.page.context.clear_cookies(name=cookies[0]["name"])
    press(visitor, "Continue")
    studio.shot(visitor, "71-sign-in-what-you-wrote-is-kept")
    before = set(visitor.codes(SAM))
    give_password(visitor, SAM, PASSWORD)
    visitor.page.get_by_label("Security code").fill(visitor._new_code(SAM, before))
    press(visitor, "Continue")
    studio.shot(visitor, "72-given-back")
    press(visitor, "Continue")


def beside(studio: Studio, visitor: Visitor) -> None:
    """Saved, print, what is missing, the declaration not ticked; then sent."""
    go_to_step(visitor, "draft-plan")
    press(visitor, "Save for later")
    studio.shot(visitor, "80-saved")
    draft = visitor.page.url.removeprefix(studio.portal.url).removesuffix("saved/")
    studio.shot(visitor, "81-print", f"{draft}print/")
    to_dashboard(visitor, "Ada")
    visitor.page.locator(".tile").first.click()
    studio.shot(visitor, "82-actions-begun")
    visitor.page.get_by_role("button", name="Carry on with the form").click()
    studio.shot(visitor, "83-start-again")
    visitor.go(f"{draft}check/")
    studio.shot(visitor, "91-check-full")
    press(visitor, "Submit")
    studio.shot(visitor, "92-check--error")
    visitor.page.get_by_label("What I have written is true as far as I know").check()
    press(visitor, "Submit")
    studio.shot(visitor, "93-receipt")
    studio.shot(visitor, "94-receipt-print", f"{visitor.page.url.removeprefix(studio.portal.url)}print/")
    to_dashboard(visitor, "Ada")
    studio.shot(visitor, "95-dashboard-after")
    visitor.page.locator(".tile").first.click()
    studio.shot(visitor, "96-actions-after")


def unfinished(studio: Studio) -> None:
    """Alex begins and goes to the end at once; the form is withdrawn while it is open."""
    alex = studio.person(ALEX)
    to_form(alex, "Start the form")
    asked = alex.page.url
    press(alex, "Start")
    go_to_step(alex, "check")
    studio.shot(alex, "check-with-nothing-answered")
    begun = alex.page.url
    casey = studio.person(CASEY)
    to_case(casey, "Ada Parent")
    casey.page.locator("tr", has_text="Alex Parent").get_by_role("link", name="Withdraw").click()
    casey.page.get_by_label("Why?").fill("You told us by phone what you would like.")
    submit(casey)
    for name, url in (("withdrawn-form", begun), ("withdrawn-start", asked)):
        studio.shot(alex, name, url.removeprefix(studio.portal.url))
    to_dashboard(alex, "Ada")
    studio.shot(alex, "withdrawn-dashboard")


def staff(studio: Studio) -> None:
    casey = studio.person(CASEY)
    studio.shot(casey, "home", "/admin/")
    studio.shot(casey, "cases", "/admin/casework/case/")
    studio.shot(casey, "cases--none-found", "/admin/casework/case/?q=nobody")
    to_case(casey, "Ada Parent")
    studio.shot(casey, "case")
    case_page(studio, casey)
    to_case(casey, "Ben Parent")
    studio.shot(casey, "case-nothing-asked")
    ask_and_record(studio, casey)
    sent_forms(studio, casey)
    registers(studio)


def case_page(studio: Studio, casey: Visitor) -> None:
    unfold(casey.page)
    studio.shot(casey, "case-unfolded")
    casey.page.get_by_role("link", name=re.compile("^Open again")).first.click()
    studio.shot(casey, "reopen")
    submit(casey)
    studio.shot(casey, "reopen--error")


def ask_and_record(studio: Studio, casey: Visitor) -> None:
    case = casey.page.url
    for link, name in (("Ask for a form…", "ask"), ("Record what happened…", "record")):
        casey.page.goto(case)
        casey.page.get_by_role("link", name=link).click()
        studio.shot(casey, name)
        submit(casey)
        studio.shot(casey, f"{name}--error")
    casey.page.goto(case)
    casey.page.get_by_role("link", name="Ask for a form…").click()
    casey.page.get_by_label("Sam Parent").check()
    casey.page.get_by_label("Last day").fill("2040-01-31")
    press(casey, "Ask for the form")
    studio.shot(casey, "case-asked")
    casey.page.get_by_role("link", name=re.compile("^Withdraw")).first.click()
    studio.shot(casey, "withdraw")


def sent_forms(studio: Studio, casey: Visitor) -> None:
    studio.shot(casey, "sent-forms", "/admin/forms_engine/submission/")
    to_case(casey, "Ada Parent")
    casey.page.locator("tr", has_text="Sam Parent").get_by_role("link", name=FORM).click()
    studio.shot(casey, "sent-form")


def registers(studio: Studio) -> None:
    morgan = studio.person(MORGAN)
    studio.shot(morgan, "manager-home", "/admin/")
    studio.shot(morgan, "manager-cases", "/admin/casework/case/")
    studio.shot(morgan, "deliveries", "/admin/forms_engine/delivery/")
    studio.shot(morgan, "outbox", "/admin/core/outboxitem/")


def editor(studio: Studio) -> None:
    erin = studio.person(ERIN)
    studio.shot(erin, "home", "/admin/")
    studio.shot(erin, "forms", "/admin/forms/")
    erin.page.get_by_role("link", name=FORM).first.click()
    settled(erin.page)
    studio.shot(erin, "form")
    erin.page.set_viewport_size({"width": 1440, "height": 900})
    for title in ("Where {child} should learn", "The kind of place"):
        open_block(erin.page, title)
    studio.shot(erin, "form-condition-open")
    erin.page.set_viewport_size({"width": 1440, "height": 900})
    erin.page.locator("[data-side-panel-toggle=preview]").click()
    settled(erin.page)
    studio.shot(erin, "form-preview")
    studio.shot(erin, "new-form", "/admin/forms/add/")


def pages(studio: Studio) -> None:
    erin = studio.person(ERIN)
    studio.shot(erin, "explorer", "/admin/pages/")
    erin.page.get_by_role("link", name="School and SEND, in one place").first.click()
    settled(erin.page)
    studio.shot(erin, "home-page-editor")


def admin(studio: Studio) -> None:
    ari = studio.person(ADMIN)
    studio.shot(ari, "home", "/admin/")
    studio.shot(ari, "council", "/admin/settings/core/councilsettings/")
    settled(ari.page)
    studio.shot(ari, "forms", "/admin/forms/")


def messages(studio: Studio) -> None:
    studio.shot(studio.stranger(), "outbox", "/dev/outbox/")


PARTS = (
    public,
    sign_in,
    families,
    dashboards,
    form,
    unfinished,
    staff,
    editor,
    pages,
    admin,
    messages,
)


def press(visitor: Visitor, button: str) -> None:
    visitor.page.get_by_role("button", name=button, exact=True).last.click()
    visitor.page.wait_for_load_state()


def submit(visitor: Visitor) -> None:
    """Send the form of a page in the admin, whatever its button says."""
    visitor.page.locator("main button[type=submit]").last.click()
    visitor.page.wait_for_load_state()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def give_password(visitor: Visitor, email: str, password: str) -> None:
    visitor.page.get_by_label("Email address", exact=True).fill(email)
    visitor.page.get_by_label("Password", exact=True).fill(password)
    press(visitor, "Continue")


def to_dashboard(visitor: Visitor, child: str) -> None:
    visitor.go("/family/")
    visitor.page.get_by_role("link", name=f"SEND dashboard for {child}").click()


def to_form(visitor: Visitor, button: str) -> None:
    to_dashboard(visitor, "Ada")
    visitor.page.locator(".tile").first.click()
    visitor.page.get_by_role("button", name=button).click()


def to_case(visitor: Visitor, child: str) -> None:
    visitor.go("/admin/casework/case/")
    visitor.page.locator("tr", has_text=child).locator(".case-link").click()


def step_of(page: Page) -> str:
    """The step that the page's address names: /forms/<draft>/<step>/."""
    return page.url.split("?")[0].rstrip("/").split("/")[5]


def go_to_step(visitor: Visitor, step: str) -> None:
    visitor.page.goto(f"{'/'.join(visitor.page.url.split('/')[:5])}/{step}/")


def open_block(page: Page, title: str) -> None:
    """Unfold the innermost block of the form editor that has this title."""
    header = page.locator(":scope > section > .w-panel__header", has_text=title)
    toggle = (
        page.locator("[data-streamfield-child]").filter(has=header).last.locator("[data-panel-toggle]").first
    )
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()


def show(studio: Studio, part: Callable[[Studio], None]) -> bool:
    """Whether a part could be shown to its end. What stops it is printed, and a picture taken of where it stood."""
    studio.part, before, begun = part.__name__.replace("_", "-"), studio.count, time.monotonic()
    (studio.folder / studio.part).mkdir(parents=True, exist_ok=True)
    try:
        part(studio)
    except (Error, AssertionError, IndexError):
        traceback.print_exc()
        return False
    finally:
        print(f"{studio.part}: {studio.count - before} pages, {time.monotonic() - begun:.0f} s", flush=True)
    return True


def main(wanted: list[str]) -> int:
    if chromium() is None:
        print("There is no Chromium or Chrome here. Debian: apt-get install chromium")
        return 1
    chosen = [part for part in PARTS if not wanted or part.__name__.replace("_", "-") in wanted]
    print("Starting a portal", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        studio = Studio(portal, browser, FOLDER)
        shown = [show(studio, part) for part in chosen]
        browser.close()
    for fault in studio.faults:
        print(f"Look at {fault}")
    print(f"{studio.count} pages, each at two widths: {FOLDER.relative_to(ROOT)}/")
    return 0 if all(shown) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
