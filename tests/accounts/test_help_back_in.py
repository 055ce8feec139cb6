"""Somebody has lost her mailbox and calls: an administrator sets another, which has to be confirmed (A10)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import OneTimePassword, User
from core import outbox
from core.models import AuditEntry, OutboxItem
from tests.accounts.conftest import Visitor, emailed_code
from tests.factories import PASSWORD, PersonalDetailsFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A10")]
FIND = "/admin/help-back-in/"
CONFIRM = "/new-email/"
OLD, NEW = "sam.parent@example.org", "sam.new@example.net"
SAID = {"name": "sam  PARENT", "born": "27 March 1988", "postcode": "mb14qt"}


@pytest.fixture
def sam(sam_parent: User) -> User:
    PersonalDetailsFactory(user=sam_parent)
    return sam_parent


@pytest.fixture
def desk(admin: User, signed_in_client: Callable[[User], Client]) -> Client:
    """An administrator's browser."""
    return signed_in_client(admin)


def sets(desk: Client, person: User, **typed: str) -> Any:
    data = {**SAID, "asked": "Which school?", "email": NEW, "reason": "The provider has closed.", **typed}
    return desk.post(f"{FIND}{person.pk}/", data)


def letters(to: str) -> list[mail.EmailMessage]:
    outbox.sweep()
    return [letter for letter in mail.outbox if letter.to == [to]]


def in_letter() -> tuple[str, str]:
    body = str(letters(NEW)[-1].body)
    password = re.search(r"^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$", body, re.MULTILINE)
    link = re.search(rf"^{re.escape(settings.BASE_URL)}(\S+)$", body, re.MULTILINE)
    assert password, body
    assert link, body
    return password[0], link[1]


def address_of(person: User) -> str:
    return User.objects.values_list("email", flat=True).get(pk=person.pk)


# Finding her


@pytest.mark.parametrize(
    "typed",
    [
        {"email": " SAM.parent@example.org"},
        {"name": "sam parent", "postcode": "MB1 4QT"},
        {"name": "Sam  Parent", "postcode": "mb14qt"},
    ],
)
def test_a_person_is_found_by_address_or_by_name_and_postcode(
    desk: Client, sam: User, alex_parent: User, typed: dict[str, str]
) -> None:
    page = desk.post(FIND, typed)
    assert [person for person, _address in page.context["found"]] == [sam]
    assert OLD not in page.text, "masked"


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "sam"},
        {"email": "sam.parent@example.com"},
        {"name": "Sam Parent", "postcode": "MB9 9ZZ"},
        {"name": "Parent", "postcode": "MB1 4QT"},
        {"name": "Sam Parent"},
        {"postcode": "MB1 4QT"},
        {},
    ],
)
def test_nobody_looks_through_the_people(desk: Client, sam: User, typed: dict[str, str]) -> None:
    assert not desk.post(FIND, typed).context["found"]


def test_a_disabled_account_is_not_helped(desk: Client) -> None:
    gone = UserFactory(disabled=True, email="gone@example.org")
    assert not desk.post(FIND, {"email": gone.email}).context["found"]
    assert desk.get(f"{FIND}{gone.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["casey_worker", "morgan_manager", "erin_editor", "sam_parent"])
def test_only_administrators_may_help(
    sam: User, who: str, request: pytest.FixtureRequest, signed_in_client: Callable[[User], Client]
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    assert client.get(FIND).status_code in (302, 404)
    assert client.get(f"{FIND}{sam.pk}/").status_code in (302, 404)
    sets(client, sam)
    assert not OneTimePassword.objects.exists()


def test_the_menu_leads_there_for_administrators_alone(
    desk: Client, casey_worker: User, signed_in_client: Callable[[User], Client]
) -> None:
    assert FIND in desk.get("/admin/").text
    assert FIND not in signed_in_client(casey_worker).get("/admin/").text


# Comparing


def test_what_is_held_stands_beside_each_box(desk: Client, sam: User) -> None:
    page = desk.get(f"{FIND}{sam.pk}/").text
    for said in ("We have: Sam Parent", "We have: 27 March 1988", "We have: MB1 4QT"):
        assert said in page
    assert OLD not in page


@pytest.mark.parametrize(
    "wrong", [{"name": "Samantha Parent"}, {"born": "28 March 1988"}, {"postcode": "MB1 4QX"}]
)
def test_unless_all_agrees_nothing_happens(desk: Client, sam: User, wrong: dict[str, str]) -> None:
    page = sets(desk, sam, **wrong)
    assert "This is not as we have it. Change nothing for this caller." in page.text
    assert not OneTimePassword.objects.exists()
    assert not OutboxItem.objects.exists()
    entry = AuditEntry.objects.get(verb="account.caller-asked")
    assert entry.reason.count(": agrees") == 2
    assert entry.reason.count(": does not agree") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "This field is required"),
        ({"email": "nonsense"}, "Enter a valid email address"),
        ({"born": "30 February 1988"}, "This is not a real date"),
    ],
)
def test_what_is_missing_is_said(desk: Client, sam: User, typed: dict[str, str], said: str) -> None:
    assert said in sets(desk, sam, **typed).text
    assert not OneTimePassword.objects.exists()


