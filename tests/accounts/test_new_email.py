"""Changing one's own email address: the new one is proved before anything changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.limits import NEW_MAILBOX, WANTED_LETTERS
from accounts.models import EmailCode, OneTimePassword, PendingMailbox, User
from accounts.models.mailboxes import tidy
from core import outbox
from core.models import AuditEntry, OutboxItem
from tests.accounts.conftest import Visitor, another
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C5")]
NewVisitor = Callable[..., Visitor]
NEW = "Sam.New+portal@Example.org"
CODE = "/account/email/code/"


@pytest.fixture
def sam(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam, signed in."""
    visitor.signs_in(sam_parent)
    mail.outbox.clear()
    return visitor


def ask(visitor: Visitor, email: str = NEW, current: str = PASSWORD) -> Any:
    return visitor.post("/account/email/", {"email": email, "current": current})


def letters(to: str) -> list[str]:
    outbox.sweep()
    return [message.subject for message in mail.outbox if message.to == [to]]


def code_at(to: str) -> str:
    return letters(to)[-1][:6]


def email_of(person: User) -> str:
    return User.objects.values_list("email", flat=True).get(pk=person.pk)


def test_the_code_from_the_new_mailbox_changes_the_address(
    sam: Visitor, sam_parent: User, new_visitor: NewVisitor
) -> None:
    assert ask(sam)["Location"] == CODE
    assert "S…" in sam.get(CODE).text
    assert email_of(sam_parent) == "sam.parent@example.org", "nothing changes before it is proved"
    assert sam.post(CODE, {"code": code_at(NEW)})["Location"] == "/account/"
    assert email_of(sam_parent) == NEW
    assert "Your email address is changed." in sam.get("/account/").text
    assert new_visitor().types_password("sam.parent@example.org").status_code == 200
    assert new_visitor().types_password(NEW)["Location"] == "/sign-in/code/"


def test_nobody_sends_words_of_hers_to_a_strangers_mailbox(sam: Visitor, sam_parent: User) -> None:
    User.objects.filter(pk=sam_parent.pk).update(first_name="Call 0900 at once")
    ask(sam)
    letters(NEW)
    assert not any("0900" in message.body for message in mail.outbox if message.to == [NEW])


def test_both_addresses_are_told_and_it_is_written_down(sam: Visitor, sam_parent: User) -> None:
    ask(sam)
    sam.post(CODE, {"code": code_at(NEW)})
    assert letters("sam.parent@example.org") == ["Your email address was changed"]
    assert letters(NEW)[-1] == "Your email address was changed"
    verbs = AuditEntry.objects.filter(verb__startswith="account.mailbox").order_by("pk")
    assert [(entry.verb, entry.actor_id) for entry in verbs] == [
        ("account.mailbox-wanted", sam_parent.pk),
        ("account.mailbox-changed", sam_parent.pk),
    ]


