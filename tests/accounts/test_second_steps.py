"""An app, a passkey, recovery codes: what signs the council's people in after their password (B11)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import Passkey, RecoveryCodes, User
from accounts.models.second_steps import LETTERS
from accounts.second_steps.forms import RecoveryCodeForm
from core import outbox
from core.models import AuditEntry, OutboxItem
from tests.accounts.app_codes import code_of
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor, another, emailed_code
from tests.accounts.second_step import KEY, give_app, give_codes, give_passkey, key_on, options_on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B11")]

NewVisitor = Callable[..., Visitor]
SIGN_IN_APP, SIGN_IN_PASSKEY = "/sign-in/app/", "/sign-in/passkey/"
RECOVERY = "/sign-in/recovery-code/"
SET_UP = "/account/security/app/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """It stands still: a code of an app is worth half a minute."""
    with time_machine.travel("2026-03-03T12:00:10Z", tick=False):
        yield


def asked_for_passkey(visitor: Visitor, person: User) -> dict[str, Any]:
    visitor.types_password(person.email)
    return options_on(visitor.get(SIGN_IN_PASSKEY))


class TestAnApp:
    def test_its_code_comes_after_the_password_in_place_of_an_email(
        self, visitor: Visitor, casey_worker: User
    ) -> None:
        give_app(casey_worker)
        assert visitor.types_password(casey_worker.email, next="/admin/")["Location"] == (
            "/sign-in/second-step/?next=%2Fadmin%2F"
        )
        assert visitor.get("/sign-in/second-step/")["Location"] == SIGN_IN_APP
        assert not visitor.is_signed_in
        assert not OutboxItem.objects.filter(kind="email_code").exists()
        answer = visitor.post(SIGN_IN_APP, {"code": code_of(KEY)}, query_params={"next": "/admin/"})
        assert answer["Location"] == "/admin/"
        assert visitor.get("/admin/").status_code == 200

    def test_it_may_be_half_a_minute_fast_or_slow_and_no_more(
        self, new_visitor: NewVisitor, casey_worker: User
    ) -> None:
        now = timezone.now().timestamp()
        came_in = []
        for off in (-60, -30, 30, 60):
            give_app(casey_worker)
            visitor = new_visitor()
            visitor.types_password(casey_worker.email)
            visitor.post(SIGN_IN_APP, {"code": code_of(KEY, now + off)})
            came_in.append(visitor.is_signed_in)
            TOTPDevice.objects.all().delete()
        assert came_in == [False, True, True, False]

    def test_a_code_works_once(self, new_visitor: NewVisitor, casey_worker: User) -> None:
        give_app(casey_worker)
        code = code_of(KEY)
        for visitor in (first := new_visitor(), second := new_visitor()):
            visitor.types_password(casey_worker.email)
            visitor.post(SIGN_IN_APP, {"code": code})
        assert first.is_signed_in
        assert not second.is_signed_in

    def test_a_refused_code_does_not_shut_out_the_right_one(
        self, visitor: Visitor, casey_worker: User
    ) -> None:
        give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        for _try in range(4):
            page = visitor.post(SIGN_IN_APP, {"code": another(code_of(KEY))})
            assert "That code is not right" in page.text
        visitor.post(SIGN_IN_APP, {"code": code_of(KEY)})
        assert visitor.is_signed_in

    def test_guessing_ends_after_twenty_wrong_codes(self, visitor: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        wrong = another(code_of(KEY))
        answers = [visitor.post(SIGN_IN_APP, {"code": wrong}).status_code for _try in range(21)]
        assert answers == [200] * 20 + [429]
        assert visitor.post(SIGN_IN_APP, {"code": code_of(KEY)}).status_code == 429
        assert not visitor.is_signed_in

    def test_one_that_was_never_confirmed_is_none(self, visitor: Visitor, casey_worker: User) -> None:
        device = give_app(casey_worker, confirmed=False)
        assert visitor.types_password(casey_worker.email)["Location"] == "/sign-in/code/"
        visitor.post(SIGN_IN_APP, {"code": code_of(KEY)})
        assert not visitor.is_signed_in
        assert verify_token(casey_worker, device.persistent_id, code_of(KEY)), (
            "so django-otp alone would let it in"
        )

    def test_an_unconfirmed_one_beside_a_passkey_opens_nothing(
        self, visitor: Visitor, casey_worker: User
    ) -> None:
        give_passkey(casey_worker, Authenticator())
        give_app(casey_worker, confirmed=False)
        visitor.types_password(casey_worker.email)
        assert visitor.post(SIGN_IN_APP, {"code": code_of(KEY)})["Location"] == "/sign-in/second-step/"
        assert not visitor.is_signed_in

    def test_somebody_elses_code_is_wrong(
        self, visitor: Visitor, casey_worker: User, robin_worker: User
    ) -> None:
        give_app(robin_worker)
        TOTPDevice.objects.create(user=casey_worker, name="app", key="ab" * 20)
        visitor.types_password(casey_worker.email)
        visitor.post(SIGN_IN_APP, {"code": code_of(KEY)})
        assert not visitor.is_signed_in

    def test_without_the_password_its_page_leads_to_the_first(
        self, visitor: Visitor, casey_worker: User
    ) -> None:
        give_app(casey_worker)
        for url in (SIGN_IN_APP, SIGN_IN_PASSKEY, RECOVERY, "/sign-in/second-step/"):
            assert visitor.get(url)["Location"] == "/sign-in/"

    def test_an_app_that_was_taken_away_ends_the_sessions_that_came_in_by_it(
        self, visitor: Visitor, casey_worker: User
    ) -> None:
        device = give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        visitor.post(SIGN_IN_APP, {"code": code_of(KEY)})
        device.delete()
        assert visitor.get("/admin/")["Location"].startswith("/sign-in/")

    def test_a_wrong_try_is_written_down(self, visitor: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        visitor.post(SIGN_IN_APP, {"code": another(code_of(KEY))})
        assert AuditEntry.objects.get(verb="account.code-refused").actor_id == casey_worker.pk


class TestFamiliesAsBefore:
    def test_they_are_emailed_their_code_and_have_no_other_page(
        self, visitor: Visitor, sam_parent: User
    ) -> None:
        visitor.types_password(sam_parent.email)
        for url in (SIGN_IN_APP, SIGN_IN_PASSKEY, RECOVERY, "/sign-in/second-step/"):
            assert visitor.get(url)["Location"] == "/sign-in/code/"
        visitor.types_code(emailed_code(sam_parent))
        assert visitor.is_signed_in

    def test_their_pages_cost_no_query_more(self, visitor: Visitor, sam_parent: User) -> None:
        visitor.signs_in(sam_parent)
        with CaptureQueriesContext(connection) as queries:
            visitor.get("/signed-out/")
        assert len(queries) == 1


class TestAnEmailedCodeInstead:
    def test_a_caseworker_may_ask_for_one(self, visitor: Visitor, casey_worker: User) -> None:
        give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        assert "Send me a code by email" in visitor.get(SIGN_IN_APP).text
        visitor.post("/sign-in/code/new/")
        visitor.types_code(emailed_code(casey_worker))
        assert visitor.is_signed_in

    def test_an_administrator_may_not(self, visitor: Visitor, admin: User) -> None:
        give_app(admin)
        visitor.types_password(admin.email)
        assert "Send me a code by email" not in visitor.get(SIGN_IN_APP).text
        visitor.post("/sign-in/code/new/")
        assert not OutboxItem.objects.filter(kind="email_code").exists()
        assert visitor.get("/sign-in/code/")["Location"] == "/sign-in/second-step/"

    @pytest.mark.parametrize(("setting", "caseworker", "manager"), [("nobody", 0, 0), ("everybody", 1, 1)])
    def test_the_council_decides(
        self,
        new_visitor: NewVisitor,
        casey_worker: User,
        admin: User,
        settings: Settings,
        setting: str,
        caseworker: int,
        manager: int,
    ) -> None:
        settings.EMAILED_CODE_INSTEAD = setting
        for person, sent in ((casey_worker, caseworker), (admin, manager)):
            give_app(person)
            visitor = new_visitor()
            visitor.types_password(person.email)
            visitor.post("/sign-in/code/new/")
            assert OutboxItem.objects.filter(payload__person=str(person.pk)).count() == sent

    def test_no_code_of_an_earlier_sign_in_comes_in_without_the_app(
        self, visitor: Visitor, admin: User
    ) -> None:
        visitor.types_password(admin.email)
        code = emailed_code(admin)
        give_app(admin)
        visitor.types_password(admin.email)
        visitor.types_code(code)
        assert not visitor.is_signed_in


class TestRecoveryCodes:
    @pytest.fixture
    def codes(self, casey_worker: User) -> list[str]:
        give_app(casey_worker)
        return give_codes(casey_worker)

    def test_one_comes_in_and_its_owner_is_told(
        self, visitor: Visitor, casey_worker: User, codes: list[str]
    ) -> None:
        visitor.types_password(casey_worker.email)
        assert "Use a recovery code" in visitor.get(SIGN_IN_APP).text
        visitor.post(RECOVERY, {"code": codes[3].lower().replace("-", " ")})
        assert visitor.is_signed_in
        assert visitor.get("/admin/").status_code == 200
        outbox.sweep()
        assert "with a recovery code" in str(mail.outbox[-1].body)
        assert AuditEntry.objects.filter(verb="account.recovery-code-used").exists()

    def test_each_works_once(self, new_visitor: NewVisitor, casey_worker: User, codes: list[str]) -> None:
        visitors = [new_visitor() for _visitor in range(2)]
        for visitor in visitors:
            visitor.types_password(casey_worker.email)
            visitor.post(RECOVERY, {"code": codes[0]})
        assert [visitor.is_signed_in for visitor in visitors] == [True, False]
        assert RecoveryCodes.objects.get().left == 9

    def test_new_ones_stop_those_before(self, visitor: Visitor, casey_worker: User, codes: list[str]) -> None:
        give_codes(casey_worker)
        visitor.types_password(casey_worker.email)
        visitor.post(RECOVERY, {"code": codes[0]})
        assert not visitor.is_signed_in

    def test_those_of_somebody_else_are_wrong(
        self, visitor: Visitor, casey_worker: User, robin_worker: User, codes: list[str]
    ) -> None:
        visitor.types_password(casey_worker.email)
        visitor.post(RECOVERY, {"code": give_codes(robin_worker)[0]})
        assert not visitor.is_signed_in

    def test_only_keyed_hashes_are_kept(
        self, casey_worker: User, codes: list[str], settings: Settings
    ) -> None:
        kept = RecoveryCodes.objects.get()
        assert len(set(kept.digests)) == len(set(codes)) == 10
        assert not any(code.replace("-", "") in str(kept.digests) for code in codes)
        settings.SECRET_KEY = "another key of fifty letters, as a thief would have to guess it"
        assert not kept.verify_token(codes[0].replace("-", ""))

    def test_they_outlive_a_new_secret_key(
        self, casey_worker: User, codes: list[str], settings: Settings
    ) -> None:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "the new key of fifty letters, made when somebody left"
        assert RecoveryCodes.objects.get().verify_token(codes[0].replace("-", ""))

    def test_alone_they_are_no_second_step(self, visitor: Visitor, casey_worker: User) -> None:
        give_codes(casey_worker)
        assert visitor.types_password(casey_worker.email)["Location"] == "/sign-in/code/"


@given(st.text(LETTERS, min_size=10, max_size=10), st.lists(st.sampled_from(" -\u2013\t"), max_size=4))
def test_a_recovery_code_is_read_however_it_is_typed(code: str, between: list[str]) -> None:
    form = RecoveryCodeForm({"code": code[:5].lower() + "".join(between) + code[5:]})
    assert form.is_valid()
    assert form.cleaned_data["code"] == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_of_ten_letters_or_refused(typed: str) -> None:
    form = RecoveryCodeForm({"code": typed})
    assert not form.is_valid() or (
        len(form.cleaned_data["code"]) == 10 and set(form.cleaned_data["code"]) <= set(LETTERS)
    )


class TestAPasskey:
    @pytest.fixture
    def key(self, casey_worker: User) -> Authenticator:
        authenticator = Authenticator(count=5)
        give_passkey(casey_worker, authenticator)
        return authenticator

    def test_it_signs_in_after_the_password(
        self, visitor: Visitor, casey_worker: User, key: Authenticator
    ) -> None:
        options = asked_for_passkey(visitor, casey_worker)
        assert options["userVerification"] == "required"
        visitor.post(SIGN_IN_PASSKEY, {"answer": key.answer(options)})
        assert visitor.get("/admin/").status_code == 200
        assert Passkey.objects.get().sign_count == 6

    def test_one_kept_on_several_devices_never_counts(self, visitor: Visitor, casey_worker: User) -> None:
        key = Authenticator(is_synced=True)
        give_passkey(casey_worker, key)
        for _time in range(2):
            options = asked_for_passkey(visitor, casey_worker)
            visitor.post(SIGN_IN_PASSKEY, {"answer": key.answer(options)})
            assert visitor.is_signed_in
            visitor.post("/sign-out/")

    @pytest.mark.parametrize(
        "how",
        [
            pytest.param({"origin": "https://testserver.evil.example"}, id="another origin"),
            pytest.param({"origin": "http://testserver:8000"}, id="another port"),
            pytest.param({"host": "evil.example"}, id="another relying party"),
            pytest.param({"verified": False}, id="nobody's finger, face or PIN"),
        ],
    )
    def test_what_was_not_meant_for_us_is_refused(
        self, visitor: Visitor, casey_worker: User, key: Authenticator, how: dict[str, Any]
    ) -> None:
        options = asked_for_passkey(visitor, casey_worker)
        page = visitor.post(SIGN_IN_PASSKEY, {"answer": key.answer(options, **how)})
        assert "The passkey did not work" in page.text
        assert not visitor.is_signed_in

    def test_the_key_of_somebody_else_is_refused(
        self, visitor: Visitor, casey_worker: User, robin_worker: User, key: Authenticator
    ) -> None:
        other = Authenticator()
        give_passkey(robin_worker, other)
        options = asked_for_passkey(visitor, casey_worker)
        visitor.post(SIGN_IN_PASSKEY, {"answer": other.answer(options)})
        assert not visitor.is_signed_in

    def test_another_key_under_the_same_name_is_refused(
        self, visitor: Visitor, casey_worker: User, key: Authenticator
    ) -> None:
        options = asked_for_passkey(visitor, casey_worker)
        visitor.post(SIGN_IN_PASSKEY, {"answer": Authenticator(id=key.id, count=9).answer(options)})
        assert not visitor.is_signed_in

    def test_a_copy_of_a_key_is_noticed_by_its_count(
        self, visitor: Visitor, casey_worker: User, key: Authenticator
    ) -> None:
        options = asked_for_passkey(visitor, casey_worker)
        key.count = 4
        visitor.post(SIGN_IN_PASSKEY, {"answer": key.answer(options)})
        assert not visitor.is_signed_in

    def test_an_answer_works_once(self, visitor: Visitor, casey_worker: User) -> None:
        key = Authenticator(is_synced=True)
        give_passkey(casey_worker, key)
        answer = key.answer(asked_for_passkey(visitor, casey_worker))
        visitor.post(SIGN_IN_PASSKEY, {"answer": answer})
        visitor.post("/sign-out/")
        asked_for_passkey(visitor, casey_worker)
        visitor.post(SIGN_IN_PASSKEY, {"answer": answer})
        assert not visitor.is_signed_in

    def test_an_answer_to_an_older_question_is_refused(
        self, visitor: Visitor, casey_worker: User, key: Authenticator
    ) -> None:
        options = asked_for_passkey(visitor, casey_worker)
        visitor.get(SIGN_IN_PASSKEY)
        visitor.post(SIGN_IN_PASSKEY, {"answer": key.answer(options)})
        assert not visitor.is_signed_in

    @pytest.mark.parametrize(
        "answer", ["", "x", "[]", "{}", "null", '{"id": null}', '{"id": "a", "rawId": 1}']
    )
    def test_what_is_no_answer_is_refused(
        self, visitor: Visitor, casey_worker: User, key: Authenticator, answer: str
    ) -> None:
        asked_for_passkey(visitor, casey_worker)
        assert visitor.post(SIGN_IN_PASSKEY, {"answer": answer}).status_code == 200
        assert not visitor.is_signed_in

    def test_where_both_are_set_up_the_app_is_offered_beside_it(
        self, visitor: Visitor, casey_worker: User, key: Authenticator
    ) -> None:
        give_app(casey_worker)
        visitor.types_password(casey_worker.email)
        assert visitor.get("/sign-in/second-step/")["Location"] == SIGN_IN_PASSKEY
        assert "Use a code from your app" in visitor.get(SIGN_IN_PASSKEY).text


@pytest.fixture
def _strong(settings: Settings) -> None:
    settings.ADMINISTRATORS_NEED_STRONG_STEP = True


@pytest.mark.usefixtures("_strong")
class TestAdministrators:
    def test_they_set_one_up_before_anything_else_in_the_admin(self, visitor: Visitor, admin: User) -> None:
        visitor.signs_in(admin)
        for url in ("/admin/", "/admin/accounts/team/", "/admin/settings/core/councilsettings/"):
            assert visitor.get(url)["Location"] == "/account/security/"
        assert "Set up an app or a passkey first." in visitor.get("/account/security/").text

    def test_the_admin_opens_with_the_app_that_was_just_set_up(self, visitor: Visitor, admin: User) -> None:
        visitor.signs_in(admin)
        visitor.post(SET_UP, {"code": code_of(key_on(visitor.get(SET_UP)))})
        assert visitor.get("/admin/").status_code == 200

    def test_they_can_still_sign_out(self, visitor: Visitor, admin: User) -> None:
        visitor.signs_in(admin)
        assert visitor.post("/admin/logout/")["Location"] == "/signed-out/"

    def test_one_who_was_emailed_a_code_instead_signs_in_again(
        self, visitor: Visitor, admin: User, settings: Settings
    ) -> None:
        settings.EMAILED_CODE_INSTEAD = "everybody"
        give_app(admin)
        visitor.types_password(admin.email)
        visitor.post("/sign-in/code/new/")
        visitor.types_code(emailed_code(admin))
        assert visitor.get("/admin/")["Location"] == "/account/security/"
        assert "Sign in again, with your app or passkey." in visitor.get("/account/security/").text

    def test_others_of_the_council_need_not(self, visitor: Visitor, casey_worker: User) -> None:
        visitor.signs_in(casey_worker)
        assert visitor.get("/admin/").status_code == 200


def test_in_the_demo_administrators_need_none(visitor: Visitor, admin: User) -> None:
    visitor.signs_in(admin)
    assert visitor.get("/admin/").status_code == 200
