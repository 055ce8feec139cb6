"""Changing one's own details, and which emails one gets (C5, C6)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.life import letters
from accounts.models import PersonalDetails, User
from core import outbox
from core.models import AuditEntry
from tests.accounts.conftest import Visitor
from tests.factories import PASSWORD, PersonalDetailsFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C5")]
ADDRESS = {
    "property_name": "",
    "house": "12a",
    "street": "Canal Street",
    "area": "",
    "town": "Millbrook",
    "postcode": "mb1 4qt",
}


@pytest.fixture
def sam(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam, signed in."""
    visitor.signs_in(sam_parent)
    mail.outbox.clear()
    return visitor


def change(visitor: Visitor, what: str, data: dict[str, Any]) -> Any:
    """With her password, which the pages that do not ask for it leave alone."""
    return visitor.post(f"/account/change/{what}/", {"current": PASSWORD} | data)


def subjects() -> list[str]:
    outbox.sweep()
    return [message.subject for message in mail.outbox]


def test_a_new_name_is_kept_told_and_written_down(sam: Visitor, sam_parent: User) -> None:
    answer = change(sam, "name", {"first_name": "  Samira ", "last_name": "O’Neill-Ng"})
    assert answer["Location"] == "/account/"
    sam_parent.refresh_from_db()
    assert sam_parent.full_name == "Samira O’Neill-Ng"
    assert "Your change is saved." in sam.get("/account/").text
    assert subjects() == ["Your details were changed"]
    entry = AuditEntry.objects.get(verb="account.details-changed")
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        sam_parent.pk,
        sam_parent.pk,
        "first_name, last_name",
    )


def test_what_is_saved_as_it_was_is_no_change(sam: Visitor) -> None:
    change(sam, "name", {"first_name": "Sam", "last_name": "Parent"})
    assert subjects() == []
    assert not AuditEntry.objects.filter(verb="account.details-changed").exists()


def test_a_phone_number_and_an_address_are_kept_in_one_spelling(sam: Visitor, sam_parent: User) -> None:
    change(sam, "phone", {"phone": "(01632) 960 001"})
    change(sam, "address", ADDRESS)
    details = PersonalDetails.objects.get(user=sam_parent)
    assert details.phone == "+441632960001"
    assert details.address_lines == ["12a Canal Street", "Millbrook", "MB1 4QT"]
    page = sam.get("/account/").text
    assert "01632 960001" in page
    assert "12a Canal Street<br>Millbrook<br>MB1 4QT" in page


@pytest.mark.parametrize(
    ("what", "data"), [("address", ADDRESS), ("phone", {"phone": "01632 960 001"})], ids=["address", "phone"]
)
@pytest.mark.parametrize(
    ("current", "said"), [("", "Enter your password"), ("a guess", "This is not your password")]
)
def test_by_what_she_is_known_again_is_changed_with_her_password_alone(
    sam: Visitor, sam_parent: User, what: str, data: dict[str, str], current: str, said: str
) -> None:
    held = PersonalDetailsFactory(user=sam_parent)
    page = change(sam, what, data | {"current": current}).text
    assert said in page
    details = PersonalDetails.objects.get(user=sam_parent)
    assert (details.postcode, details.phone) == (held.postcode, held.phone)
    assert subjects() == []


def test_whoever_finds_her_browser_open_cannot_guess_on_and_on(sam: Visitor, sam_parent: User) -> None:
    for number in range(5):
        change(sam, "address", ADDRESS | {"current": f"guess {number}"})
    refused = change(sam, "address", ADDRESS)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert not PersonalDetails.objects.filter(user=sam_parent).exists()


def test_her_password_comes_last_on_the_page_and_never_back(sam: Visitor) -> None:
    page = sam.get("/account/change/address/").text
    assert page.index('id="id_postcode"') < page.index('id="id_current"')
    assert PASSWORD not in change(sam, "address", ADDRESS | {"town": ""}).text


def test_her_date_of_birth_stays_as_she_gave_it(sam: Visitor, sam_parent: User) -> None:
    held = PersonalDetailsFactory(user=sam_parent)
    change(sam, "address", ADDRESS | {"date_of_birth": "2000-01-01"})
    assert PersonalDetails.objects.get(user=sam_parent).date_of_birth == held.date_of_birth


def test_a_phone_number_can_be_taken_away(sam: Visitor, sam_parent: User) -> None:
    PersonalDetailsFactory(user=sam_parent)
    change(sam, "phone", {"phone": ""})
    assert PersonalDetails.objects.get(user=sam_parent).phone == ""


