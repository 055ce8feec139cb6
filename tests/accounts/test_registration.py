"""Making an account for oneself: who one is, how one signs in, and a code that proves the mailbox."""

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.limits import REGISTERED_LETTERS, REGISTERING, REGISTERING_NETWORK
from accounts.models import EmailCode, PendingRegistration, PersonalDetails, User
from accounts.models.registrations import tidy
from accounts.registration import mailbox
from accounts.registration.account import HANDLER, SLUG
from core import limiter, outbox
from core.models import AuditEntry, LimiterCount, OutboxItem
from forms_engine import pace
from forms_engine.definition import find_faults
from forms_engine.models import Draft, FormDefinition, Party, StepAnswers, Submission
from tests.accounts.conftest import Visitor, another
from tests.accounts.test_sign_in import CountingHasher
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NewVisitor = Callable[..., Visitor]
EMAIL = "Robyn.Newcomer+portal@Example.org"
PASSWORD = "Seventeen green kettles 17"
YOU = {
    "q-first-name": "Robyn",
    "q-last-name": "O’Neill-Zebrax",
    "q-date-of-birth-day": "27",
    "q-date-of-birth-month": "3",
    "q-date-of-birth-year": "1990",
    "q-professional": "no",
}
ADDRESS = {
    "q-property-name": "",
    "q-house": "12a",
    "q-street": "Canal Street",
    "q-area": "",
    "q-town": "Millbrook",
    "q-postcode": "mb1 4qt",
    "q-phone": "",
    "q-agreed": "yes",
}
DETAILS = {"email": EMAIL, "new_password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def _form(db: None) -> None:
    call_command("forms", "import", "fixtures/forms/register.json", publish=True, verbosity=0)


class Newcomer(Visitor):
    """Somebody who makes an account."""

    next = ""

    def starts(self) -> str:
        """From the first page to the form, where she carries on with what she began; the address of her draft."""
        register = reverse("accounts:register")
        url = f"{register}?next={self.next}" if self.next else register
        answer = self.post(url)
        if answer.headers.get("Location", "").startswith(register):
            answer = self.post(url, {"carry-on": "yes"})
        assert answer.status_code == 302, answer.content.decode()
        self.draft: str = answer["Location"]
        return self.draft

    def says(self, step: str, answers: dict[str, str]) -> Any:
        url = f"{self.draft}{step}/"
        page = self.get(url)
        hidden = {name: str(value) for name, value in (page.context or {}).get("hidden", ())}
        return self.post(url, {**hidden, **answers})

    def comes_to_the_code(self, **details: str) -> Any:
        self.starts()
        self.says("you", YOU)
        self.says("address", ADDRESS)
        return self.says("email-and-password", DETAILS | details)

    def types(self, code: str) -> Any:
        return self.post(f"{self.draft}code/", {"code": code})


@pytest.fixture
def robyn() -> Newcomer:
    return Newcomer(Client())


def letters(to: str = EMAIL) -> list[mail.EmailMessage]:
    outbox.sweep()
    return [message for message in mail.outbox if message.to == [to]]


def code_in(message: mail.EmailMessage) -> str:
    found = re.match(r"(\d{6}) is your security code", message.subject)
    assert found, message.subject
    return found[1]


@pytest.mark.capability("B7", "B8", "B10", "A6")
def test_four_pages_make_an_account_and_she_is_signed_in(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    answer = robyn.types(code_in(letters()[-1]))
    assert answer["Location"] == reverse("home:start")
    person = User.objects.get()
    assert (person.full_name, person.email) == ("Robyn O’Neill-Zebrax", EMAIL)
    assert person.check_password(PASSWORD)
    assert robyn.is_signed_in
    assert robyn.get(reverse("home:family")).status_code == 200


@pytest.mark.capability("B7")
def test_what_she_said_of_herself_is_kept_with_her_account(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    details = PersonalDetails.objects.get()
    assert details.date_of_birth == dt.date(1990, 3, 27)
    assert details.address_lines == ["12a Canal Street", "Millbrook", "MB1 4QT"]
    assert details.lives_at("MB14QT")
    assert not details.lives_at("MB1 4QU")


@pytest.mark.capability("B7")
@pytest.mark.parametrize("box", ["q-first-name", "q-last-name"])
@pytest.mark.parametrize("name", ["Click https://evil.example", "evil.example", "www.evil"])
def test_a_name_is_no_web_address(robyn: Newcomer, box: str, name: str) -> None:
    robyn.starts()
    page = robyn.get(robyn.says("you", YOU | {box: name})["Location"]).text
    assert "A name cannot be a web address" in page
    robyn.says("address", ADDRESS)
    robyn.says("email-and-password", DETAILS)
    robyn.types(code_in(letters()[-1]))
    assert not User.objects.exists()


@pytest.fixture
def _names_unmarked(tmp_path: Path) -> None:
    """An editor has published the form with boxes for a name that do not say so to the browser."""
    shipped = Path("fixtures/forms/register.json").read_text("utf-8")
    unmarked = re.sub(r',\s+"autocomplete": "(given|family)-name"', "", shipped)
    assert unmarked != shipped
    path = tmp_path / "register.json"
    path.write_text(unmarked, "utf-8")
    call_command("forms", "import", path, publish=True, verbosity=0)


@pytest.mark.capability("B7")
@pytest.mark.parametrize("box", ["q-first-name", "q-last-name"])
@pytest.mark.usefixtures("_names_unmarked")
def test_no_account_is_called_a_web_address_whatever_editors_make_of_the_form(
    robyn: Newcomer, box: str
) -> None:
    robyn.starts()
    assert robyn.says("you", YOU | {box: "www.evil.example"})["Location"] == f"{robyn.draft}address/"
    robyn.says("address", ADDRESS)
    assert "A name cannot be a web address" in robyn.says("email-and-password", DETAILS).text
    assert not letters()

    robyn.says("you", YOU)
    robyn.says("email-and-password", DETAILS)
    code = code_in(letters()[-1])
    robyn.says("you", YOU | {box: "www.evil.example"})
    assert robyn.types(code)["Location"] == f"{robyn.draft}email-and-password/"
    assert not User.objects.exists()

    robyn.says("you", YOU)
    robyn.types(code)
    assert User.objects.exists()


@pytest.mark.capability("B7")
@pytest.mark.parametrize("name", ["J.", "O'Neil", "St. John", "St.John", "J.Smith", "🙂", "李"])
def test_a_name_may_be_written_in_many_ways(robyn: Newcomer, name: str) -> None:
    robyn.starts()
    assert robyn.says("you", YOU | {"q-first-name": name})["Location"] == f"{robyn.draft}address/"


@pytest.mark.capability("B2")
def test_whoever_acts_in_a_professional_capacity_says_for_whom(robyn: Newcomer) -> None:
    robyn.starts()
    robyn.says("you", YOU | {"q-professional": "yes"})
    page = robyn.get(f"{robyn.draft}you/?errors=1").content.decode()
    assert "Enter the organisation that you work for" in page
    work = {"q-professional": "yes", "q-organisation": "Advice for All", "q-job-title": "Advocate"}
    robyn.says("you", YOU | work)
    robyn.says("address", ADDRESS)
    robyn.says("email-and-password", DETAILS)
    robyn.types(code_in(letters()[-1]))
    person = User.objects.get()
    assert person.is_professional
    assert (person.details.organisation, person.details.job_title) == ("Advice for All", "Advocate")


@pytest.mark.capability("A4")
@pytest.mark.parametrize(("born", "may"), [((20, 10, 2014), True), ((21, 10, 2014), False)])
def test_nobody_under_12_makes_an_account(robyn: Newcomer, born: tuple[int, int, int], *, may: bool) -> None:
    day = {f"q-date-of-birth-{part}": str(n) for part, n in zip(("day", "month", "year"), born, strict=True)}
    with time_machine.travel("2026-10-20 12:00"):
        robyn.starts()
        answer = robyn.says("you", YOU | day)
    assert ("errors=1" not in answer["Location"]) is may


@pytest.mark.capability("A34")
def test_she_agrees_that_the_account_is_hers_alone(robyn: Newcomer) -> None:
    robyn.starts()
    robyn.says("you", YOU)
    robyn.says("address", {key: value for key, value in ADDRESS.items() if key != "q-agreed"})
    assert robyn.says("email-and-password", DETAILS)["Location"] == f"{robyn.draft}code/"
    # The page for the code opens when everything before it is answered.
    assert robyn.get(f"{robyn.draft}code/")["Location"] == f"{robyn.draft}address/?errors=1"


@pytest.mark.capability("B10")
def test_there_is_no_account_before_the_code_is_typed(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    letters()
    assert not User.objects.exists()
    assert not robyn.is_signed_in


@pytest.mark.capability("B9")
def test_the_password_keeps_the_rules_and_leaves_out_what_she_just_said(robyn: Newcomer) -> None:
    for bad in ("Too short 1", "Robyn likes 17 kettles", "robyn.newcomer+Portal17"):
        page = robyn.comes_to_the_code(new_password=bad, again=bad)
        assert page.status_code == 200
        assert "Error:" in page.content.decode()
    assert not PendingRegistration.objects.exists()
    assert not OutboxItem.objects.exists()


def test_no_secret_comes_into_the_draft_the_outbox_keeps_none_and_none_is_stored_in_clear(
    robyn: Newcomer,
) -> None:
    robyn.comes_to_the_code()
    waiting = PendingRegistration.objects.get()
    assert check_password(PASSWORD, waiting.password)
    code = code_in(letters()[-1])
    robyn.types(code)
    kept = json.dumps(
        [
            list(StepAnswers.objects.values_list("answers", flat=True)),
            list(OutboxItem.objects.values_list("payload", flat=True)),
            Submission.objects.get().content.values,
            Submission.objects.get().content.typed,
        ]
    )
    assert PASSWORD not in kept
    assert code not in kept
    assert EMAIL not in kept
    assert not PendingRegistration.objects.exists()


def test_she_gets_a_welcome_and_no_receipt(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert [message.subject for message in letters()][1:] == ["Your account is ready"]


def test_an_address_that_has_an_account_sees_the_same_pages_and_gets_another_letter(
    robyn: Newcomer, new_visitor: NewVisitor
) -> None:
    owner = UserFactory(email=EMAIL.lower())
    answer = robyn.comes_to_the_code()
    other = Newcomer(Client())
    assert answer["Location"].removeprefix(robyn.draft) == other.comes_to_the_code(email="new@example.org")[
        "Location"
    ].removeprefix(other.draft)
    (letter,) = letters(owner.email)
    assert letter.subject == "You already have an account"
    assert not re.search(r"\d{6}", letter.subject + letter.body.replace(owner.email, ""))
    assert not robyn.is_signed_in


def test_the_owner_of_an_address_is_not_flooded(robyn: Newcomer) -> None:
    owner = UserFactory(email=EMAIL.lower())
    for _number in range(REGISTERED_LETTERS.most + 2):
        robyn.comes_to_the_code()
        letters()
    assert len(letters(owner.email)) == REGISTERED_LETTERS.most


def test_codes_to_one_address_end_and_say_when_there_are_more(robyn: Newcomer) -> None:
    for _number in range(REGISTERING.most):
        assert robyn.comes_to_the_code().status_code == 302
    answer = robyn.comes_to_the_code()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600


@pytest.mark.capability("A32")
def test_whoever_must_wait_costs_no_password_hash_and_leaves_no_rows(
    robyn: Newcomer, settings: Settings
) -> None:
    for _number in range(REGISTERING.most + 1):
        robyn.comes_to_the_code()
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    CountingHasher.calls = 0
    stranger = Newcomer(Client(), address="198.51.100.7")
    assert stranger.comes_to_the_code().status_code == 429
    assert CountingHasher.calls == 0
    counted = limiter.key_of(REGISTERING_NETWORK.scope, "198.51.100.0/24")
    assert not LimiterCount.objects.filter(key=counted).exists()


def test_whoever_begins_to_register_without_end_makes_no_sessions_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "GUEST", replace(pace.GUEST, most=2))
    address = f"{reverse('accounts:register')}?next=/account/"
    answers = [Newcomer(Client()).post(address).status_code for _each in range(4)]
    assert answers == [302, 302, 429, 429]
    assert (Draft.objects.count(), Session.objects.count()) == (2, 2)


def test_one_network_sends_no_codes_to_the_whole_world(
    robyn: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "REGISTERING_NETWORK", replace(REGISTERING_NETWORK, most=2))
    for number in range(2):
        assert robyn.comes_to_the_code(email=f"somebody{number}@example.org").status_code == 302
    assert robyn.comes_to_the_code(email="somebody-else@example.org").status_code == 429


def test_of_two_who_register_one_address_at_once_one_gets_the_account(robyn: Newcomer) -> None:
    other = Newcomer(Client(), address="198.51.100.7")
    robyn.comes_to_the_code()
    first = code_in(letters()[-1])
    other.comes_to_the_code()
    second = code_in(letters()[-1])
    robyn.types(first)
    page = other.types(second).content.decode()
    assert "That code no longer works" in page
    assert User.objects.count() == 1
    assert not other.is_signed_in


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_ends_it(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    assert "You have 4 tries left" in robyn.types(another(code)).content.decode()
    for _number in range(4):
        page = robyn.types(another(code)).content.decode()
    assert "has been tried 5 times" in page
    robyn.types(code)
    assert not User.objects.exists()


@pytest.mark.parametrize("how", ["{} {}", "{}-{}", " {}{} "])
def test_the_code_can_be_pasted_with_what_stands_round_it(robyn: Newcomer, how: str) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    robyn.types(how.format(code[:3], code[3:]))
    assert User.objects.exists()


def test_a_code_works_for_ten_minutes(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=10, seconds=1)):
        assert "no longer works" in robyn.types(code).content.decode()
    assert not User.objects.exists()


def test_a_code_works_in_its_own_browser_alone(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    thief = Newcomer(Client())
    thief.comes_to_the_code(email="thief@example.org")
    thief.types(code)
    thief.draft = robyn.draft
    assert thief.types(code)["Location"].startswith(reverse("accounts:sign_in"))
    assert not User.objects.exists()


@pytest.mark.capability("B10")
def test_another_code_can_be_asked_for_and_stops_the_first(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    first = code_in(letters()[-1])
    again = f"{robyn.draft}code/?new=yes"
    assert robyn.post(again)["Location"].endswith("?soon=yes")
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=31)):
        assert robyn.post(again)["Location"].endswith("?new=yes")
        second = code_in(letters()[-1])
        if first != second:
            robyn.types(first)
            assert not User.objects.exists()
        robyn.types(second)
    assert User.objects.exists()


@pytest.mark.capability("B10")
def test_the_address_can_be_changed_and_the_code_of_the_first_is_dead(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    first = code_in(letters()[-1])
    assert f'href="{robyn.draft}email-and-password/"' in robyn.get(f"{robyn.draft}code/").content.decode()
    robyn.says("email-and-password", DETAILS | {"email": "right@example.org"})
    code = code_in(letters("right@example.org")[-1])
    if first != code:
        robyn.types(first)
    robyn.types(code)
    assert User.objects.get().email == "right@example.org"


def test_a_second_click_on_the_last_page_makes_nothing_twice(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    robyn.types(code)
    assert robyn.types(code).status_code == 302
    assert (User.objects.count(), Submission.objects.count()) == (1, 1)


def test_what_was_left_unfinished_is_deleted_and_asked_again(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    code = code_in(letters()[-1])
    assert tidy(timezone.now() + dt.timedelta(hours=23)) == 0
    assert tidy(timezone.now() + dt.timedelta(hours=25)) == 1
    assert robyn.types(code)["Location"] == f"{robyn.draft}email-and-password/"


def test_she_goes_on_to_where_she_was_bound_for_and_never_to_another_site(robyn: Newcomer) -> None:
    for bound_for, arrives in (("/forms/", "/forms/"), ("//evil.example/", reverse("home:start"))):
        newcomer = Newcomer(Client())
        newcomer.next = bound_for
        newcomer.comes_to_the_code(email=f"a{len(bound_for)}@example.org")
        code = code_in(letters(f"a{len(bound_for)}@example.org")[-1])
        assert newcomer.types(code)["Location"] == arrives


def test_the_audit_knows_that_she_registered(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert "account.registered" in verbs
    assert "account.signed-in" in verbs


def test_no_other_form_makes_accounts() -> None:
    data = json.loads(Path("fixtures/forms/change-of-contact-details.json").read_text("utf-8"))
    data["handler"] = HANDLER
    assert [fault.path for fault in find_faults(data)] == ["$.handler"]


def test_whoever_is_signed_in_does_not_register(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    assert robyn.get(reverse("accounts:register"))["Location"] == reverse("home:start")


def test_a_site_whose_form_was_taken_back_says_so(robyn: Newcomer) -> None:
    FormDefinition.objects.filter(slug=SLUG).update(live=False)
    assert "You cannot register here just now" in robyn.get(reverse("accounts:register")).content.decode()
    assert robyn.post(reverse("accounts:register")).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["Å", "X Æ", "🦄", "d’Arcy-Smith", "Nguyễn"])
def test_names_are_kept_as_they_are_typed(robyn: Newcomer, name: str) -> None:
    robyn.starts()
    robyn.says("you", YOU | {"q-first-name": name})
    robyn.says("address", ADDRESS)
    robyn.says("email-and-password", DETAILS)
    robyn.types(code_in(letters()[-1]))
    assert User.objects.get().first_name == name


# A label of a domain has up to 63 characters.
LONGEST = f"{'a' * 50}@{'.'.join(['b' * 63] * 3)}.{'c' * 8}.uk"


@pytest.mark.parametrize(
    ("email", "typed"),
    [
        pytest.param("robyn+school@example.org", "robyn+school@example.org", id="a plus"),
        pytest.param("Robyn.NEWCOMER@Example.ORG", "robyn.newcomer@example.org", id="capitals"),
        pytest.param("robyn@münchen.example", "ROBYN@MÜNCHEN.example", id="an accent in the domain"),
        pytest.param("o'neill_9@example.org", "o'neill_9@example.org", id="an apostrophe"),
        pytest.param(LONGEST, LONGEST.upper(), id="254 characters"),
    ],
)
def test_an_address_makes_an_account_as_it_is_and_signs_in_however_it_is_typed(
    robyn: Newcomer, email: str, typed: str
) -> None:
    robyn.comes_to_the_code(email=email)
    robyn.types(code_in(letters(email)[-1]))
    assert User.objects.get().email == email
    assert Visitor(Client()).types_password(typed, PASSWORD)["Location"] == "/sign-in/code/"


@pytest.mark.parametrize(
    "email", [f"a{LONGEST}", "zoë@example.org", "a b@example.org", "robyn@", "🦄@example.org"]
)
def test_an_address_that_no_mail_server_takes_is_refused_in_words_and_kept_in_its_box(
    robyn: Newcomer, email: str
) -> None:
    page = robyn.comes_to_the_code(email=email)
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert email in page.text
    assert not PendingRegistration.objects.exists()


@given(
    draft=st.uuids(),
    other=st.uuids(),
    nonces=st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=2, unique=True),
)
def test_a_code_is_bound_to_its_draft_address_and_browser(draft: Any, other: Any, nonces: list[str]) -> None:
    PendingRegistration.objects.all().delete()
    pending = PendingRegistration(draft=draft)
    pending.take("a@example.org", "x")
    code = pending.issue(nonces[0])
    held = pending.digest
    assert not pending.check_code(nonces[1], code)
    pending.email_key = "b@example.org"
    assert not pending.check_code(nonces[0], code)
    pending.email_key = "a@example.org"
    if other != draft:
        stranger = PendingRegistration(draft=other, digest=held, valid_until=pending.valid_until)
        stranger.email_key = "a@example.org"
        assert not stranger.check_code(nonces[0], code)
    assert pending.check_code(nonces[0], code)
    assert not pending.check_code(nonces[0], code)


def test_the_party_and_the_second_step_are_hers(robyn: Newcomer) -> None:
    robyn.comes_to_the_code()
    robyn.types(code_in(letters()[-1]))
    person = User.objects.get()
    assert Party.objects.get().user == person
    assert EmailCode.objects.get().user == person
    assert Submission.objects.get().submitted_by == person