def test_the_audit_says_what_was_asked_and_never_what_was_said(desk: Client, sam: User, admin: User) -> None:
    desk.post(FIND, {"name": "Sam Parent", "postcode": "MB1 4QT"})
    desk.get(f"{FIND}{sam.pk}/")
    sets(desk, sam)
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.verb for entry in entries] == [
        "account.searched",
        "account.looked-at",
        "account.caller-asked",
        "account.mailbox-asked",
    ]
    assert {entry.actor_id for entry in entries} == {admin.pk}
    assert entries[2].reason == (
        "name: agrees; date of birth: agrees; postcode: agrees; asked besides: Which school?"
    )
    assert entries[3].reason == "The provider has closed."
    said = str(list(entries.values()))
    assert not re.search(r"MB1|1988|@|Parent", said)


def test_who_gave_us_no_facts_cannot_be_told_by_phone(desk: Client, noor_stranger: User) -> None:
    assert "nobody can tell by phone" in desk.get(f"{FIND}{noor_stranger.pk}/").text
    sets(desk, noor_stranger, name="Noor Stranger")
    assert not OneTimePassword.objects.exists()


def test_an_account_of_staff_is_not_moved_here(desk: Client, casey_worker: User) -> None:
    PersonalDetailsFactory(user=casey_worker)
    assert "This is an account of council staff" in desk.get(f"{FIND}{casey_worker.pk}/").text
    sets(desk, casey_worker, name="Casey Worker")
    assert not OneTimePassword.objects.exists()


def test_the_address_of_somebody_else_is_refused(desk: Client, sam: User, alex_parent: User) -> None:
    assert "Another account has this address" in sets(desk, sam, email="Alex.Parent@example.org").text
    assert not OneTimePassword.objects.exists()


# The new mailbox


def test_nothing_changes_before_the_new_mailbox_has_answered(
    desk: Client, sam: User, signed_in_client: Callable[[User], Client], visitor: Visitor
) -> None:
    phone = signed_in_client(sam)
    assert sets(desk, sam)["Location"] == FIND
    assert "An email is on its way to sam.new@example.net" in desk.get(FIND).text
    assert address_of(sam) == OLD
    assert phone.get("/account/").status_code == 302, "signed out everywhere"
    assert visitor.types_password(NEW).status_code == 200
    [to_old] = letters(OLD)
    assert to_old.subject == "Somebody asked us to change your email address"
    assert NEW not in to_old.body
    assert "01632 960 100" in to_old.body


def test_the_letter_to_the_old_mailbox_says_what_stops_it_to_whoever_cannot_sign_in(
    desk: Client, sam: User, visitor: Visitor
) -> None:
    sets(desk, sam)
    _one_time, link_to_new = in_letter()
    [to_old] = letters(OLD)
    [way_back] = re.findall(rf"{re.escape(settings.BASE_URL)}(/\S+/)", str(to_old.body))
    born = {"born-day": "27", "born-month": "3", "born-year": "1988"}
    visitor.post(way_back, {"email": OLD, "postcode": "MB1 4QT", **born})
    chosen = re.search(rf"^{re.escape(settings.BASE_URL)}(\S+)$", str(letters(OLD)[-1].body), re.MULTILINE)
    assert chosen
    new = "Quiet otters sing 7 songs"
    visitor.post(chosen[1], {"new_password": new, "again": new})
    assert visitor.post(link_to_new).status_code == 410
    assert address_of(sam) == OLD


@pytest.mark.parametrize("way", ["typed", "link"])
def test_confirmed_from_the_new_mailbox_it_is_the_address_to_sign_in_with(
    desk: Client, sam: User, visitor: Visitor, way: str
) -> None:
    sets(desk, sam)
    password, link = in_letter()
    answer = (
        visitor.post(CONFIRM, {"email": NEW, "one_time": password}) if way == "typed" else visitor.post(link)
    )
    assert "Your new email address works" in answer.text
    sam.refresh_from_db()
    assert (sam.email, sam.email_key) == (NEW, NEW)
    visitor.types_password(OLD)
    assert not visitor.is_signed_in
    visitor.types_password(NEW)
    visitor.types_code(emailed_code(sam))
    assert visitor.is_signed_in
    for address in (OLD, NEW):
        assert "Your email address was changed" in [letter.subject for letter in letters(address)]
    assert AuditEntry.objects.filter(verb="account.mailbox-changed", object_id=sam.pk).exists()


def test_to_open_the_link_changes_nothing(desk: Client, sam: User, visitor: Visitor) -> None:
    sets(desk, sam)
    _password, link = in_letter()
    for _again in range(2):
        assert "Confirm your new email address" in visitor.get(link).text
    assert address_of(sam) == OLD
    visitor.post(link)
    again = visitor.post(link)
    assert again.status_code == 410
    assert "Ask for a new email" not in again.text, "the council sends it, after a call"
    assert address_of(sam) == NEW


def test_it_can_be_confirmed_for_a_day(desk: Client, sam: User, visitor: Visitor) -> None:
    sets(desk, sam)
    password, link = in_letter()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert visitor.post(link).status_code == 410
        assert "no longer works" in visitor.post(CONFIRM, {"email": NEW, "one_time": password}).text
    assert address_of(sam) == OLD


