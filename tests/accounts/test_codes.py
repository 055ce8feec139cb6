"""The emailed code: 10 minutes, 5 tries, one browser, the newest only."""

import datetime as dt
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms import digits_of
from accounts.models import EmailCode, User
from core import outbox
from core.models import OutboxItem
from tests.accounts.conftest import Visitor, another, emailed_code

pytestmark = pytest.mark.capability("B11")
NewVisitor = Callable[..., Visitor]


@pytest.fixture
def at_the_code(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam has typed her password and waits for the code."""
    visitor.types_password(sam_parent.email)
    return visitor


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


def test_the_code_is_in_the_subject_and_in_the_body(at_the_code: Visitor, sam_parent: User) -> None:
    code = emailed_code(sam_parent)
    assert mail.outbox[-1].subject == f"{code} is your security code"
    assert code in mail.outbox[-1].body
    assert "01632 960 100" in mail.outbox[-1].body
    assert "We never ask for your password or a security code" in mail.outbox[-1].body


def test_nothing_but_a_keyed_hash_of_the_code_is_kept(at_the_code: Visitor, sam_parent: User) -> None:
    code = emailed_code(sam_parent)
    device = EmailCode.objects.get(user=sam_parent)
    assert len(device.digest) == 64
    item = OutboxItem.objects.get(kind="email_code")
    assert (item.state, item.payload) == (OutboxItem.State.DONE, {})
    assert code not in json.dumps(dict(at_the_code.client.session.items()))


def test_a_code_that_was_not_sent_in_time_is_not_sent_at_all(at_the_code: Visitor, sam_parent: User) -> None:
    with later(minutes=10):
        outbox.sweep()
    item = OutboxItem.objects.get(kind="email_code")
    assert (item.state, item.payload, mail.outbox) == (OutboxItem.State.EXPIRED, {}, [])


@pytest.mark.parametrize(
    "shape", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0}\u00a0{1}\t", "{0}\u2013{1}", "{0}\u200b{1}"]
)
def test_a_pasted_code_may_have_spaces_and_dashes(at_the_code: Visitor, sam_parent: User, shape: str) -> None:
    code = emailed_code(sam_parent)
    at_the_code.types_code(shape.format(code[:3], code[3:]))
    assert at_the_code.is_signed_in


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.lists(st.sampled_from(" -\u00a0\u2011\n"), max_size=6))
def test_a_code_is_read_whatever_stands_between_its_digits(code: str, between: list[str]) -> None:
    typed = code[:1] + "".join(between) + code[1:4] + "".join(reversed(between)) + code[4:]
    assert digits_of(typed) == code


@pytest.mark.parametrize(("typed", "meant"), [("O12 34l", "012341"), ("\uff11\uff12\uff13456", "123456")])
def test_letters_and_wide_digits_are_read_as_they_were_meant(typed: str, meant: str) -> None:
    assert digits_of(typed) == meant


def test_the_box_invites_the_phone_to_fill_it_in(at_the_code: Visitor) -> None:
    page = at_the_code.get("/sign-in/code/").text
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "9" * 60])
def test_what_is_no_code_costs_no_try(at_the_code: Visitor, sam_parent: User, typed: str) -> None:
    page = at_the_code.types_code(typed).text
    assert "There is a problem" in page
    assert "<title>Error: Check your email" in page
    assert EmailCode.objects.get(user=sam_parent).tries == 0


def test_a_wrong_code_says_how_many_tries_are_left(at_the_code: Visitor, sam_parent: User) -> None:
    wrong = another(emailed_code(sam_parent))
    assert "You have 4 tries left" in at_the_code.types_code(wrong).text
    for _ in range(2):
        at_the_code.types_code(wrong)
    assert "You have 1 try left" in at_the_code.types_code(wrong).text


def test_after_five_wrong_tries_the_right_code_is_refused_too(at_the_code: Visitor, sam_parent: User) -> None:
    code = emailed_code(sam_parent)
    for _ in range(5):
        page = at_the_code.types_code(another(code)).text
    assert "tried 5 times" in page
    assert 'href="#new-code"' in page
    assert page.count("Send a new code</button>") == 1
    assert 'name="code"' not in page
    at_the_code.types_code(code)
    assert not at_the_code.is_signed_in


def test_a_new_code_gives_new_tries(at_the_code: Visitor, sam_parent: User) -> None:
    for _ in range(5):
        at_the_code.types_code(another(emailed_code(sam_parent)))
    with later(seconds=31):
        at_the_code.post("/sign-in/code/new/")
        at_the_code.types_code(emailed_code(sam_parent))
    assert at_the_code.is_signed_in


@pytest.mark.parametrize(("minutes", "comes_in"), [(9.9, True), (10.1, False)])
def test_a_code_works_for_ten_minutes(
    at_the_code: Visitor, sam_parent: User, minutes: float, comes_in: bool
) -> None:
    code = emailed_code(sam_parent)
    with later(minutes=minutes):
        at_the_code.types_code(code)
        assert at_the_code.is_signed_in == comes_in


def test_a_code_works_once(new_visitor: NewVisitor, at_the_code: Visitor, sam_parent: User) -> None:
    code = emailed_code(sam_parent)
    pending = dict(at_the_code.client.session.items())
    at_the_code.types_code(code)
    again = new_visitor()
    session = again.client.session
    session.update(pending)
    session.save()
    again.client.cookies["sessionid"] = session.session_key
    assert "no longer works" in again.types_code(code).text
    assert not again.is_signed_in


def test_the_code_of_another_browser_is_refused(
    new_visitor: NewVisitor, at_the_code: Visitor, sam_parent: User, noor_stranger: User
) -> None:
    """Login CSRF: nobody can make Sam's browser sign in with a code that was sent for another one."""
    hers = emailed_code(sam_parent)
    attacker = new_visitor("203.0.113.5")
    attacker.types_password(noor_stranger.email)
    assert "not right" in attacker.types_code(hers).text
    assert "not right" in at_the_code.types_code(emailed_code(noor_stranger)).text


def test_of_two_open_sign_ins_the_newest_wins(
    new_visitor: NewVisitor, at_the_code: Visitor, sam_parent: User
) -> None:
    first = emailed_code(sam_parent)
    second = new_visitor()
    second.types_password(sam_parent.email)
    at_the_code.types_code(first)
    assert not at_the_code.is_signed_in
    second.types_code(emailed_code(sam_parent))
    assert second.is_signed_in


# 2am in summer time: the clocks go back to 1am.
CLOCKS_GO_BACK = dt.datetime(2026, 10, 25, 1, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("minutes", "works"), [(4, True), (6, False)])
def test_a_code_works_for_ten_minutes_in_the_night_when_the_clocks_go_back(
    visitor: Visitor, sam_parent: User, minutes: int, *, works: bool
) -> None:
    with time_machine.travel(CLOCKS_GO_BACK - dt.timedelta(minutes=5)):
        visitor.types_password(sam_parent.email)
        code = emailed_code(sam_parent)
    with time_machine.travel(CLOCKS_GO_BACK + dt.timedelta(minutes=minutes)):
        visitor.types_code(code)
        assert visitor.is_signed_in is works


def test_where_the_machines_clock_is_put_back_she_comes_in_all_the_same(
    visitor: Visitor, sam_parent: User
) -> None:
    visitor.types_password(sam_parent.email)
    emailed_code(sam_parent)
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1), tick=False) as clock:
        page = visitor.post("/sign-in/code/new/", follow=True)
        assert "a new one in 30 seconds" in page.text
        clock.shift(31)
        visitor.post("/sign-in/code/new/")
        visitor.types_code(emailed_code(sam_parent))
        assert visitor.is_signed_in
        assert visitor.get("/account/").status_code == 200


