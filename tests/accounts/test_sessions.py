"""Where somebody is signed in, and what she does where it was not she (B17)."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import EmailCode, Passkey, RecoveryCodes, SignIn, User
from accounts.models.sessions import tidy
from accounts.sessions import not_me
from core import outbox
from core.models import AuditEntry, OutboxItem
from core.periodic import periodic
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.second_step import give_app, give_codes, give_passkey
from tests.factories import PASSWORD
from tests.queries import counted_queries

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B17")]

NewVisitor = Callable[..., Visitor]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1 Version/17.1 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
SESSIONS = "/account/sessions/"


@pytest.fixture
def laptop() -> Visitor:
    return Visitor(Client(headers={"user-agent": LAPTOP}), "203.0.113.7")


@pytest.fixture
def phone() -> Visitor:
    return Visitor(Client(headers={"user-agent": PHONE}), "198.51.100.4")


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def comes_in(visitor: Visitor) -> bool:
    visitor.get("/signed-out/")
    return visitor.is_signed_in


def letters(subject: str) -> list[str]:
    outbox.sweep()
    return [str(message.body) for message in mail.outbox if message.subject == subject]


def warnings() -> list[str]:
    return letters("Was it you? Your account was used on another phone or computer")


def link_in(letter: str) -> str:
    found = re.search(r"https?://\S+/not-me/\?\S+", letter)
    assert found
    return urlsplit(found[0])._replace(scheme="", netloc="").geturl()


class TestTheListOfSessions:
    def test_it_names_device_network_day_and_time(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        with time_machine.travel("2026-03-03T19:52:00Z", tick=False):
            phone.signs_in(sam_parent)
            laptop.signs_in(sam_parent)
            page = laptop.get(SESSIONS).text.replace("\N{NO-BREAK SPACE}", " ")
        for words in ("Chrome on Windows", "Safari on iPhone", "203.0.113.0/24", "3 March 2026", "7:52pm"):
            assert words in page
        assert "203.0.113.7" not in page

    def test_the_one_in_use_is_marked_and_the_others_can_be_ended(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        phone.signs_in(sam_parent)
        laptop.signs_in(sam_parent)
        page = laptop.get(SESSIONS)
        assert page.text.count("You are here") == 1
        assert page.text.count('name="end"') == 1
        assert page.context["this"] == str(SignIn.objects.get(browser="Chrome").pk)

    def test_ending_one_ends_that_one_alone(self, laptop: Visitor, phone: Visitor, sam_parent: User) -> None:
        phone.signs_in(sam_parent)
        laptop.signs_in(sam_parent)
        laptop.post(SESSIONS, {"end": str(SignIn.objects.get(browser="Safari").pk)})
        assert not comes_in(phone)
        assert comes_in(laptop)
        assert 'name="end"' not in laptop.get(SESSIONS).text

    def test_two_that_are_ended_one_after_the_other_both_stay_ended(
        self, laptop: Visitor, new_visitor: NewVisitor, sam_parent: User
    ) -> None:
        others = [new_visitor(), new_visitor()]
        for visitor in (*others, laptop):
            visitor.signs_in(sam_parent)
        for sign_in in SignIn.objects.exclude(browser="Chrome"):
            laptop.post(SESSIONS, {"end": str(sign_in.pk)})
        assert [comes_in(visitor) for visitor in (*others, laptop)] == [False, False, True]

    def test_nobody_ends_the_session_of_somebody_else(
        self, laptop: Visitor, phone: Visitor, sam_parent: User, noor_stranger: User
    ) -> None:
        phone.signs_in(sam_parent)
        laptop.signs_in(noor_stranger)
        theirs = SignIn.objects.get(user=sam_parent)
        assert laptop.post(SESSIONS, {"end": str(theirs.pk)}).status_code == 404
        assert comes_in(phone)
        assert AuditEntry.objects.get(verb="refused").object_id == theirs.pk

    @pytest.mark.parametrize("end", ["", "1", "' OR 1=1", "\x00"])
    def test_what_names_no_session_ends_none(self, laptop: Visitor, sam_parent: User, end: str) -> None:
        laptop.signs_in(sam_parent)
        assert laptop.post(SESSIONS, {"end": end}).status_code == 404
        assert comes_in(laptop)

    def test_what_idled_out_is_not_shown_as_open(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        phone.signs_in(sam_parent)
        with later(minutes=31):
            laptop.signs_in(sam_parent)
            page = laptop.get(SESSIONS)
        assert [row.browser for row in page.context["open"]] == ["Chrome"]
        assert [row.browser for row in page.context["recent"]] == ["Safari"]

    def test_what_is_in_use_stays_open(self, laptop: Visitor, phone: Visitor, sam_parent: User) -> None:
        phone.signs_in(sam_parent)
        with later(minutes=25):
            phone.get("/signed-out/")
        with later(minutes=40):
            laptop.signs_in(sam_parent)
            assert len(laptop.get(SESSIONS).context["open"]) == 2

    def test_after_a_new_password_the_others_are_over_and_this_one_is_open(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        phone.signs_in(sam_parent)
        laptop.signs_in(sam_parent)
        new = "Another good 1 for today"
        laptop.post("/account/password/", {"current": PASSWORD, "new_password": new, "again": new})
        assert [row.browser for row in laptop.get(SESSIONS).context["open"]] == ["Chrome"]

    def test_who_signed_out_is_not_shown_as_open(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        phone.signs_in(sam_parent)
        phone.post("/sign-out/")
        laptop.signs_in(sam_parent)
        assert len(laptop.get(SESSIONS).context["open"]) == 1

    def test_no_row_holds_the_key_of_a_session(self, laptop: Visitor, sam_parent: User) -> None:
        laptop.signs_in(sam_parent)
        key = laptop.client.session.session_key
        assert key
        assert key not in str(SignIn.objects.values().get())

    def test_strangers_see_no_list(self, client: Client) -> None:
        assert client.get(SESSIONS)["Location"].startswith("/sign-in/")


def test_signing_out_everywhere_ends_this_one_and_all_others(
    laptop: Visitor, phone: Visitor, sam_parent: User, alex_parent: User, visitor: Visitor
) -> None:
    for browser, person in ((phone, sam_parent), (laptop, sam_parent), (visitor, alex_parent)):
        browser.signs_in(person)
    answer = laptop.post("/sign-out/everywhere/")
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/signed-out/", '"cache"')
    assert [comes_in(browser) for browser in (laptop, phone, visitor)] == [False, False, True]
    assert AuditEntry.objects.filter(verb="account.signed-out-everywhere", actor_id=sam_parent.pk).exists()


def test_signing_out_everywhere_takes_a_post(laptop: Visitor, sam_parent: User) -> None:
    laptop.signs_in(sam_parent)
    assert laptop.get("/sign-out/everywhere/").status_code == 405
    assert comes_in(laptop)


def test_a_page_costs_no_query_more_for_a_session_that_is_kept(laptop: Visitor, sam_parent: User) -> None:
    laptop.signs_in(sam_parent)
    with counted_queries() as queries:
        laptop.get("/signed-out/")
    assert len(queries) == 1


def test_a_session_in_use_writes_its_row_once_a_minute(laptop: Visitor, sam_parent: User) -> None:
    laptop.signs_in(sam_parent)
    with later(seconds=70):
        laptop.get("/signed-out/")
        with counted_queries() as queries:
            laptop.get("/signed-out/")
        assert SignIn.objects.get().seen_at == timezone.now()
    assert len(queries) == 1


def test_sign_ins_are_kept_for_90_days(laptop: Visitor, sam_parent: User) -> None:
    laptop.signs_in(sam_parent)
    with later(days=89):
        assert tidy() == 0
    with later(days=91):
        periodic.get("tidy-sign-ins").run()
    assert not SignIn.objects.exists()


class TestANewBrowser:
    def test_the_first_sign_in_of_all_is_no_news(self, laptop: Visitor, sam_parent: User) -> None:
        laptop.signs_in(sam_parent)
        assert warnings() == []

    def test_the_first_with_another_browser_brings_an_email(
        self, laptop: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        laptop.signs_in(sam_parent)
        phone.signs_in(sam_parent)
        [letter] = warnings()
        assert "Safari on iPhone\nNetwork 198.51.100.0/24\n" in letter

    def test_the_second_with_it_brings_none(self, laptop: Visitor, phone: Visitor, sam_parent: User) -> None:
        laptop.signs_in(sam_parent)
        for _time in range(2):
            phone.signs_in(sam_parent)
            phone.post("/sign-out/")
        assert len(warnings()) == 1

    def test_a_browser_that_another_member_of_the_family_uses_is_new_to_her(
        self, laptop: Visitor, phone: Visitor, sam_parent: User, alex_parent: User
    ) -> None:
        laptop.signs_in(sam_parent)
        phone.signs_in(alex_parent)
        phone.post("/sign-out/")
        phone.signs_in(sam_parent)
        assert len(warnings()) == 1

    def test_no_queue_holds_the_link(self, laptop: Visitor, phone: Visitor, sam_parent: User) -> None:
        laptop.signs_in(sam_parent)
        phone.signs_in(sam_parent)
        payload = OutboxItem.objects.get(kind="email_new_browser").payload
        assert payload == {"sign_in": str(SignIn.objects.get(browser="Safari").pk)}


@pytest.fixture
def link(laptop: Visitor, phone: Visitor, sam_parent: User) -> str:
    """What the email brought when somebody came in with `phone`, while Sam is at her `laptop`."""
    laptop.signs_in(sam_parent)
    phone.signs_in(sam_parent)
    [letter] = warnings()
    return link_in(letter)


class TestThisWasNotMe:
    def test_opening_the_link_changes_nothing(
        self, link: str, visitor: Visitor, phone: Visitor, sam_parent: User
    ) -> None:
        before = User.objects.values().get(pk=sam_parent.pk)
        page = visitor.get(link)
        assert "It was not me: lock my account" in page.text
        assert "Safari on iPhone" in page.text
        assert sam_parent.email not in page.text
        assert User.objects.values().get(pk=sam_parent.pk) == before
        assert comes_in(phone)

    def test_its_button_locks_the_account(
        self, link: str, visitor: Visitor, phone: Visitor, laptop: Visitor, sam_parent: User
    ) -> None:
        page = visitor.post(link)
        assert "Your account is locked" in page.text
        assert 'href="/forgotten-password/"' in page.text
        assert not comes_in(phone)
        assert not comes_in(laptop)
        assert not User.objects.get(pk=sam_parent.pk).has_usable_password()
        assert visitor.types_password(sam_parent.email).status_code == 200
        assert len(letters("Your account is locked")) == 1
        assert AuditEntry.objects.get(verb="account.locked").object_id == sam_parent.pk

    def test_the_page_after_it_does_not_say_that_she_is_signed_in(
        self, link: str, laptop: Visitor, sam_parent: User
    ) -> None:
        assert sam_parent.full_name in laptop.get("/account/").text
        page = laptop.post(link)
        assert "Your account is locked" in page.text
        assert sam_parent.full_name not in page.text

    def test_a_sign_in_that_is_half_done_ends_too(
        self, link: str, visitor: Visitor, new_visitor: NewVisitor, sam_parent: User
    ) -> None:
        thief = new_visitor()
        thief.types_password(sam_parent.email)
        code = emailed_code(sam_parent)
        visitor.post(link)
        assert thief.types_code(code)["Location"] == "/sign-in/"
        assert not thief.is_signed_in
        assert EmailCode.objects.get(user=sam_parent).digest == ""

    def test_the_password_that_was_known_may_not_come_back(
        self, link: str, visitor: Visitor, sam_parent: User
    ) -> None:
        before = sam_parent.password
        visitor.post(link)
        assert sam_parent.past_passwords.get().encoded == before

    def test_what_the_other_one_set_up_meanwhile_is_taken_away(
        self, link: str, visitor: Visitor, sam_parent: User
    ) -> None:
        before = SignIn.objects.get(browser="Safari").at - timedelta(days=1)
        old = give_passkey(sam_parent, Authenticator())
        Passkey.objects.update(added_at=before)
        give_passkey(sam_parent, Authenticator())
        give_app(sam_parent)
        give_codes(sam_parent)
        visitor.post(link)
        assert list(Passkey.objects.all()) == [old]
        assert not TOTPDevice.objects.exists()
        assert not RecoveryCodes.objects.exists()

    def test_it_locks_once(self, link: str, visitor: Visitor, sam_parent: User) -> None:
        visitor.post(link)
        person = User.objects.get(pk=sam_parent.pk)
        person.set_password(PASSWORD)
        person.save()
        assert "Your account is locked" in visitor.post(link).text
        assert User.objects.get(pk=sam_parent.pk).check_password(PASSWORD)
        assert AuditEntry.objects.filter(verb="account.locked").count() == 1

    def test_it_works_for_two_weeks(self, link: str, visitor: Visitor, sam_parent: User) -> None:
        with later(days=13, hours=23):
            assert visitor.get(link).status_code == 200
        with later(days=14, seconds=2):
            assert visitor.post(link).status_code == 410
        assert User.objects.get(pk=sam_parent.pk).has_usable_password()

    def test_it_needs_the_pages_own_token(self, link: str, sam_parent: User) -> None:
        forger = Client(enforce_csrf_checks=True)
        assert forger.post(link).status_code == 403
        assert User.objects.get(pk=sam_parent.pk).has_usable_password()

    def test_it_is_bound_to_the_person(self, link: str, visitor: Visitor, alex_parent: User) -> None:
        sign_in, _sam = signing.loads(parse_qs(urlsplit(link).query)["token"][0], salt=not_me.SALT)
        forged = signing.dumps([sign_in, str(alex_parent.pk)], salt=not_me.SALT)
        assert visitor.post(f"/not-me/?token={forged}").status_code == 410

    def test_a_signature_for_something_else_is_none(self, link: str, visitor: Visitor) -> None:
        said = signing.loads(parse_qs(urlsplit(link).query)["token"][0], salt=not_me.SALT)
        for salt in ("accounts.known_browser", "django.core.signing"):
            assert visitor.post(f"/not-me/?token={signing.dumps(said, salt=salt)}").status_code == 410

    def test_without_a_token_there_is_a_page_in_plain_words(self, visitor: Visitor) -> None:
        page = visitor.get("/not-me/")
        assert (page.status_code, "This link does not work any more" in page.text) == (410, True)


@given(st.text(max_size=200))
def test_no_text_that_somebody_makes_up_is_a_link(token: str) -> None:
    assert not_me.sign_in_of(token) is None


@given(st.integers(0, 999), st.sampled_from("abcXYZ019-_:."))
def test_a_link_that_is_changed_anywhere_is_none(place: int, other: str) -> None:
    token = not_me.token_for(SignIn(user=User(), epoch=1))
    at = place % len(token)
    assume(token[at] != other)
    with pytest.raises(signing.BadSignature):
        signing.loads(token[:at] + other + token[at + 1 :], salt=not_me.SALT)
