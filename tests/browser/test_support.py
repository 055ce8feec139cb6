"""Staff end a wait and see the portal as a parent does; she reads of both. axe looks at each page."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.portal import Visitor

pytestmark = pytest.mark.capability("A32")
SAM, ADMIN, MORGAN = "sam.parent@example.org", "admin@example.org", "morgan.manager@example.org"


def ours_is_accessible(visitor: Visitor) -> None:
    """What surrounds it in the admin is Wagtail's own."""
    violations = Axe().run(visitor.page, context={"include": [[".case-page"]]}).response["violations"]
    found = [(row["id"], [node["target"] for node in row["nodes"]]) for row in violations]
    assert not found, f"{visitor.page.url}: {found}"


def guesses(stranger: Visitor) -> None:
    for number in range(6):
        stranger.go("/sign-in/")
        stranger.type("Email address", SAM)
        stranger.type("Password", f"guess number {number}")
        stranger.next()
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Wait a while, then try again")


def test_a_wait_is_ended_and_its_person_reads_why(visitor: Callable[..., Visitor]) -> None:
    stranger, ash, sam = visitor(), visitor(), visitor(width=320)
    guesses(stranger)
    ash.sign_in(ADMIN)
    ash.go("/admin/waits/")
    ours_is_accessible(ash)
    ash.follow("Wrong passwords for one account, from one network")
    ours_is_accessible(ash)
    ash.next("End the wait")
    expect(ash.page.get_by_role("alert").first).to_be_visible()
    ours_is_accessible(ash)
    ash.page.get_by_label("Why it can end now").fill("You called us.")
    ash.next("End the wait")
    expect(ash.page.get_by_text("Nobody has to wait.")).to_be_visible()
    sam.sign_in(SAM)
    sam.go("/account/")
    sam.accessible()
    sam.follow("what people at the council did with your account")
    expect(sam.page.get_by_text("Reason: You called us.")).to_be_visible()
    sam.accessible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_manager_sees_the_portal_as_a_parent_does(visitor: Callable[..., Visitor], scripts: bool) -> None:
    morgan = visitor(width=320)
    morgan.sign_in(MORGAN)
    if not scripts:
        without = visitor(scripts=False)
        without.page.context.add_cookies(morgan.page.context.cookies())
        morgan = without
    morgan.go("/admin/view-as/")
    if scripts:
        ours_is_accessible(morgan)
    morgan.page.get_by_label("Email address of the person").fill(SAM)
    morgan.page.get_by_label("Why you look").fill("You called and did not find your case.")
    morgan.page.get_by_role("button", name="View as this person").click()
    page = morgan.page
    for path in ("/family/", "/account/"):
        morgan.go(path)
        expect(page.get_by_text("You see the portal as Sam Parent sees it.")).to_be_visible()
        if scripts:
            morgan.accessible()
    morgan.go("/family/")
    page.get_by_role("link", name="SEND dashboard").first.click()
    expect(page.get_by_text("You see the portal as Sam Parent sees it.")).to_be_visible()
    if scripts:
        morgan.accessible()
    page.get_by_role("button", name="Stop viewing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("View as a person")
