"""One's own account, and a new password (B9)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    BasePasswordHasher,
    PBKDF2PasswordHasher,
    check_password,
    make_password,
)
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import PastPassword, PersonalDetails, User
from accounts.passwords.change import Overtaken, replace_password
from accounts.passwords.policy import owned, policy
from accounts.rules.passwords import broken
from config.demo import people as demo
from config.settings import base
from core import outbox
from core.models import AuditEntry
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.test_sign_in import CountingHasher
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B9")]
NewVisitor = Callable[..., Visitor]
NEW = "Quiet otters sing 7 songs"
URL = "/account/password/"


@pytest.fixture
def sam(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam, signed in."""
    visitor.signs_in(sam_parent)
    mail.outbox.clear()
    return visitor


def change(visitor: Visitor, new: str = NEW, current: str = PASSWORD, again: str | None = None) -> Any:
    data = {"current": current, "new_password": new, "again": new if again is None else again}
    return visitor.post(URL, data)


def password_of(person: User) -> str:
    return User.objects.values_list("password", flat=True).get(pk=person.pk)


# The page of one's own account


def test_the_name_menu_leads_to_the_account(sam: Visitor) -> None:
    assert '<a href="/account/">Your account</a>' in sam.get("/account/").text


def test_the_account_says_what_is_held(sam: Visitor, sam_parent: User) -> None:
    assert "Not given" in sam.get("/account/").text
    PersonalDetails.objects.create(user=sam_parent, phone="07700 900123")
    page = sam.get("/account/").text
    for said in ("Sam Parent", "sam.parent@example.org", "07700 900123", f'href="{URL}"'):
        assert said in page


@pytest.mark.parametrize("url", ["/account/", URL])
def test_a_stranger_signs_in_first(visitor: Visitor, url: str) -> None:
    assert visitor.get(url)["Location"] == f"/sign-in/?next={url}"


# A new password


def test_a_new_password_works_from_now_on_and_the_old_one_no_more(
    sam: Visitor, sam_parent: User, new_visitor: NewVisitor
) -> None:
    answer = sam.post(URL, {"current": PASSWORD, "new_password": NEW, "again": NEW})
    assert answer["Location"] == "/account/"
    assert "Your password is changed." in sam.get("/account/").text
    assert new_visitor().types_password(sam_parent.email, PASSWORD).status_code == 200
    assert new_visitor().types_password(sam_parent.email, NEW)["Location"] == "/sign-in/code/"


def test_her_other_sessions_end_and_this_one_goes_on(
    sam: Visitor, sam_parent: User, signed_in_client: Callable[[User], Client]
) -> None:
    phone = signed_in_client(sam_parent)
    before = sam.client.cookies["sessionid"].value
    change(sam)
    assert sam.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/account/").status_code == 302, "a cookie from before the change"


def test_a_sign_in_that_is_half_done_ends_too(
    sam: Visitor, sam_parent: User, new_visitor: NewVisitor
) -> None:
    thief = new_visitor("203.0.113.9")
    thief.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    change(sam)
    thief.types_code(code)
    assert not thief.is_signed_in


def test_the_session_that_goes_on_lasts_no_longer(sam: Visitor) -> None:
    began = sam.client.session["life"]["began"]
    change(sam)
    assert sam.client.session["life"]["began"] == began


def test_she_is_told_by_email_and_what_to_do_if_it_was_not_her(sam: Visitor, sam_parent: User) -> None:
    change(sam)
    outbox.sweep()
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Your password was changed", [sam_parent.email])
    assert "Was it not you?" in letter.body
    assert "01632 960 100" in letter.body
    assert NEW not in letter.body


def test_the_audit_tells_of_it(sam: Visitor, sam_parent: User) -> None:
    change(sam, current="not hers")
    change(sam)
    entries = AuditEntry.objects.filter(verb__startswith="account.password").order_by("pk")
    assert [(entry.verb, entry.actor_id, entry.object_id) for entry in entries] == [
        ("account.password-refused", sam_parent.pk, sam_parent.pk),
        ("account.password-changed", sam_parent.pk, sam_parent.pk),
    ]


def test_without_the_present_password_nothing_changes(sam: Visitor, sam_parent: User) -> None:
    before = password_of(sam_parent)
    page = sam.post(URL, {"current": "not her password", "new_password": NEW, "again": NEW})
    assert "This is not the password that you have now" in page.text
    assert "not her password" not in page.text
    assert NEW not in page.text
    assert password_of(sam_parent) == before


def test_guessing_at_the_present_password_ends(sam: Visitor, sam_parent: User) -> None:
    for number in range(5):
        change(sam, current=f"guess {number}")
    refused = sam.post(URL, {"current": PASSWORD, "new_password": NEW, "again": NEW})
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sam.post(URL, {"current": PASSWORD, "new_password": NEW, "again": NEW}).status_code == 302


def test_trying_many_new_passwords_with_the_right_one_is_no_guessing(sam: Visitor) -> None:
    for number in range(7):
        assert (
            sam.post(URL, {"current": PASSWORD, "new_password": f"short {number}", "again": ""}).status_code
            == 200
        )
    assert sam.post(URL, {"current": PASSWORD, "new_password": NEW, "again": NEW}).status_code == 302


def test_whoever_knows_her_password_does_not_have_hashes_made_on_and_on(
    sam: Visitor, settings: Settings
) -> None:
    for _each in range(20):
        assert "you have used this one before" in change(sam, new=PASSWORD).text
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    CountingHasher.calls = 0
    refused = change(sam)
    assert (refused.status_code, "Retry-After" in refused.headers, CountingHasher.calls) == (429, True, 0)
    assert "You have tried many new passwords" in refused.text
    with time_machine.travel(timezone.now() + timedelta(minutes=25)):
        sam.get("/account/")
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        sam.get("/account/")
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert change(sam).status_code == 302