@pytest.mark.parametrize(
    ("what", "data", "said"),
    [
        pytest.param("name", {"first_name": "", "last_name": "P"}, "Enter your first name", id="no name"),
        pytest.param("name", {"first_name": " \t ", "last_name": "P"}, "Enter your first name", id="blanks"),
        pytest.param(
            "name", {"first_name": "S" * 101, "last_name": "P"}, "Use no more than 100 characters", id="long"
        ),
        pytest.param(
            "name", {"first_name": "Sam\x07", "last_name": "P"}, "signs that can be seen", id="a bell"
        ),
        pytest.param(
            "name", {"first_name": "Sam\0", "last_name": "P"}, "signs that can be seen", id="a null"
        ),
        pytest.param(
            "name", {"first_name": "Click", "last_name": "https://evil.example"}, "web address", id="a link"
        ),
        pytest.param(
            "name", {"first_name": "evil.example", "last_name": "P"}, "a space after each dot", id="a domain"
        ),
        pytest.param("phone", {"phone": "call me"}, "Enter a phone number, such as", id="words"),
        pytest.param("phone", {"phone": "123"}, "Enter a phone number, such as", id="a short number"),
        pytest.param("address", ADDRESS | {"street": ""}, "Enter your street", id="no street"),
        pytest.param("address", ADDRESS | {"town": ""}, "Enter your town or city", id="no town"),
        pytest.param(
            "address", ADDRESS | {"postcode": "90210"}, "Enter a full UK postcode", id="not from here"
        ),
        pytest.param("emails", {"letters": "codes"}, "Select a valid choice", id="a letter that must come"),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(
    sam: Visitor, sam_parent: User, what: str, data: dict[str, Any], said: str
) -> None:
    page = change(sam, what, data)
    assert page.status_code == 200
    assert said in page.text
    assert "<title>Error: Change" in page.text or "<title>Error: Choose" in page.text
    sam_parent.refresh_from_db()
    assert sam_parent.full_name == "Sam Parent"
    assert not PersonalDetails.objects.filter(user=sam_parent).exists()
    assert subjects() == []


def test_the_language_is_offered_where_there_are_two(
    sam: Visitor, sam_parent: User, settings: Settings
) -> None:
    settings.LANGUAGES = [("en-gb", "English")]
    assert sam.get("/account/change/language/").status_code == 404
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    change(sam, "language", {"language": "cy"})
    sam_parent.refresh_from_db()
    assert sam_parent.language == "cy"
    assert "Select a valid choice" in change(sam, "language", {"language": "xx"}).text
    assert subjects() == []


def test_council_staff_have_no_address_to_change(
    casey_worker: User, signed_in_client: Callable[[User], Client]
) -> None:
    casey = signed_in_client(casey_worker)
    assert casey.get("/account/change/address/").status_code == 404
    assert casey.post("/account/change/address/", ADDRESS).status_code == 404
    assert "Phone number" not in casey.get("/account/").text
    casey.post("/account/change/name/", {"first_name": "Cas", "last_name": "Worker"})
    casey_worker.refresh_from_db()
    assert casey_worker.first_name == "Cas"


def test_council_staff_who_gave_us_theirs_see_and_change_them(visitor: Visitor, casey_worker: User) -> None:
    details = PersonalDetailsFactory(user=casey_worker)
    visitor.signs_in(casey_worker)
    assert "7 Mill Lane" in visitor.get("/account/").text
    change(visitor, "address", ADDRESS)
    change(visitor, "phone", {"phone": "01632 960 001"})
    details.refresh_from_db()
    assert (details.postcode, details.phone) == ("MB1 4QT", "+441632960001")
    assert "12a Canal Street" in visitor.get("/account/").text


@pytest.mark.parametrize("url", ["/account/change/name/", "/account/email/", "/account/email/code/"])
def test_a_stranger_signs_in_first(visitor: Visitor, url: str) -> None:
    assert visitor.get(url)["Location"] == f"/sign-in/?next={url}"


def test_there_is_nothing_else_to_change(sam: Visitor) -> None:
    assert sam.get("/account/change/is_active/").status_code == 404


# Which emails she gets


def expiring(person: User) -> None:
    context = {"last_day": "30 January 2023", "path": "/forms/"}
    payload = {"person": str(person.pk), "template": "form-expiring", "context": context}
    outbox.put("email_person", payload)


@pytest.mark.capability("C6")
def test_she_chooses_which_optional_emails_come(sam: Visitor, sam_parent: User, alex_parent: User) -> None:
    assert letters.wanted(sam_parent) == list(letters.optional_letters)
    change(sam, "emails", {})
    expiring(sam_parent)
    expiring(alex_parent)
    outbox.sweep()
    assert [message.to for message in mail.outbox] == [[alex_parent.email]]
    change(sam, "emails", {"letters": ["form-expiring"]})
    expiring(sam_parent)
    outbox.sweep()
    assert [message.to for message in mail.outbox] == [[alex_parent.email], [sam_parent.email]]


@pytest.mark.capability("C6")
def test_what_protects_an_account_always_comes(sam: Visitor, sam_parent: User) -> None:
    change(sam, "emails", {})
    assert set(letters.optional_letters) == {"form-expiring"}
    outbox.put("email_person", {"person": str(sam_parent.pk), "template": "password-changed"})
    assert subjects() == ["Your password was changed"]
