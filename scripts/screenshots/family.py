"""What families see beside the form itself: home, dashboards, and a form that is taken back."""

import re

from scripts.screenshots.people import ALEX, CASEY, HARPER, NOOR, PAT, SAM, YUSUF
from scripts.screenshots.studio import (
    Studio,
    go_to_step,
    press,
    submit,
    to_case,
    to_dashboard,
    to_form,
    unfold,
)


def families(studio: Studio) -> None:
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
        visitor.page.get_by_role("link", name=re.compile(f"SEND dashboard for {child}|Your SEND")).click()
        studio.shot(visitor, name)
        if name in ("your-turn", "waiting"):
            studio.shot(
                visitor, f"{name}-actions", f"{visitor.page.url.removeprefix(studio.portal.url)}actions/"
            )
    sam = studio.person(SAM)
    to_dashboard(sam, "Ada")
    unfold(sam.page)
    studio.shot(sam, "your-turn-unfolded")
    studio.paper(sam, "your-turn-printed")


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
