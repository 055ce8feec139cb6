"""The admin: for caseworkers and managers, for editors, for administrators; and the demo's page of messages."""

import re

from playwright.sync_api import Page

from scripts.screenshots.studio import (
    ADMIN,
    CASEY,
    ERIN,
    FORM,
    MORGAN,
    Studio,
    press,
    settled,
    submit,
    to_case,
    unfold,
)
from tests.browser.portal import Visitor


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


def open_block(page: Page, title: str) -> None:
    """Unfold the innermost block of the form editor that has this title."""
    header = page.locator(":scope > section > .w-panel__header", has_text=title)
    toggle = (
        page.locator("[data-streamfield-child]").filter(has=header).last.locator("[data-panel-toggle]").first
    )
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