def test_an_owner_who_knows_nothing_of_it_stops_it_by_a_new_password(
    desk: Client, sam: User, visitor: Visitor
) -> None:
    sets(desk, sam)
    _password, link = in_letter()
    visitor.signs_in(sam)
    another = "Quiet otters sing 7 songs"
    visitor.post("/account/password/", {"current": PASSWORD, "new_password": another, "again": another})
    assert visitor.post(link).status_code == 410
    assert address_of(sam) == OLD


def test_an_address_that_was_taken_meanwhile_is_refused(desk: Client, sam: User, visitor: Visitor) -> None:
    sets(desk, sam)
    _password, link = in_letter()
    UserFactory(email=NEW)
    assert visitor.post(link).status_code == 410
    assert address_of(sam) == OLD


def test_of_two_people_with_one_new_address_the_second_gets_it(
    desk: Client, sam: User, alex_parent: User, visitor: Visitor
) -> None:
    PersonalDetailsFactory(user=alex_parent)
    sets(desk, sam)
    first = in_letter()[1]
    sets(desk, alex_parent, name="Alex Parent")
    assert visitor.post(first).status_code == 410
    visitor.post(in_letter()[1])
    assert (address_of(sam), address_of(alex_parent)) == (OLD, NEW)


def test_the_one_time_password_for_a_mailbox_chooses_no_password(
    desk: Client, sam: User, visitor: Visitor
) -> None:
    sets(desk, sam)
    password, link = in_letter()
    token = link.rstrip("/").rpartition("/")[2]
    assert visitor.get(f"/forgotten-password/choose/{token}/").status_code == 410
    page = visitor.post("/forgotten-password/one-time/", {"email": NEW, "one_time": password})
    assert "no longer works" in page.text


def test_with_a_forgotten_password_too_she_goes_on_from_the_new_mailbox(
    desk: Client, sam: User, visitor: Visitor
) -> None:
    sets(desk, sam)
    visitor.post(in_letter()[1])
    born = {"born-day": "27", "born-month": "3", "born-year": "1988"}
    visitor.post("/forgotten-password/", {"email": NEW, "postcode": "MB1 4QT", **born})
    assert "Choose a new password" in [letter.subject for letter in letters(NEW)]


def test_no_address_is_kept_in_the_outbox(desk: Client, sam: User, visitor: Visitor) -> None:
    sets(desk, sam)
    visitor.post(in_letter()[1])
    outbox.sweep()
    assert "@" not in str(list(OutboxItem.objects.values("payload")))


# A lost phone


def sign_out_page(person: User) -> str:
    return f"{FIND}{person.pk}/sign-out/"


def test_a_parent_whose_phone_was_stolen_is_signed_out_everywhere(
    signed_in_client: Callable[[User], Client], admin: User, sam_parent: User
) -> None:
    ash, phone = signed_in_client(admin), signed_in_client(sam_parent)
    assert sign_out_page(sam_parent) in ash.get(f"{FIND}{sam_parent.pk}/").text
    assert "Write down why" in ash.post(sign_out_page(sam_parent), {"reason": ""}).text
    assert phone.get("/account/").status_code == 200
    assert ash.post(sign_out_page(sam_parent), {"reason": "Called: phone stolen"}).status_code == 302
    assert phone.get("/account/").status_code == 302
    entry = AuditEntry.objects.get(verb="account.signed-out-by-council")
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        admin.pk,
        sam_parent.pk,
        "Called: phone stolen",
    )
    outbox.sweep()
    assert "We have signed you out everywhere" in [message.subject for message in mail.outbox]
    read = signed_in_client(User.objects.get(pk=sam_parent.pk)).get("/account/council/").text
    assert "Somebody signed you out on all phones and computers" in read


@pytest.mark.parametrize("who", ["casey_worker", "morgan_manager", "noor_stranger"])
def test_nobody_but_an_administrator_signs_a_parent_out(
    signed_in_client: Callable[[User], Client], sam_parent: User, request: pytest.FixtureRequest, who: str
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    assert client.post(sign_out_page(sam_parent), {"reason": "Mine"}).status_code in (302, 403, 404)
    assert User.objects.get(pk=sam_parent.pk).session_epoch == sam_parent.session_epoch


def test_staff_are_signed_out_on_their_own_page_alone(
    signed_in_client: Callable[[User], Client], admin: User, casey_worker: User
) -> None:
    ash = signed_in_client(admin)
    assert ash.get(sign_out_page(casey_worker)).status_code == 404
    assert sign_out_page(casey_worker) not in ash.get(f"{FIND}{casey_worker.pk}/").text


@pytest.mark.parametrize("page", ["", "sign-out/"])
def test_whoever_posts_nothing_has_looked_at_her_all_the_same(desk: Client, sam: User, page: str) -> None:
    assert "Sam Parent" in desk.post(f"{FIND}{sam.pk}/{page}").text
    assert AuditEntry.objects.get(verb="account.looked-at").object_id == sam.pk
