"""Where the council's people set up an app, passkeys and recovery codes, and take them away (B11)."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st

from accounts.limits import CURRENT
from accounts.models import Passkey, RecoveryCodes, User
from accounts.second_steps import app
from core import outbox
from core.models import AuditEntry
from tests.accounts.app_codes import code_of
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor, another
from tests.accounts.second_step import KEY, add_passkey, give_app, give_codes, give_passkey, key_on
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B11")]

RENAME = "/account/security/passkey/name/"
SECURITY, SET_UP, PASSKEY = "/account/security/", "/account/security/app/", "/account/security/passkey/"
CODES, REMOVE, CONFIRM = "/account/security/recovery-codes/", "/account/security/remove/", "/account/confirm/"


@pytest.fixture
def casey(visitor: Visitor, casey_worker: User) -> Visitor:
    """A caseworker who has just signed in."""
    visitor.signs_in(casey_worker)
    return visitor


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def told() -> list[str]:
    outbox.sweep()
    return [str(message.body) for message in mail.outbox if message.subject == "How you sign in was changed"]


class TestSettingUpAnApp:
    def test_the_code_that_it_shows_sets_it_up(self, casey: Visitor, casey_worker: User) -> None:
        answer = casey.post(SET_UP, {"code": code_of(key_on(casey.get(SET_UP)))})
        assert answer["Location"] == CODES
        assert TOTPDevice.objects.get(user=casey_worker).confirmed
        assert casey.get("/admin/").status_code == 200
        [letter] = told()
        assert "An authenticator app was set up for your account." in letter
        assert AuditEntry.objects.filter(verb="account.app-added", actor_id=casey_worker.pk).exists()

    def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(self, casey: Visitor) -> None:
        key = key_on(casey.get(SET_UP))
        page = casey.post(SET_UP, {"code": another(code_of(key))})
        assert "That code is not right." in page.text
        assert key_on(page) == key
        assert not TOTPDevice.objects.exists()
        assert told() == []

    def test_the_code_that_set_it_up_is_used_up(
        self, casey: Visitor, new_visitor: Callable[..., Visitor], casey_worker: User
    ) -> None:
        with time_machine.travel(timezone.now(), tick=False):
            code = code_of(key_on(casey.get(SET_UP)))
            casey.post(SET_UP, {"code": code})
            thief = new_visitor()
            thief.types_password(casey_worker.email)
            thief.post("/sign-in/app/", {"code": code})
        assert not thief.is_signed_in

    def test_the_picture_says_the_same_as_the_text_and_keeps_to_the_policy(
        self, casey: Visitor, casey_worker: User
    ) -> None:
        page = casey.get(SET_UP)
        address = urlsplit(app.address_of(key_on(page), casey_worker, "Send portal"))
        asked = parse_qs(address.query)
        assert (address.scheme, address.netloc) == ("otpauth", "totp")
        assert asked == {"secret": [page.context["key"].replace(" ", "")], "issuer": ["Send portal"]}
        svg = re.search(r"<svg class=\"qr\".*?</svg>", page.text)
        assert svg
        assert "style" not in svg[0]
        assert "script" not in svg[0]
        assert re.fullmatch(r"([A-Z2-7]{4} )+[A-Z2-7]{4}", page.context["key"])

    def test_another_phone_takes_the_place_of_the_one_before(
        self, casey: Visitor, casey_worker: User
    ) -> None:
        give_app(casey_worker)
        casey.post(SET_UP, {"code": code_of(key_on(casey.get(SET_UP)))})
        assert TOTPDevice.objects.get().key != KEY


@given(st.text(max_size=60))
def test_no_name_of_a_service_changes_the_secret_or_the_person(service: str) -> None:
    person = User(email="casey.worker@example.org")
    address = urlsplit(app.address_of(KEY, person, service))
    assert parse_qs(address.query)["secret"] == [app.text_of(KEY).replace(" ", "")]
    assert address.path.endswith("%3Acasey.worker%40example.org")


class TestAddingAPasskey:
    def test_it_is_kept_under_its_name(self, casey: Visitor, casey_worker: User) -> None:
        assert add_passkey(casey, Authenticator(), "Blue <b>key</b>")["Location"] == CODES
        page = casey.get(SECURITY).text
        assert "Blue &lt;b&gt;key&lt;/b&gt;" in page
        assert Passkey.objects.get().user == casey_worker
        [letter] = told()
        assert "A passkey was added to your account." in letter

    @pytest.mark.parametrize(
        "how",
        [
            pytest.param({"origin": "https://evil.example"}, id="another origin"),
            pytest.param({"host": "evil.example"}, id="another relying party"),
            pytest.param({"verified": False}, id="nobody's finger, face or PIN"),
        ],
    )
    def test_what_was_not_made_for_us_is_refused(self, casey: Visitor, how: dict[str, str]) -> None:
        assert "Your browser made no passkey." in add_passkey(casey, Authenticator(), **how).text
        assert not Passkey.objects.exists()

    def test_the_passkey_of_somebody_else_cannot_be_added(self, casey: Visitor, robin_worker: User) -> None:
        theirs = Authenticator()
        give_passkey(robin_worker, theirs)
        assert "Your browser made no passkey." in add_passkey(casey, theirs).text
        assert Passkey.objects.get().user == robin_worker

    def test_an_answer_to_no_question_of_ours_is_refused(self, casey: Visitor) -> None:
        made_up = Authenticator().make({"challenge": "AAAA"})
        assert casey.post(PASSKEY, {"name": "x", "answer": made_up}).status_code == 200
        assert not Passkey.objects.exists()

    def test_one_without_a_name_is_asked_for_it(self, casey: Visitor) -> None:
        assert "Give it a name" in add_passkey(casey, Authenticator(), "").text

    def test_without_scripts_she_is_led_to_an_app(self, casey: Visitor) -> None:
        assert "set up an app" in casey.post(PASSKEY, {"name": "Laptop", "answer": ""}).text

    def test_it_is_not_offered_where_no_browser_keeps_one(self, casey: Visitor) -> None:
        assert 'href="/account/security/passkey/"' in casey.get(SECURITY).text
        page = casey.get(SECURITY, headers={"host": "127.0.0.1:8000"}).text
        assert 'href="/account/security/passkey/"' not in page


class TestRecoveryCodes:
    def test_ten_are_shown_once(self, casey: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        shown = re.findall(r"<code>(\w{5}-\w{5})</code>", casey.post(CODES).text)
        assert len(set(shown)) == 10
        assert not any(code in casey.get(CODES).text for code in shown)
        assert "You have 10 left." in casey.get(SECURITY).text
        [letter] = told()
        assert "New recovery codes were made" in letter
        assert not any(code in letter for code in shown)

    def test_opening_the_page_makes_none(self, casey: Visitor) -> None:
        casey.get(CODES)
        assert not RecoveryCodes.objects.exists()


class TestRenamingAPasskey:
    def test_its_owner_gives_it_another_name(self, casey: Visitor, casey_worker: User) -> None:
        passkey = give_passkey(casey_worker, Authenticator())
        url = f"{RENAME}?what={passkey.pk}"
        assert f'href="{url}"' in casey.get(SECURITY).text
        assert "Rename “Work laptop”" in casey.get(url).text
        assert "Give it a name" in casey.post(url, {"name": " "}).text
        assert casey.post(url, {"name": "Blue <b>key</b>"})["Location"] == SECURITY
        assert "Blue &lt;b&gt;key&lt;/b&gt;" in casey.get(SECURITY).text

    @pytest.mark.parametrize("what", ["", "0", "x", "theirs"])
    def test_nobody_renames_what_is_not_hers(self, casey: Visitor, robin_worker: User, what: str) -> None:
        theirs = give_passkey(robin_worker, Authenticator())
        url = f"{RENAME}?what={theirs.pk if what == 'theirs' else what}"
        assert casey.get(url).status_code == 404
        assert casey.post(url, {"name": "Mine"}).status_code == 404
        assert Passkey.objects.get().name == "Work laptop"


class TestTakingAway:
    def test_the_app_and_with_it_the_codes(self, casey: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        give_codes(casey_worker)
        assert casey.post(REMOVE, {"what": "app"})["Location"] == SECURITY
        assert not TOTPDevice.objects.exists()
        assert not RecoveryCodes.objects.exists()
        assert len(told()) == 1

    def test_the_codes_stay_beside_what_is_left(self, casey: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        give_codes(casey_worker)
        passkey = give_passkey(casey_worker, Authenticator())
        casey.post(REMOVE, {"what": str(passkey.pk)})
        assert RecoveryCodes.objects.exists()

    def test_she_stays_signed_in_who_came_in_by_it(self, casey: Visitor, casey_worker: User) -> None:
        casey.post(SET_UP, {"code": code_of(key_on(casey.get(SET_UP)))})
        casey.post(REMOVE, {"what": "app"})
        assert casey.get(SECURITY).status_code == 200

    @pytest.mark.parametrize("what", ["", "app", "0", "x"])
    def test_what_she_does_not_have_is_not_found(self, casey: Visitor, what: str) -> None:
        assert casey.post(REMOVE, {"what": what}).status_code == 404

    def test_nobody_takes_away_what_is_somebody_elses(self, casey: Visitor, robin_worker: User) -> None:
        theirs = give_passkey(robin_worker, Authenticator())
        give_app(robin_worker)
        for what in ("app", str(theirs.pk)):
            assert casey.post(REMOVE, {"what": what}).status_code == 404
        assert Passkey.objects.exists()
        assert TOTPDevice.objects.exists()


class TestConfirmingThatItIsHer:
    @pytest.mark.parametrize("url", [SET_UP, PASSKEY, CODES])
    def test_ten_minutes_after_signing_in_the_password_is_asked_for(self, casey: Visitor, url: str) -> None:
        assert casey.get(url).status_code == 200
        with later(minutes=11):
            assert casey.get(url)["Location"] == f"{CONFIRM}?next={url.replace('/', '%2F')}"
            assert casey.post(url)["Location"] == f"{CONFIRM}?next=%2Faccount%2Fsecurity%2F"

    def test_with_it_the_page_opens_for_ten_minutes(self, casey: Visitor) -> None:
        with later(minutes=11):
            answer = casey.post(CONFIRM, {"current": PASSWORD}, query_params={"next": SET_UP})
            assert answer["Location"] == SET_UP
            assert casey.get(SET_UP).status_code == 200
        with later(minutes=20):
            assert casey.get(SET_UP).status_code == 200
        with later(minutes=22):
            assert casey.get(SET_UP).status_code == 302

    def test_a_wrong_one_opens_nothing_and_guessing_ends(self, casey: Visitor) -> None:
        with later(minutes=11):
            answers = [
                casey.post(CONFIRM, {"current": "a guess"}).status_code for _try in range(CURRENT.most + 1)
            ]
            assert answers == [200] * CURRENT.most + [429]
            assert casey.post(CONFIRM, {"current": PASSWORD}).status_code == 429
            assert casey.get(SET_UP).status_code == 302

    def test_it_leads_to_no_other_site(self, casey: Visitor) -> None:
        answer = casey.post(CONFIRM, {"current": PASSWORD}, query_params={"next": "//evil.example/"})
        assert answer["Location"] == "/account/"

    def test_nothing_is_taken_away_without_it(self, casey: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        with later(minutes=11):
            casey.post(REMOVE, {"what": "app"})
        assert TOTPDevice.objects.exists()


@pytest.mark.parametrize("url", [SECURITY, SET_UP, PASSKEY, CODES])
def test_families_have_none_of_these_pages(visitor: Visitor, sam_parent: User, url: str) -> None:
    visitor.signs_in(sam_parent)
    assert visitor.get(url).status_code == 404
    assert "/account/security/" not in visitor.get("/account/").text


def test_the_councils_people_find_them_from_their_account(casey: Visitor) -> None:
    assert 'href="/account/security/"' in casey.get("/account/").text


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get(SECURITY)["Location"].startswith("/sign-in/")