@pytest.mark.capability("B10")
def test_a_new_code_can_be_asked_for_after_30_seconds(at_the_code: Visitor, sam_parent: User) -> None:
    first = emailed_code(sam_parent)
    refused = at_the_code.post("/sign-in/code/new/")
    assert refused["Location"] == "/sign-in/code/?soon=yes"
    assert "You can ask for a new one in" in at_the_code.get(refused["Location"]).text
    with later(seconds=30):
        assert at_the_code.post("/sign-in/code/new/")["Location"] == "/sign-in/code/"
        assert "We have sent you a new code." in at_the_code.get("/sign-in/code/").text
        second = emailed_code(sam_parent)
        at_the_code.types_code(first)
        assert first == second or not at_the_code.is_signed_in
        at_the_code.types_code(second)
    assert at_the_code.is_signed_in


def test_the_address_of_the_button_opens_the_page_for_the_code(at_the_code: Visitor) -> None:
    assert at_the_code.get("/sign-in/code/new/")["Location"] == "/sign-in/code/"


def test_a_code_that_a_newer_one_has_stopped_is_not_sent(at_the_code: Visitor, sam_parent: User) -> None:
    with later(seconds=31):
        at_the_code.post("/sign-in/code/new/")
        outbox.sweep()
    assert len(mail.outbox) == 1


