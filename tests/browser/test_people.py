"""Who works here: a head invites a colleague, who makes an account and says yes; a manager looks after her people."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.portal import Visitor

Visit = Callable[..., Visitor]
HARPER, MORGAN = "harper.head@example.org", "morgan.manager@example.org"
JO = "jo.newcomer@example.org"
PASSWORD = "Seventeen green kettles 17"


def invitation_to(reader: Visitor, email: str) -> str:
    """The path of the link in the invitation that came to `email`."""
    found: list[str] = []

    def has_come() -> bool:
        page = reader.page.request.get(f"{reader.portal.url}/dev/outbox/").text()
        cards = [card for card in re.split(r'(?=id="message-)', page)[1:] if email in card]
        found[:] = [link for card in cards for link in re.findall(r"/invitation/[\w-]+/[\w-]+/", card)]
        return bool(found)

    reader.eventually(has_come)
    return found[0]


def registers(jo: Visitor) -> None:
    """All of making an account; her address stands there already."""
    jo.next("Start")
    jo.type("First name", "Jo")
    jo.type("Last name", "Newcomer")
    for part, number in (("Day", "27"), ("Month", "3"), ("Year", "1990")):
        jo.type(part, number)
    jo.choose("No")
    jo.next()
    jo.type("House number or flat (optional)", "12a")
    jo.type("Street", "Canal Street")
    jo.type("Town or city", "Millbrook")
    jo.type("Postcode", "mb1 4qt")
    jo.press(jo.page.get_by_role("checkbox"), "Space")
    jo.next()
    expect(jo.page.get_by_label("Email address", exact=True)).to_have_value(JO)
    jo.type("Password", PASSWORD)
    jo.type("Type the password again", PASSWORD)
    jo.next()
    jo.type("Security code", jo.new_code(JO))
    jo.next()


@pytest.mark.capability("C18", "C19")
def test_a_head_invites_a_colleague_who_makes_an_account_and_says_yes(visitor: Visit) -> None:
    harper = visitor()
    harper.sign_in(HARPER, next_path="/sign-in/?next=/family/")
    harper.follow("Staff of the school: invite and look after accounts")
    harper.accessible()
    harper.follow_button("Invite a colleague")
    harper.accessible()
    harper.next("Send the invitation")
    assert harper.page.title().startswith("Error: ")
    harper.accessible()
    harper.type("Name", "Jo Newcomer")
    harper.type("Email address at work", JO)
    harper.choose("Standard user")
    harper.next("Send the invitation")
    expect(harper.page.get_by_role("heading", name="Jo Newcomer")).to_be_visible()
    harper.accessible()

    jo = visitor(scripts=False, width=320)
    jo.go(invitation_to(jo, JO))
    expect(jo.page.get_by_text("Standard user, Oakfield Primary School")).to_be_visible()
    jo.next("Make an account")
    registers(jo)
    jo.next("Accept the invitation")
    jo.go("/family/")
    expect(jo.page.get_by_role("heading", name="Oakfield Primary School")).to_be_visible()

    harper.go(harper.page.url.removeprefix(harper.portal.url))
    expect(harper.page.get_by_role("heading", name="Jo Newcomer")).to_be_visible()
    harper.open(harper.page.get_by_role("link", name=re.compile("^Take access away.*Jo Newcomer")))
    harper.accessible()
    harper.type("Why?", "She works elsewhere now.")
    harper.next("Take access away")
    expect(harper.page.get_by_text("Left within the last year")).to_have_count(0)
    jo.go("/family/")
    expect(jo.page.get_by_label("Password", exact=True)).to_be_visible()


@pytest.mark.capability("A32", "C19", "C21")
def test_a_manager_finds_her_people_and_notes_that_one_has_left(visitor: Visit) -> None:
    morgan = visitor()
    morgan.sign_in(MORGAN, next_path="/sign-in/?next=/admin/accounts/user/")
    morgan.accessible()
    expect(morgan.page.get_by_text("Erin Editor")).to_have_count(0)
    morgan.go("/admin/accounts/user/roles/")
    morgan.accessible()
    morgan.go("/admin/accounts/invitation/new/")
    morgan.accessible()
    morgan.go("/admin/schools/invite/")
    morgan.accessible()
    morgan.go("/admin/accounts/invitation/")
    morgan.accessible()
    morgan.go("/admin/accounts/user/")
    morgan.page.get_by_role("link", name="Robin Worker").click()
    morgan.accessible()
    morgan.page.get_by_role("link", name="Note that they have left").click()
    morgan.accessible()
    morgan.page.get_by_role("button", name="They have left").click()
    morgan.accessible()
    morgan.page.get_by_label("Why?").fill("Robin’s last day was Friday.")
    morgan.page.get_by_role("button", name="They have left").click()
    expect(morgan.page.get_by_text(re.compile("^Left on"))).to_be_visible()
    morgan.page.get_by_role("link", name="Hand them on").click()
    morgan.accessible()
    morgan.page.get_by_label("To whom").select_option(label="Morgan Manager")
    morgan.page.get_by_label("Why?").fill("Robin has left.")
    morgan.page.get_by_role("button", name="Hand them on").click()
    expect(morgan.page.get_by_text("Robin’s last day was Friday.").first).to_be_visible()
    morgan.accessible()
