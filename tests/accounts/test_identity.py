"""A new account is checked against a register of people; what it does not know, staff make sure of (A8)."""

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.identity import checking, registers
from accounts.identity.registers import Answer, Facts
from accounts.identity.system_checks import register_can_be_asked
from accounts.models import PersonalDetails, User
from core import outbox
from core.models import AuditEntry
from core.periodic import periodic
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.capability("A8")
State = PersonalDetails.Identity
SignIn = Callable[[User], Client]
FACTS = Facts("Robyn", "Newcomer", dt.date(1990, 3, 27), "MB1 4QT")


class Register:
    """A register that answers what a test wants, and remembers what it was asked."""

    label = "A test's register"

    def __init__(self) -> None:
        self.answer = Answer.MATCH
        self.asked: list[Facts] = []

    def ask(self, facts: Facts) -> Answer:
        self.asked.append(facts)
        return self.answer


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    made = Register()
    registers.identity_checks.register("test", made)
    settings.IDENTITY_CHECK = "test"
    yield made
    registers.identity_checks._entries.pop("test")


@pytest.fixture
def robyn(db: None) -> User:
    person: User = UserFactory(first_name="Robyn", last_name="Newcomer", email="robyn@example.org")
    PersonalDetails.objects.create(user=person, date_of_birth=FACTS.date_of_birth, postcode=FACTS.postcode)
    return person


def state(person: User) -> str:
    return PersonalDetails.objects.get(user=person).identity


def letters() -> list[str]:
    outbox.sweep()
    return [message.subject for message in mail.outbox]


def test_the_register_is_asked_for_what_she_said_of_herself(robyn: User, register: Register) -> None:
    checking.check(robyn.pk)
    assert register.asked == [FACTS]
    assert state(robyn) == State.MATCHED
    assert letters() == []


def test_who_is_not_in_it_is_told_and_never_what_did_not_fit(robyn: User, register: Register) -> None:
    register.answer = Answer.NO_MATCH
    checking.check(robyn.pk)
    assert state(robyn) == State.NOT_MATCHED
    assert letters() == ["We could not confirm your details yet"]
    said = mail.outbox[0].body
    assert not any(word in said for word in ("1990", FACTS.postcode, "register"))


def test_no_answer_is_no_refusal_and_is_asked_for_again(robyn: User, register: Register) -> None:
    register.answer = Answer.UNAVAILABLE
    checking.check(robyn.pk)
    assert (state(robyn), letters()) == (State.WAITING, [])
    register.answer = Answer.MATCH
    assert checking.check_again() == 1
    assert state(robyn) == State.MATCHED
    assert checking.check_again() == 0
    assert periodic.get("ask-again-who-it-is").run is checking.check_again


@pytest.mark.parametrize("answer", [Answer.MATCH, Answer.NO_MATCH])
def test_what_was_answered_is_not_asked_again(robyn: User, register: Register, answer: Answer) -> None:
    register.answer = answer
    for _again in range(2):
        checking.check(robyn.pk)
    assert len(register.asked) == 1
    assert len(letters()) == (answer is Answer.NO_MATCH)


def test_without_a_register_nobody_is_checked(robyn: User, register: Register, settings: Settings) -> None:
    settings.IDENTITY_CHECK = ""
    checking.check(robyn.pk)
    assert (register.asked, state(robyn)) == ([], State.NONE)


def test_those_who_wait_longest_come_first(robyn: User, register: Register) -> None:
    register.answer = Answer.UNAVAILABLE
    later = UserFactory()
    PersonalDetails.objects.create(user=later, date_of_birth=FACTS.date_of_birth)
    for person in (robyn, later):
        checking.check(person.pk)
    assert [details.user for details in checking.to_look_at()] == [robyn, later]


@pytest.fixture
def unknown(robyn: User, register: Register) -> User:
    """Robyn, whom the register does not know."""
    register.answer = Answer.NO_MATCH
    checking.check(robyn.pk)
    return robyn


def shown(client: Client, person: User) -> str:
    """What a page about `person` says that it showed."""
    page = client.get(reverse("identity_person", args=[person.pk])).text
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found, page
    return found[1]


def confirms(client: Client, person: User, **more: str) -> Any:
    """Somebody of the staff looks at `person` and confirms what is shown."""
    said = {"reason": "Saw her passport", "shown": shown(client, person), **more}
    return client.post(reverse("identity_person", args=[person.pk]), said)