@pytest.mark.parametrize(
    ("new", "said"),
    [
        pytest.param("", "Enter a new password", id="nothing"),
        pytest.param("Short 1", "Use at least 15 characters", id="short"),
        pytest.param("x" * 1000, "Use no more than 128 characters", id="a book"),
        pytest.param(
            "nothing special here",
            "Use at least one capital letter, such as A. Use at least one number",
            id="two faults",
        ),
        pytest.param("Sam.Parent likes 7 otters", "Leave out your name", id="her name"),
        pytest.param("PasswordPassword1", "this one is easy to guess", id="common"),
        pytest.param("Schoolbag-School-1", "this one is easy to guess", id="the name of the service"),
        pytest.param(PASSWORD, "you have used this one before", id="the present one"),
    ],
)
def test_a_password_that_breaks_a_rule_is_refused_with_the_reason(
    sam: Visitor, sam_parent: User, new: str, said: str
) -> None:
    before = password_of(sam_parent)
    page = sam.post(URL, {"current": PASSWORD, "new_password": new, "again": new}).text
    assert said in page
    assert "<title>Error: Change your password" in page
    assert 'href="#id_new_password"' in page
    assert password_of(sam_parent) == before


def test_both_new_passwords_must_be_the_same(sam: Visitor) -> None:
    page = sam.post(URL, {"current": PASSWORD, "new_password": NEW, "again": NEW + "!"}).text
    assert "The two new passwords are not the same" in page


def test_the_page_lists_every_rule_and_lets_a_password_manager_help(sam: Visitor) -> None:
    page = sam.get(URL).text
    for said in ("has at least 15 characters", "is not one that many people use", "one of the 8 before it"):
        assert said in page
    assert page.count('autocomplete="new-password"') == 2
    assert 'autocomplete="current-password"' in page
    assert 'data-box="id_new_password"' in page


def test_a_password_works_from_every_keyboard(
    sam: Visitor, sam_parent: User, new_visitor: NewVisitor
) -> None:
    composed, parted = "Le caf\u00e9 bleu 7 chante", "Le cafe\u0301 bleu 7 chante"
    sam.post(URL, {"current": PASSWORD, "new_password": composed, "again": parted})
    assert new_visitor().types_password(sam_parent.email, parted)["Location"] == "/sign-in/code/"
    assert new_visitor().types_password(sam_parent.email, composed)["Location"] == "/sign-in/code/"


# What was used before


def test_the_present_one_and_the_eight_before_it_do_not_come_back(sam_parent: User) -> None:
    request = Client().get("/sign-in/").wsgi_request
    used = [PASSWORD, *(f"Quiet otters sing {number} songs" for number in range(1, 10))]
    for password in used[1:]:
        replace_password(sam_parent, password, verb="account.password-changed", request=request)
    for password in used[1:]:
        with pytest.raises(ValidationError, match="used this one before"):
            validate_password(password, sam_parent)
    validate_password(PASSWORD, sam_parent)  # the ninth before
    assert PastPassword.objects.filter(user=sam_parent).count() == 8


def test_the_past_is_not_hashed_where_a_cheaper_rule_is_broken(sam_parent: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    CountingHasher.calls = 0
    with pytest.raises(ValidationError):
        validate_password("Too short 1", sam_parent)
    assert CountingHasher.calls == 0
    validate_password(NEW, sam_parent)
    assert CountingHasher.calls == 1


def test_another_persons_past_is_not_asked(sam_parent: User, alex_parent: User) -> None:
    PastPassword.objects.create(user=alex_parent, encoded=make_password(NEW))
    validate_password(NEW, sam_parent)


def test_two_windows_do_not_overwrite_each_other(sam_parent: User) -> None:
    request = Client().get("/sign-in/").wsgi_request
    other = User.objects.get(pk=sam_parent.pk)
    replace_password(other, NEW, verb="account.password-changed", request=request)
    with pytest.raises(Overtaken):
        replace_password(sam_parent, NEW + "!", verb="account.password-changed", request=request)
    assert check_password(NEW, password_of(sam_parent))


# Hashes


@pytest.mark.parametrize("older", [PBKDF2PasswordHasher(), Argon2PasswordHasher()])
def test_an_older_hash_is_made_anew_at_sign_in(
    visitor: Visitor, settings: Settings, older: BasePasswordHasher
) -> None:
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    person: User = UserFactory(password=make_password(PASSWORD, hasher=older))
    visitor.types_password(person.email)
    assert re.match(r"argon2\$argon2id\$v=19\$m=102400,t=2,p=1\$", password_of(person))
    visitor.types_code(emailed_code(person))
    assert visitor.is_signed_in
    assert not PastPassword.objects.filter(user=person).exists(), "the password is the same as before"


def test_the_site_hashes_by_argon2_and_asks_its_own_rules_alone() -> None:
    assert base.PASSWORD_HASHERS[0].endswith("Argon2")
    assert [type(one).__name__ for one in get_default_password_validators()] == ["PasswordRules"]


@pytest.mark.parametrize("row", demo.PEOPLE, ids=lambda row: row.email)
def test_the_demos_password_keeps_the_rules(row: demo.DemoPerson) -> None:
    assert broken(demo.PASSWORD, policy(), owned(row)) == []
