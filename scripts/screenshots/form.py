"""The whole of a form, as Sam fills it in: each page as it opens and, where it has any, with its errors."""

import re
from collections.abc import Callable

import pikepdf

from scripts.screenshots.people import NOOR, SAM
from scripts.screenshots.studio import (
    Studio,
    give_password,
    go_to_step,
    press,
    step_of,
    to_dashboard,
    to_form,
)
from tests.browser.portal import PASSWORD, Visitor

ADD = "Add this file : Reports, letters and drawings"
WHY = "Small classes, and a garden where she can be quiet. She has visited twice and asks to go back."


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
    signed_in_as_somebody_else(studio, sam)
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
        visitor.page.get_by_label("It is not in the list").check()
        visitor.page.get_by_label("Its name").fill(school)
        visitor.page.get_by_label(re.compile("^Why is it right for")).fill(why or "It is near our home.")
        press(visitor, "Continue")
    studio.shot(visitor, f"{name}--two")
    visitor.page.get_by_role("link", name=re.compile("^Change")).last.click()
    studio.shot(visitor, f"{name}-change")
    visitor.page.go_back()
    visitor.page.get_by_role("button", name=re.compile("^Remove")).last.click()
    studio.shot(visitor, f"{name}-remove")
    visitor.page.get_by_role("link", name="No, keep it").click()


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
    press(visitor, ADD)
    studio.shot(visitor, f"{name}--none-chosen")
    for path, state, place in ((wrong, "error", ".govuk-error-message"), (report, "added", ".files")):
        visitor.page.get_by_label("Reports, letters and drawings").set_input_files(path)
        press(visitor, ADD)
        visitor.page.locator(f".adder {place}", has_text=path.name).wait_for()
        studio.shot(visitor, f"{name}--{state}")
        path.unlink()
    visitor.page.get_by_role("button", name=f"Remove {report.name}").click()
    studio.shot(visitor, f"{name}-remove")
    visitor.page.get_by_role("link", name="No, keep it").click()


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
    visitor.page.get_by_label("Security code").fill(visitor.new_code(SAM, before))
    press(visitor, "Continue")
    studio.shot(visitor, "72-given-back")
    press(visitor, "Continue")


def signed_in_as_somebody_else(studio: Studio, visitor: Visitor) -> None:
    """Noor signs in where Sam's page stands open, and sends it."""
    context = visitor.page.context
    own = context.cookies()
    context.clear_cookies()
    context.add_cookies(studio.person(NOOR).page.context.cookies())  # type: ignore[arg-type]
    press(visitor, "Continue")
    studio.shot(visitor, "73-another-persons-page")
    context.clear_cookies()
    context.add_cookies(own)  # type: ignore[arg-type]


def beside(studio: Studio, visitor: Visitor) -> None:
    """Saved, print, what could still be answered; then sent."""
    go_to_step(visitor, "draft-plan")
    press(visitor, "Save for later")
    studio.shot(visitor, "80-saved")
    draft = visitor.page.url.removeprefix(studio.portal.url).removesuffix("saved/")
    studio.shot(visitor, "81-print", f"{draft}print/")
    studio.paper(visitor, "81-printed")
    to_dashboard(visitor, "Ada")
    visitor.page.locator(".tile").first.click()
    studio.shot(visitor, "82-actions-begun")
    visitor.page.get_by_role("button", name="Carry on with the form").click()
    studio.shot(visitor, "83-carried-on")
    visitor.go(f"{draft}check/")
    studio.shot(visitor, "91-check-full")
    other = Visitor(visitor.page.context.new_page(), studio.portal)
    other.go(f"{draft}child-view/")
    visitor.page.get_by_label("What I have written is true as far as I know").check()
    press(visitor, "Submit")
    studio.shot(visitor, "93-receipt")
    other.page.locator("textarea").first.fill("She would like to start after half-term.")
    press(other, "Continue")
    studio.shot(other, "93-too-late")
    other.page.close()
    studio.shot(visitor, "94-receipt-print", f"{visitor.page.url.removeprefix(studio.portal.url)}print/")
    studio.paper(visitor, "94-receipt-printed")
    to_dashboard(visitor, "Ada")
    studio.shot(visitor, "95-dashboard-after")
    visitor.page.locator(".tile").first.click()
    studio.shot(visitor, "96-actions-after")