def test_staff_make_sure_and_say_how(unknown: User, signed_in_client: SignIn, morgan_manager: User) -> None:
    client = signed_in_client(morgan_manager)
    assert "Robyn Newcomer" in client.get(reverse("identity")).content.decode()
    page = reverse("identity_person", args=[unknown.pk])
    assert "27 March 1990" in client.get(page).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Write down how you made sure who it is" in client.post(page, {"reason": " "}).content.decode()
    assert confirms(client, unknown).status_code == 302
    assert state(unknown) == State.BY_STAFF
    entry = AuditEntry.objects.get(verb="identity.confirmed")
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        morgan_manager.pk,
        unknown.pk,
        "Saw her passport",
    )
    assert client.post(page, {"reason": "Again"}).status_code == 404


# What changes after it


NAME = {"first_name": "Roberta", "last_name": "Newcomer"}
ADDRESS = {
    "property_name": "",
    "house": "7",
    "street": "Mill Lane",
    "area": "",
    "town": "Millbrook",
    "postcode": "MB2 1AA",
    "current": PASSWORD,
}


@pytest.fixture
def known(robyn: User, register: Register) -> User:
    """Robyn, whom the register knows."""
    checking.check(robyn.pk)
    register.asked.clear()
    return robyn


@pytest.mark.parametrize(("what", "new"), [("name", NAME), ("address", ADDRESS)])
def test_what_the_register_has_matched_counts_no_more_once_she_changes_it(
    known: User, register: Register, signed_in_client: SignIn, what: str, new: dict[str, str]
) -> None:
    signed_in_client(known).post(f"/account/change/{what}/", new)
    assert state(known) == State.WAITING
    assert AuditEntry.objects.get(verb="identity.lapsed").object_id == known.pk
    register.answer = Answer.NO_MATCH
    checking.check_again()
    asked = Facts("Roberta", "Newcomer", FACTS.date_of_birth, FACTS.postcode)
    moved = Facts("Robyn", "Newcomer", FACTS.date_of_birth, "MB2 1AA")
    assert register.asked == [asked if what == "name" else moved]
    assert state(known) == State.NOT_MATCHED


def test_so_does_what_staff_made_sure_of(
    unknown: User, signed_in_client: SignIn, morgan_manager: User
) -> None:
    confirms(signed_in_client(morgan_manager), unknown)
    assert state(unknown) == State.BY_STAFF
    signed_in_client(unknown).post("/account/change/name/", NAME)
    assert state(unknown) == State.WAITING


@pytest.mark.parametrize(("what", "new"), [("name", NAME), ("address", ADDRESS)])
def test_staff_do_not_confirm_what_she_changed_while_they_looked(
    unknown: User, signed_in_client: SignIn, morgan_manager: User, what: str, new: dict[str, str]
) -> None:
    client = signed_in_client(morgan_manager)
    before = shown(client, unknown)
    signed_in_client(unknown).post(f"/account/change/{what}/", new)

    answer = confirms(client, unknown, shown=before)

    assert state(unknown) == State.NOT_MATCHED
    assert (
        "has changed the details since you opened this page. Look again."
        in client.get(answer["Location"]).text
    )
    assert not AuditEntry.objects.filter(verb="identity.confirmed").exists()
    confirms(client, unknown)
    assert state(unknown) == State.BY_STAFF


@pytest.mark.parametrize("sent", ["", "guessed"])
def test_nothing_is_confirmed_by_whoever_was_shown_nothing(
    unknown: User, signed_in_client: SignIn, morgan_manager: User, sent: str
) -> None:
    confirms(signed_in_client(morgan_manager), unknown, shown=sent)
    assert state(unknown) == State.NOT_MATCHED


def test_each_look_at_her_is_written_down_one_without_a_reason_too(
    unknown: User, signed_in_client: SignIn, morgan_manager: User
) -> None:
    client = signed_in_client(morgan_manager)
    for reason in ("", "Saw her passport"):
        client.post(reverse("identity_person", args=[unknown.pk]), {"reason": reason})
    assert AuditEntry.objects.filter(verb="identity.read", object_id=unknown.pk).count() == 1


@pytest.mark.parametrize(
    ("what", "new"),
    [
        ("phone", {"phone": "01632 960 001", "current": PASSWORD}),
        ("name", {"first_name": "Robyn", "last_name": "Newcomer"}),
    ],
)
def test_a_match_outlives_what_the_register_was_not_asked(
    known: User, signed_in_client: SignIn, what: str, new: dict[str, str]
) -> None:
    signed_in_client(known).post(f"/account/change/{what}/", new)
    assert state(known) == State.MATCHED


def test_nobody_tries_postcodes_until_the_register_knows_one(
    unknown: User, register: Register, signed_in_client: SignIn
) -> None:
    register.asked.clear()
    signed_in_client(unknown).post("/account/change/address/", ADDRESS)
    checking.check_again()
    assert (register.asked, state(unknown)) == ([], State.NOT_MATCHED)