def test_ten_codes_an_hour_and_no_more(at_the_code: Visitor, sam_parent: User) -> None:
    for number in range(1, 10):
        with later(seconds=31 * number):
            assert at_the_code.post("/sign-in/code/new/").status_code == 302
    with later(seconds=400):
        refused = at_the_code.post("/sign-in/code/new/")
        assert refused.status_code == 429
        assert "Retry-After" in refused.headers
        assert "01632 960 100" in refused.text
        assert at_the_code.types_password(sam_parent.email).status_code == 429
    with later(minutes=61):
        assert at_the_code.types_password(sam_parent.email).status_code == 302


def test_the_page_offers_help_where_no_code_came(at_the_code: Visitor) -> None:
    page = at_the_code.get("/sign-in/code/").text
    assert "junk or spam folder" in page
    assert "01632 960 100" in page
    assert "We will never ask you to read a code to us" in page


def test_a_different_address_can_be_used(at_the_code: Visitor, alex_parent: User) -> None:
    assert at_the_code.get("/sign-in/code/").context["start_again"] == "/sign-in/"
    at_the_code.types_password(alex_parent.email)
    at_the_code.types_code(emailed_code(alex_parent))
    assert at_the_code.client.session["_auth_user_id"] == str(alex_parent.pk)


def test_a_half_done_sign_in_is_forgotten_with_its_code(at_the_code: Visitor) -> None:
    with later(minutes=11):
        assert at_the_code.get("/sign-in/code/")["Location"] == "/sign-in/"


@pytest.mark.capability("A32")
def test_who_has_the_password_cannot_guess_at_codes_day_after_day(
    at_the_code: Visitor, sam_parent: User
) -> None:
    for number in range(20):
        with later(minutes=number):
            if number and number % 5 == 0:
                at_the_code.post("/sign-in/code/new/")
            assert at_the_code.types_code(another(emailed_code(sam_parent))).status_code == 200
    with later(minutes=21):
        at_the_code.post("/sign-in/code/new/")
        refused = at_the_code.types_code(emailed_code(sam_parent))
    assert refused.status_code == 429
    assert "You can try again in 24 hours." in refused.text
    assert not at_the_code.is_signed_in


@pytest.mark.capability("A32")
def test_the_owners_own_browser_is_not_shut_by_a_strangers_codes(
    new_visitor: NewVisitor, sam_parent: User
) -> None:
    own, stranger = new_visitor("192.0.2.1"), new_visitor("198.51.100.1")
    own.signs_in(sam_parent)
    own.post("/sign-out/")
    for number in range(25):
        with later(minutes=number):
            if number % 5 == 0:
                stranger.types_password(sam_parent.email)
            refused = stranger.types_code("000000" if number % 2 else "000001")
    assert refused.status_code == 429
    with later(minutes=26):
        own.signs_in(sam_parent)
    assert own.is_signed_in


@pytest.mark.capability("A32")
def test_the_owner_is_told_once_of_ten_wrong_codes(at_the_code: Visitor, sam_parent: User) -> None:
    for number in range(12):
        with later(minutes=number):
            if number and number % 5 == 0:
                at_the_code.post("/sign-in/code/new/")
            at_the_code.types_code(another(emailed_code(sam_parent)))
    outbox.sweep()
    told = [letter for letter in mail.outbox if "wrong security codes" in letter.subject]
    assert len(told) == 1
    assert told[0].to == [sam_parent.email]
    assert "01632 960 100" in told[0].body