def test_her_other_sessions_end_and_this_one_goes_on(
    sam: Visitor, sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    phone = signed_in_client(sam_parent)
    OneTimePassword.issue(sam_parent, OneTimePassword.Purpose.PASSWORD, sam_parent.email)
    ask(sam)
    sam.post(CODE, {"code": code_at(NEW)})
    assert sam.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    assert not OneTimePassword.objects.exists(), "what lies in the old mailbox opens nothing"
    assert not PendingMailbox.objects.exists()
    assert sam.get(CODE)["Location"] == "/account/email/"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"email": "", "current": PASSWORD}, "Enter your new email address", id="nothing"),
        pytest.param({"email": "sam at home", "current": PASSWORD}, "in the correct format", id="no address"),
        pytest.param(
            {"email": "SAM.parent@example.org", "current": PASSWORD}, "that you have now", id="same"
        ),
        pytest.param({"email": NEW, "current": ""}, "Enter your password", id="no password"),
        pytest.param(
            {"email": NEW, "current": "a guess"}, "This is not your password", id="a wrong password"
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(sam: Visitor, data: dict[str, str], said: str) -> None:
    page = sam.post("/account/email/", data)
    assert page.status_code == 200
    assert said in page.text
    assert "a guess" not in page.text
    assert not PendingMailbox.objects.exists()


def test_guessing_at_the_password_ends(sam: Visitor, sam_parent: User) -> None:
    for number in range(5):
        ask(sam, current=f"guess {number}")
    assert ask(sam).status_code == 429
    assert AuditEntry.objects.filter(verb="account.password-refused", object_id=sam_parent.pk).count() == 5
    assert not PendingMailbox.objects.exists()


def test_somebody_elses_address_answers_alike_and_its_owner_is_told(
    sam: Visitor, sam_parent: User, alex_parent: User
) -> None:
    free = ask(sam)
    free_page = sam.get(CODE).text.replace("S…\N{WORD JOINER}l@Example.org", "")
    taken = ask(sam, alex_parent.email.upper())
    taken_page = sam.get(CODE).text.replace("A…\N{WORD JOINER}T@EXAMPLE.ORG", "")
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert [line for line in free_page.split("\n") if "csrf" not in line] == [
        line for line in taken_page.split("\n") if "csrf" not in line
    ]
    assert letters(alex_parent.email) == ["Somebody wanted to use your email address"]
    item = OutboxItem.objects.filter(kind="mailbox_code").latest("created_at")
    assert item.payload == {}, "no code stays behind"


def test_a_code_that_fits_does_not_take_an_address_that_meanwhile_is_anothers(
    sam: Visitor, sam_parent: User
) -> None:
    ask(sam)
    code = code_at(NEW)
    UserFactory(email=NEW)
    page = sam.post(CODE, {"code": code})
    assert page.status_code == 200
    assert "no longer works" in page.text
    assert email_of(sam_parent) == "sam.parent@example.org"


def test_the_owner_of_an_address_gets_few_letters(
    new_visitor: NewVisitor, alex_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    for _number in range(WANTED_LETTERS.most + 2):
        someone = Visitor(signed_in_client(UserFactory()))
        ask(someone, alex_parent.email)
        outbox.sweep()
    assert len(letters(alex_parent.email)) == WANTED_LETTERS.most


def test_wrong_codes_end_after_five(sam: Visitor, sam_parent: User) -> None:
    ask(sam)
    code = code_at(NEW)
    for _number in range(5):
        page = sam.post(CODE, {"code": another(code)})
    assert "tried 5 times" in page.text
    assert sam.post(CODE, {"code": code}).status_code == 200
    assert email_of(sam_parent) == "sam.parent@example.org"


def test_a_code_works_for_ten_minutes(sam: Visitor, sam_parent: User) -> None:
    ask(sam)
    code = code_at(NEW)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert sam.post(CODE, {"code": code}).status_code == 200
    assert email_of(sam_parent) == "sam.parent@example.org"


def test_a_code_works_in_the_browser_that_asked_and_once(
    sam: Visitor, sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    ask(sam)
    code = code_at(NEW)
    phone = signed_in_client(sam_parent)
    assert phone.post(CODE, {"code": code})["Location"] == "/account/email/"
    phone_visitor = Visitor(phone)
    ask(phone_visitor, "other@example.org")
    assert sam.post(CODE, {"code": code}).status_code == 200, "a newer one has stopped it"
    assert email_of(sam_parent) == "sam.parent@example.org"


def test_a_code_for_signing_in_is_none_for_an_address(sam: Visitor, sam_parent: User) -> None:
    ask(sam)
    device = EmailCode.objects.get(user=sam_parent)
    code = device.issue(sam.client.session["new-mailbox"])
    if code == code_at(NEW):
        code = another(code)
    assert sam.post(CODE, {"code": code}).status_code == 200
    assert email_of(sam_parent) == "sam.parent@example.org"


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_costs_no_try(sam: Visitor, sam_parent: User, typed: str) -> None:
    ask(sam)
    assert sam.post(CODE, {"code": typed}).status_code == 200
    assert PendingMailbox.objects.get().tries == 0


def test_a_new_code_stops_the_one_before(sam: Visitor, sam_parent: User) -> None:
    ask(sam)
    old = code_at(NEW)
    assert sam.post(f"{CODE}new/")["Location"] == f"{CODE}?soon=yes"
    assert "a moment ago" in sam.get(f"{CODE}?soon=yes").text
    with time_machine.travel(timezone.now() + timedelta(seconds=40)):
        assert sam.post(f"{CODE}new/")["Location"] == f"{CODE}?new=yes"
        new = code_at(NEW)
        if new != old:
            sam.post(CODE, {"code": old})
            assert email_of(sam_parent) == "sam.parent@example.org"
        sam.post(CODE, {"code": new})
    assert email_of(sam_parent) == NEW


def test_nobody_floods_mailboxes(sam: Visitor) -> None:
    for number in range(NEW_MAILBOX.most):
        assert ask(sam, f"address{number}@example.org").status_code == 302
    refused = ask(sam, "one.more@example.org")
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)


def test_without_having_asked_there_is_no_code_to_send(sam: Visitor) -> None:
    assert sam.post(f"{CODE}new/")["Location"] == "/account/email/"
    assert sam.get(f"{CODE}new/").status_code == 405


def test_what_nobody_proved_is_deleted_after_a_day(sam: Visitor) -> None:
    ask(sam)
    assert tidy(timezone.now() + timedelta(hours=23)) == 0
    assert tidy(timezone.now() + timedelta(hours=25)) == 1