def test_an_answer_about_what_she_changes_meanwhile_is_none(
    robyn: User, register: Register, signed_in_client: SignIn
) -> None:
    client = signed_in_client(robyn)

    class Slow(Register):
        def ask(self, facts: Facts) -> Answer:
            client.post("/account/change/name/", NAME)
            return super().ask(facts)

    registers.identity_checks._entries["test"] = Slow()
    checking.check(robyn.pk)
    assert state(robyn) == State.WAITING


def test_without_a_register_a_change_leaves_her_unchecked(
    known: User, signed_in_client: SignIn, settings: Settings
) -> None:
    settings.IDENTITY_CHECK = ""
    signed_in_client(known).post("/account/change/name/", NAME)
    assert state(known) == State.NONE


def test_staff_read_since_when_it_counts_no_more(
    known: User, signed_in_client: SignIn, morgan_manager: User
) -> None:
    with time_machine.travel("2026-03-05 12:00:00+00:00"):
        signed_in_client(known).post("/account/change/name/", NAME)
    page = signed_in_client(morgan_manager).get(reverse("identity_person", args=[known.pk])).text
    said = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "<li>5 March 2026: Changed what the register of people, or staff, had looked at</li>" in said
    assert "Register of people knows this person" in said


@pytest.mark.parametrize("who", ["casey_worker", "erin_editor", "noor_stranger"])
def test_nobody_else_sees_them(
    unknown: User, signed_in_client: SignIn, request: pytest.FixtureRequest, who: str
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    for url in (reverse("identity"), reverse("identity_person", args=[unknown.pk])):
        answer = client.get(url)
        assert answer.status_code in (302, 403, 404)
        assert b"Newcomer" not in answer.getvalue()
        assert client.post(url, {"reason": "Mine"}).status_code in (302, 403, 404, 405)
    assert state(unknown) == State.NOT_MATCHED


class Answers(BaseHTTPRequestHandler):
    """A register behind an address: `server.says` is (status, body), `server.heard` what came."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.heard.append((self.headers["Authorization"], json.loads(self.rfile.read(length))))  # type: ignore[attr-defined]
        status, body = self.server.says  # type: ignore[attr-defined]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server(settings: Settings) -> Iterator[Any]:
    made: Any = HTTPServer(("127.0.0.1", 0), Answers)
    made.heard = []
    settings.IDENTITY_CHECK_URL = f"http://127.0.0.1:{made.server_port}/people"
    settings.IDENTITY_CHECK_KEY = "a-key"
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        ((200, b'{"match": true}'), Answer.MATCH),
        ((200, b'{"match": false}'), Answer.NO_MATCH),
        ((200, b'{"match": "yes"}'), Answer.UNAVAILABLE),
        ((200, b'{"match": 1}'), Answer.UNAVAILABLE),
        ((200, b"[]"), Answer.UNAVAILABLE),
        ((200, b"not json"), Answer.UNAVAILABLE),
        ((200, b"\xff\xfe"), Answer.UNAVAILABLE),
        ((200, b'{"match": true, "more": "' + b"x" * 20_000 + b'"}'), Answer.UNAVAILABLE),
        ((302, b""), Answer.UNAVAILABLE),
        ((401, b'{"match": true}'), Answer.UNAVAILABLE),
        ((500, b"{"), Answer.UNAVAILABLE),
    ],
)
def test_a_register_behind_an_address(server: Any, says: tuple[int, bytes], answer: Answer) -> None:
    server.says = says
    assert registers.HttpRegister().ask(FACTS) is answer
    asked = {
        "first_name": "Robyn",
        "last_name": "Newcomer",
        "date_of_birth": "1990-03-27",
        "postcode": "MB1 4QT",
    }
    assert server.heard == [("Bearer a-key", asked)]


def test_a_register_that_is_down_has_no_answer(settings: Settings) -> None:
    settings.IDENTITY_CHECK_URL = "http://127.0.0.1:9/people"
    assert registers.HttpRegister().ask(FACTS) is Answer.UNAVAILABLE


def test_names_go_nowhere_in_clear_and_to_no_register_that_is_not_there(settings: Settings) -> None:
    settings.IDENTITY_CHECK = "http"
    settings.IDENTITY_CHECK_URL = "http://register.example/"
    assert [fault.id for fault in register_can_be_asked(None)] == ["accounts.E003"]
    settings.IDENTITY_CHECK_URL = "https://register.example/"
    assert register_can_be_asked(None) == []
    settings.IDENTITY_CHECK = "mistyped"
    assert [fault.id for fault in register_can_be_asked(None)] == ["accounts.E002"]
