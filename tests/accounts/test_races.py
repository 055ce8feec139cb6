"""Two requests at the same moment: one code lets one in, a double click sends one code."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.guesses import A_MOMENT, AT_ONE_ACCOUNT
from accounts.limits import PAIR
from accounts.models import (
    ONE_TIME_TRIES,
    OneTimePassword,
    PastPassword,
    PendingMailbox,
    PendingRegistration,
    SignIn,
    User,
)
from accounts.sessions import kept, not_me
from core.models import AuditEntry, OutboxItem
from tests.accounts.app_codes import code_of
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.second_step import KEY, give_app, give_codes, give_passkey, options_on
from tests.accounts.test_registration import ADDRESS, DETAILS, YOU, Newcomer, code_in, letters
from tests.accounts.test_sign_in import CountingHasher
from tests.factories import PASSWORD

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.capability("B11"),
]
SIX = 6
# What `HeldUpHasher` waits over, and what keeps the rules for a password.
HELD_UP = "Quiet otters wait 7 hours"


def at_once(what: Callable[[], None]) -> None:
    """Run `what` in six threads that start together, each on a connection of its own."""
    ready = threading.Barrier(SIX)

    def run() -> None:
        ready.wait()
        what()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(SIX)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def copy_of(visitor: Visitor) -> Visitor:
    twin = Client()
    twin.cookies["sessionid"] = visitor.client.cookies["sessionid"].value
    return Visitor(twin)


def test_one_code_typed_in_six_windows_at_once_lets_one_in(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    answers: list[int] = []
    at_once(lambda: answers.append(copy_of(visitor).types_code(code).status_code))
    assert sorted(answers) == [200] * (SIX - 1) + [302]


def test_a_double_click_on_send_a_new_code_sends_one(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    answers: list[int] = []
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        at_once(lambda: answers.append(copy_of(visitor).post("/sign-in/code/new/").status_code))
    assert answers == [302] * SIX
    assert OutboxItem.objects.filter(kind="email_code").count() == 2


def test_passwords_guessed_at_the_same_moment_do_not_slip_past_the_limit(
    sam_parent: User, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    address, CountingHasher.calls = sam_parent.email, 0
    at_once(lambda: [Visitor(Client()).types_password(address, "a guess") for _ in range(2)])
    # Those that found no room beside the others were not looked at either.
    assert 0 < CountingHasher.calls <= PAIR.most


class HeldUpHasher(MD5PasswordHasher):
    """Takes as long as a test wants for a guess."""

    begun, may_end = threading.Semaphore(0), threading.Event()

    def encode(self, password: str, salt: str) -> str:
        if password in ("a guess", HELD_UP):
            HeldUpHasher.begun.release()
            assert HeldUpHasher.may_end.wait(timeout=30)
        return super().encode(password, salt)


@pytest.mark.capability("A32")
def test_guesses_that_are_looked_at_leave_room_for_others_and_for_the_owner(
    visitor: Visitor, sam_parent: User, settings: Settings
) -> None:
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    settings.PASSWORD_HASHERS = [f"{__name__}.HeldUpHasher"]
    address, HeldUpHasher.may_end = sam_parent.email, threading.Event()

    def guess(number: int) -> None:
        Visitor(Client(), f"198.51.{number}.1").types_password(address, "a guess")
        connection.close()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(AT_ONE_ACCOUNT.most)]
    for thread in threads:
        thread.start()
        assert HeldUpHasher.begun.acquire(timeout=30)
    try:
        one_more = Visitor(Client(), "198.51.100.1").types_password(address, "a guess")
        assert (one_more.status_code, one_more["Retry-After"]) == (429, str(A_MOMENT))
        assert "Wait a few seconds, then try again" in one_more.text
        assert f'value="{address}"' in one_more.text, "what she typed is there still"
        assert visitor.types_password(address).status_code == 302, "her own browser finds room"
    finally:
        HeldUpHasher.may_end.set()
        for thread in threads:
            thread.join()
    assert Visitor(Client(), "198.51.100.1").types_password(address).status_code == 302, "and then others"


@pytest.mark.capability("B9")
@pytest.mark.parametrize("page", ["/account/password/", "/account/change/phone/", "/account/download/"])
def test_passwords_of_somebody_who_is_signed_in_are_hashed_few_at_once(
    visitor: Visitor, sam_parent: User, alex_parent: User, settings: Settings, page: str
) -> None:
    visitor.signs_in(sam_parent)
    settings.PASSWORD_HASHERS = [f"{__name__}.HeldUpHasher"]
    HeldUpHasher.may_end = threading.Event()

    def types_it() -> None:
        copy_of(visitor).post(page, {"current": "a guess"})
        connection.close()

    threads = [threading.Thread(target=types_it) for _ in range(AT_ONE_ACCOUNT.most)]
    for thread in threads:
        thread.start()
        assert HeldUpHasher.begun.acquire(timeout=30)
    try:
        one_more = copy_of(visitor).post(page, {"current": "a guess"})
        assert (one_more.status_code, one_more["Retry-After"]) == (429, str(A_MOMENT))
        assert "Wait a few seconds" in one_more.text
        assert Visitor(Client()).types_password(alex_parent.email).status_code == 302, "others sign in"
    finally:
        HeldUpHasher.may_end.set()
        for thread in threads:
            thread.join()
    assert "This is not" in copy_of(visitor).post(page, {"current": "not hers"}).text, "and then her own"


@pytest.mark.capability("B9")
def test_a_link_for_a_new_password_has_few_hashed_at_once(sam_parent: User, settings: Settings) -> None:
    _row, issued = OneTimePassword.issue(sam_parent, OneTimePassword.Purpose.PASSWORD, sam_parent.email)
    link = f"/forgotten-password/choose/{issued.token}/"
    settings.PASSWORD_HASHERS = [f"{__name__}.HeldUpHasher"]
    HeldUpHasher.may_end = threading.Event()
    new = {"new_password": HELD_UP, "again": HELD_UP}

    def chooses() -> None:
        Client().post(link, new)
        connection.close()

    threads = [threading.Thread(target=chooses) for _ in range(AT_ONE_ACCOUNT.most)]
    for thread in threads:
        thread.start()
        assert HeldUpHasher.begun.acquire(timeout=30)
    try:
        assert Client().post(link, new).status_code == 429
    finally:
        HeldUpHasher.may_end.set()
        for thread in threads:
            thread.join()


def test_one_code_of_an_app_in_six_windows_at_once_lets_one_in(visitor: Visitor, casey_worker: User) -> None:
    give_app(casey_worker)
    visitor.types_password(casey_worker.email)
    code = code_of(KEY)
    answers: list[int] = []
    at_once(lambda: answers.append(copy_of(visitor).post("/sign-in/app/", {"code": code}).status_code))
    assert sorted(answers) == [200] * (SIX - 1) + [302]


def test_one_recovery_code_in_six_windows_at_once_lets_one_in(visitor: Visitor, casey_worker: User) -> None:
    give_app(casey_worker)
    code = give_codes(casey_worker)[0]
    visitor.types_password(casey_worker.email)
    answers: list[int] = []
    at_once(
        lambda: answers.append(copy_of(visitor).post("/sign-in/recovery-code/", {"code": code}).status_code)
    )
    assert sorted(answers) == [200] * (SIX - 1) + [302]


def test_one_answer_of_a_passkey_in_six_windows_at_once_lets_one_in(
    visitor: Visitor, casey_worker: User
) -> None:
    key = Authenticator(is_synced=True)
    give_passkey(casey_worker, key)
    visitor.types_password(casey_worker.email)
    answer = key.answer(options_on(visitor.get("/sign-in/passkey/")))
    answers: list[int] = []
    at_once(
        lambda: answers.append(copy_of(visitor).post("/sign-in/passkey/", {"answer": answer}).status_code)
    )
    assert answers.count(302) == 1


@pytest.mark.capability("B12")
def test_one_link_followed_in_six_windows_at_once_chooses_one_password(sam_parent: User) -> None:
    purpose = OneTimePassword.Purpose.PASSWORD
    _row, issued = OneTimePassword.issue(sam_parent, purpose, sam_parent.email)
    url, new = f"/forgotten-password/choose/{issued.token}/", "Quiet otters sing 7 songs"
    answers: list[int] = []
    at_once(
        lambda: answers.append(Visitor(Client()).post(url, {"new_password": new, "again": new}).status_code)
    )
    # A window that came late enough reads that the password was used before.
    assert answers.count(302) == 1
    assert AuditEntry.objects.filter(verb="account.password-reset").count() == 1
    assert PastPassword.objects.filter(user=sam_parent).count() == 1


@pytest.mark.capability("B7")
def test_of_six_who_register_one_address_at_the_same_moment_one_gets_the_account() -> None:
    call_command("forms", "import", "fixtures/forms/register.json", publish=True, verbosity=0)
    ready = []
    for number in range(SIX):
        newcomer = Newcomer(Client(), address=f"198.51.{number}.7")
        newcomer.comes_to_the_code()
        ready.append((newcomer, code_in(letters()[-1])))
    answers: list[int] = []

    def types_her_code() -> None:
        newcomer, code = ready.pop()
        answers.append(newcomer.types(code).status_code)

    at_once(types_her_code)
    assert sorted(answers) == [200] * (SIX - 1) + [302]
    assert User.objects.count() == 1
    assert AuditEntry.objects.filter(verb="account.registered").count() == 1


@pytest.mark.capability("A7")
def test_one_time_passwords_guessed_at_the_same_moment_do_not_slip_past_the_limit(sam_parent: User) -> None:
    purpose = OneTimePassword.Purpose.PASSWORD
    _row, issued = OneTimePassword.issue(sam_parent, purpose, sam_parent.email)
    guess = OneTimePassword.objects.by_typing
    at_once(lambda: [guess(purpose, sam_parent.email, "2222-3333-4444") for _ in range(2)] and None)
    assert OneTimePassword.objects.get().tries == ONE_TIME_TRIES
    assert guess(purpose, sam_parent.email, issued.password) is None


@pytest.mark.capability("B8")
def test_whoever_presses_continue_twice_while_registering_gets_one_code() -> None:
    call_command("forms", "import", "fixtures/forms/register.json", publish=True, verbosity=0)
    newcomer = Newcomer(Client())
    newcomer.starts()
    newcomer.says("you", YOU)
    newcomer.says("address", ADDRESS)
    page = f"{newcomer.draft}email-and-password/"
    answers: list[int] = []

    def presses() -> None:
        twin = Client()
        twin.cookies.update(newcomer.client.cookies)
        answers.append(twin.post(page, DETAILS).status_code)

    at_once(presses)

    # Some are asked to wait a moment: few passwords are hashed at once.
    assert set(answers) <= {302, 429}
    assert 302 in answers
    assert PendingRegistration.objects.count() == 1


@pytest.mark.capability("C5")
def test_whoever_presses_continue_twice_at_a_new_address_gets_one(
    signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    sams = Visitor(signed_in_client(sam_parent))
    said = {"email": "sam.new@example.org", "current": PASSWORD}
    answers: list[int] = []
    at_once(lambda: answers.append(copy_of(sams).post("/account/email/", said).status_code))
    assert set(answers) <= {302, 429}
    assert 302 in answers
    assert PendingMailbox.objects.get().email == "sam.new@example.org"


def test_an_account_is_locked_while_its_session_ends(sam_parent: User, rf: RequestFactory) -> None:
    """Neither waits for the other for ever."""
    sign_in = SignIn.objects.create(user=sam_parent, epoch=1)
    request = rf.post("/")
    request.user = AnonymousUser()
    ways = [lambda: not_me.lock(sign_in, request), lambda: kept.end(SignIn.objects.get(pk=sign_in.pk))] * 3
    wrong: list[Exception] = []

    def one_way() -> None:
        try:
            ways.pop()()
        except Exception as error:
            wrong.append(error)

    at_once(one_way)

    assert not wrong
    sam_parent.refresh_from_db()
    assert sam_parent.is_locked
