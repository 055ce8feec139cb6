"""The admin: for caseworkers and managers, for editors, for administrators; and the demo's page of messages."""

import datetime as dt
import re

from playwright.sync_api import Page

from scripts.screenshots.people import CASEY, ERIN, MORGAN, PAT
from scripts.screenshots.studio import FORM, Studio, press, settled, submit, to_case, unfold
from scripts.screenshots.table import CASES, FORM_TOOLS, PAGES, REGISTERS, RUNNING
from tests.browser.portal import ROOT, Visitor

# A delivery that was given up: nobody has named a team that it goes to.
GIVE_UP = """
from core.models import OutboxItem
from forms_engine.models import Delivery
item = Delivery.objects.first().item
OutboxItem.objects.filter(pk=item.pk).update(state="dead", attempts=10, last_error="NoTeam")
"""


def staff(studio: Studio) -> None:
    casey = studio.person(CASEY)
    studio.shots(CASES)
    to_case(casey, "Ada Parent")
    studio.shot(casey, "case")
    case_page(studio, casey)
    for name, child in (
        ("late", "Chidi Okafor"),
        ("assessing", "Maya Lindqvist"),
        ("asked-nothing", "Ben Parent"),
    ):
        to_case(casey, child)
        studio.shot(casey, f"case-{name}")
    ask_and_record(studio, casey)
    fill_in_for(studio, casey)
    correct(studio, casey)
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
    casey.page.locator("[name=event]").first.check()
    casey.page.locator("[name=day]").fill(f"{dt.datetime.now(dt.UTC):%d %m %Y}")
    submit(casey)
    studio.shot(casey, "record-confirm")
    casey.page.goto(case)
    casey.page.get_by_role("link", name="Ask for a form…").click()
    casey.page.get_by_label("Sam Parent").check()
    casey.page.get_by_label("Last day").fill("31 1 2040")
    press(casey, "Ask for the form")
    studio.shot(casey, "case-asked")
    casey.page.get_by_role("link", name=re.compile("^Withdraw")).first.click()
    studio.shot(casey, "withdraw")
    submit(casey)
    studio.shot(casey, "withdraw--error")


def fill_in_for(studio: Studio, casey: Visitor) -> None:
    """By phone, for a parent: which form, and the form as whoever helps meets it."""
    to_case(casey, "Maya Lindqvist")
    casey.page.get_by_role("link", name="Fill in a form for somebody…").click()
    studio.shot(casey, "fill-in")
    submit(casey)
    studio.shot(casey, "fill-in--error")
    casey.page.get_by_label("Pat Advocate").check()
    casey.page.get_by_label("Which form?").select_option(label=FORM)
    casey.page.get_by_label("By phone").check()
    casey.page.get_by_label("On which day?").fill(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}")
    submit(casey)
    studio.shot(casey, "filling-in")
    pat = studio.person(PAT)
    studio.shot(pat, "helped", casey.page.url.removeprefix(studio.portal.url))
    pat.page.get_by_role("link", name="Go on alone").click()
    studio.shot(pat, "helped--alone")


def correct(studio: Studio, casey: Visitor) -> None:
    to_case(casey, "Ben Parent")
    unfold(casey.page)
    casey.page.get_by_role("link", name=re.compile("^Correct")).first.click()
    studio.shot(casey, "correct")
    submit(casey)
    studio.shot(casey, "correct--error")
    casey.page.get_by_label("It did not happen").check()
    casey.page.locator("[name=reason]").fill("It was another child’s request.")
    submit(casey)
    studio.shot(casey, "correct-confirm")


def sent_forms(studio: Studio, casey: Visitor) -> None:
    studio.shot(casey, "sent-forms", "/admin/forms_engine/submission/")
    to_case(casey, "Ada Parent")
    casey.page.locator("tr", has_text="Sam Parent").get_by_role("link", name=FORM).click()
    studio.shot(casey, "sent-form")
    studio.paper(casey, "sent-form-printed")


def registers(studio: Studio) -> None:
    studio.portal.manage("shell", "-v", "0", "-c", GIVE_UP)
    studio.shots(REGISTERS)
    morgan = studio.person(MORGAN)
    for name, child in (("refused", "Tom Ashworth"), ("finished", "Rhys Pritchard")):
        to_case(morgan, child)
        studio.shot(morgan, f"case-{name}")


def editor(studio: Studio) -> None:
    studio.shots(FORM_TOOLS)
    erin = studio.person(ERIN)
    erin.go(f"/admin/forms/whole/{studio.found['form']}/")
    studio.paper(erin, "whole-printed")
    erin.go("/admin/forms/")
    erin.page.get_by_role("link", name=FORM).first.click()
    settled(erin.page)
    studio.shot(erin, "form")
    erin.page.set_viewport_size({"width": 1440, "height": 900})
    for title in ("Where {child} should learn", "The kind of place"):
        open_block(erin.page, title)
    studio.shot(erin, "form-condition-open")
    for panel in ("checks", "preview"):
        erin.page.set_viewport_size({"width": 1440, "height": 900})
        erin.page.locator(f"[data-side-panel-toggle={panel}]").click()
        settled(erin.page)
        studio.shot(erin, f"form-{panel}")
    erin.page.get_by_role("tab", name="Settings").click()
    studio.shot(erin, "form-settings")
    bring_in(studio, erin)


def bring_in(studio: Studio, erin: Visitor) -> None:
    """A file that is no form, and one that changes a form."""
    text = (ROOT / "fixtures" / "forms" / "parental-preference-form.json").read_text("utf-8")
    studio.shot(erin, "bring-in", "/admin/forms/bring-in/")
    for name, data in (
        ("error", "{}"),
        ("compared", text.replace("What you can ask for", "What you may ask for")),
    ):
        erin.go("/admin/forms/bring-in/")
        erin.page.get_by_label("File (JSON)").set_input_files(
            {"name": "form.json", "mimeType": "application/json", "buffer": data.encode()}
        )
        submit(erin)
        studio.shot(erin, f"bring-in--{name}")


def pages(studio: Studio) -> None:
    studio.shots(PAGES)
    erin = studio.person(ERIN)
    erin.go("/admin/pages/")
    erin.page.get_by_role("link", name="School and SEND, in one place").first.click()
    settled(erin.page)
    studio.shot(erin, "home-page-editor")


def admin(studio: Studio) -> None:
    studio.shots(RUNNING)


def messages(studio: Studio) -> None:
    studio.shot(studio.stranger(), "outbox", "/dev/outbox/")


def open_block(page: Page, title: str) -> None:
    """Unfold the innermost block of the form editor that has this title."""
    header = page.locator(":scope > section > .w-panel__header", has_text=title)
    toggle = (
        page.locator("[data-streamfield-child]").filter(has=header).last.locator("[data-panel-toggle]").first
    )
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
