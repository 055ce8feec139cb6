"""Getting back in after forgetting the password, or the address one signs in with (A9, A10, B12)."""

import datetime as dt
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import OneTimePassword, User
from accounts.passwords.change import Overtaken, replace_password
from accounts.recovery.letters import send_one_time
from core import outbox
from core.dates import today
from core.models import AuditEntry, OutboxItem
from schools.models import Membership
from tests.accounts.conftest import Visitor, emailed_code
from tests.factories import PASSWORD, ChildLinkFactory, PersonalDetailsFactory, SchoolFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A10", "B12")]
NewVisitor = Callable[..., Visitor]
NEW = "Quiet otters sing 7 songs"
FORGOTTEN, TYPE_IT, CHOOSE = (
    "/forgotten-password/",
    "/forgotten-password/one-time/",
    "/forgotten-password/choose/",
)
BORN = {"born-day": "27", "born-month": "3", "born-year": "1988"}


@pytest.fixture
def sam(sam_parent: User) -> User:
    """Sam, who has told us where she lives and when she was born."""
    PersonalDetailsFactory(user=sam_parent)
    return sam_parent


def works_at_a_school(person: User) -> None:
    Membership.objects.create(person=person, school=SchoolFactory(), since=today() - timedelta(days=400))


@pytest.fixture(params=["the council", "a school"])
def at_work(request: pytest.FixtureRequest) -> User:
    """Somebody who works there, and uses her account for nothing else."""
    if request.param == "the council":
        return UserFactory(caseworker=True)
    person: User = UserFactory()
    works_at_a_school(person)
    return person


def asks(visitor: Visitor, email: str = "sam.parent@example.org", **other: str) -> Any:
    return visitor.post(FORGOTTEN, {"email": email, "postcode": "mb14qt", **BORN, **other})


def letters(to: str = "sam.parent@example.org") -> list[mail.EmailMessage]:
    outbox.sweep()
    return [letter for letter in mail.outbox if letter.to == [to]]


def in_letter(to: str = "sam.parent@example.org") -> tuple[str, str]:
    """The one-time password and the path of the link of the newest letter."""
    body = str(letters(to)[-1].body)
    password = re.search(r"^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$", body, re.MULTILINE)
    link = re.search(rf"^{re.escape(settings.BASE_URL)}(\S+)$", body, re.MULTILINE)
    assert password, body
    assert link, body
    return password[0], link[1]


def types(visitor: Visitor, one_time: str, email: str = "sam.parent@example.org") -> Any:
    return visitor.post(TYPE_IT, {"email": email, "one_time": one_time})


def chooses(visitor: Visitor, url: str = CHOOSE, new: str = NEW) -> Any:
    return visitor.post(url, {"new_password": new, "again": new})


def can_sign_in(visitor: Visitor, person: User, password: str) -> bool:
    return bool(visitor.types_password(person.email, password).status_code == 302)


# The way through


def test_with_the_one_time_password_she_chooses_a_new_one_and_then_types_a_code(
    visitor: Visitor, sam: User
) -> None:
    assert asks(visitor)["Location"] == TYPE_IT
    one_time, _link = in_letter()
    assert types(visitor, one_time)["Location"] == CHOOSE
    assert "has at least 15 characters" in visitor.get(CHOOSE).text
    assert chooses(visitor)["Location"] == "/sign-in/code/"
    assert not visitor.is_signed_in, "the code comes first"
    visitor.types_code(emailed_code(sam))
    assert visitor.client.session["_auth_user_id"] == str(sam.pk)


def test_the_link_in_the_letter_does_it_too(visitor: Visitor, sam: User, new_visitor: NewVisitor) -> None:
    asks(visitor)
    _one_time, link = in_letter()
    assert chooses(visitor, link)["Location"] == "/sign-in/code/"
    visitor.types_code(emailed_code(sam))
    assert visitor.is_signed_in
    assert not can_sign_in(new_visitor(), sam, PASSWORD)
    assert can_sign_in(new_visitor(), sam, NEW)


def test_the_sign_in_page_leads_to_both_pages(visitor: Visitor) -> None:
    page = visitor.get("/sign-in/").text
    assert '<a class="govuk-link" href="/forgotten-password/">Forgotten your password?</a>' in page
    assert '<a class="govuk-link" href="/forgotten-email/">Which email address did I use?</a>' in page


def test_all_sessions_end_and_she_is_told(
    visitor: Visitor, sam: User, signed_in_client: Callable[[User], Any]
) -> None:
    phone = signed_in_client(sam)
    asks(visitor)
    chooses(visitor, in_letter()[1])
    assert phone.get("/account/").status_code == 302
    assert "Your password was changed" in [letter.subject for letter in letters()]


def test_the_audit_tells_of_it_without_any_fact(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    chooses(visitor, in_letter()[1])
    entries = AuditEntry.objects.filter(object_id=sam.pk).order_by("pk")
    assert [entry.verb for entry in entries] == ["account.one-time-sent", "account.password-reset"]
    said = str(list(entries.values()))
    assert "MB1" not in said
    assert "1988" not in said


# What is typed


@pytest.mark.parametrize("email", ["SAM.Parent@Example.ORG", "  sam.parent@example.org "])
@pytest.mark.parametrize("postcode", ["MB1 4QT", "mb1  4qt", "MB1-4QT"])
def test_address_and_postcode_may_be_typed_in_any_way(
    visitor: Visitor, sam: User, email: str, postcode: str
) -> None:
    asks(visitor, email, postcode=postcode)
    assert in_letter()


@pytest.mark.parametrize("month", ["03", "March", "mar"])
def test_the_month_may_be_a_name(visitor: Visitor, sam: User, month: str) -> None:
    asks(visitor, **{"born-month": month})
    assert in_letter()


def test_an_address_with_a_plus_is_another_one(visitor: Visitor, sam: User) -> None:
    PersonalDetailsFactory(user=UserFactory(email="sam.parent+school@example.org"))
    asks(visitor, "sam.parent+school@example.org")
    assert in_letter("sam.parent+school@example.org")
    assert letters() == []


def test_an_address_of_254_characters_works(visitor: Visitor) -> None:
    # A label of a domain has up to 63 characters.
    email = f"{'a' * 50}@{'.'.join(['b' * 63] * 3)}.{'c' * 8}.uk"
    assert len(email) == 254
    PersonalDetailsFactory(user=UserFactory(email=email))
    asks(visitor, email)
    assert in_letter(email)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"email": ""}, "Enter your email address", id="no address"),
        pytest.param(
            {"email": "sam at home"}, "Enter an email address in the correct format", id="no address at all"
        ),
        pytest.param(
            {"email": f"{'a' * 250}@b.uk"}, "Enter an email address in the correct format", id="too long"
        ),
        pytest.param({"postcode": ""}, "Enter your postcode", id="no postcode"),
        pytest.param({"postcode": "x" * 21}, "A postcode has up to 8 letters", id="a long postcode"),
        pytest.param(dict.fromkeys(BORN, ""), "Enter your date of birth", id="no date"),
        pytest.param({"born-month": "2", "born-day": "30"}, "must be a real date", id="30 February"),
        pytest.param({"born-day": "x"}, "must be a real date", id="a letter"),
        pytest.param({"born-month": ""}, "must include a month", id="no month"),
        pytest.param({"born-year": "88"}, "must have 4 numbers", id="a short year"),
        pytest.param({"born-year": "2999"}, "must be a real date", id="far off"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_put_down(
    visitor: Visitor, sam: User, typed: dict[str, str], said: str
) -> None:
    page = visitor.post(FORGOTTEN, {"email": sam.email, "postcode": "MB1 4QT", **BORN, **typed})
    assert said in page.text
    assert "<title>Error: Forgotten your password?" in page.text
    assert not OutboxItem.objects.exists()


def test_the_box_that_is_wrong_is_marked(visitor: Visitor) -> None:
    page = visitor.post(
        FORGOTTEN, {"email": "a@b.uk", "postcode": "MB1 4QT", **BORN, "born-month": "13"}
    ).text
    assert 'href="#id_born-month"' in page
    assert page.count("govuk-date-input__input govuk-input--width-2 govuk-input--error") == 1
    assert 'autocomplete="bday-day"' in page
    assert 'value="1988"' in page


def test_what_has_to_be_typed_is_not_called_optional(visitor: Visitor) -> None:
    assert "(optional)" not in visitor.get(FORGOTTEN).text
    assert visitor.get("/forgotten-email/").text.count("(optional)") == 2, "the second and third address"


# Nobody learns who has an account


def test_every_answer_is_the_same_page_and_the_same_work(
    visitor: Visitor, sam: User, new_visitor: NewVisitor
) -> None:
    UserFactory(disabled=True, email="gone@example.org")
    tries = [
        (sam.email, {}),
        (sam.email, {"postcode": "MB9 9ZZ"}),
        ("nobody@example.org", {}),
        ("gone@example.org", {}),
    ]
    visitor.get(TYPE_IT)  # The council's settings are in the cache from now on.
    seen = set()
    for email, typed in tries:
        with CaptureQueriesContext(connection) as queries:
            answer = asks(new_visitor(), email, **typed)
        work = tuple(query["sql"].split()[0] for query in queries)
        seen.add((answer.status_code, answer["Location"], work))
    assert len(seen) == 1


def test_wrong_facts_bring_the_owner_word_that_somebody_tried_and_not_what_failed(
    visitor: Visitor, sam: User
) -> None:
    asks(visitor, postcode="MB9 9ZZ")
    [letter] = letters()
    assert letter.subject == "Somebody asked for a new password for your account"
    assert "01632 960 100" in letter.body
    assert not re.search(r"postcode|birth|MB9|MB1|1988", str(letter.body))
    assert not OneTimePassword.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"born-day": "28"},
        {"postcode": "MB1 4QX"},
        {"postcode": "", "at_work": "yes"},
        {**dict.fromkeys(BORN, ""), "at_work": "yes"},
    ],
)
def test_each_fact_that_we_have_must_agree(visitor: Visitor, sam: User, wrong: dict[str, str]) -> None:
    asks(visitor, **wrong)
    assert [letter.subject for letter in letters()] == ["Somebody asked for a new password for your account"]


def test_an_unknown_address_gets_no_email(visitor: Visitor) -> None:
    asks(visitor, "nobody@example.org")
    assert letters("nobody@example.org") == []


def test_a_disabled_account_gets_none_either(visitor: Visitor) -> None:
    PersonalDetailsFactory(user=UserFactory(disabled=True, email="gone@example.org"))
    asks(visitor, "gone@example.org")
    assert letters("gone@example.org") == []


def test_who_has_given_us_no_facts_needs_the_mailbox_alone(visitor: Visitor, casey_worker: User) -> None:
    nothing = dict.fromkeys([*BORN, "postcode"], "")
    assert "Enter your postcode" in visitor.post(FORGOTTEN, {"email": casey_worker.email, **nothing}).text
    visitor.post(FORGOTTEN, {"email": casey_worker.email, "at_work": "yes", **nothing})
    chooses(visitor, in_letter(casey_worker.email)[1])
    visitor.types_code(emailed_code(casey_worker))
    assert visitor.is_signed_in


def test_whose_account_is_for_work_alone_needs_the_mailbox_alone_whatever_she_told_us(
    visitor: Visitor, at_work: User
) -> None:
    PersonalDetailsFactory(user=at_work)
    visitor.post(FORGOTTEN, {"email": at_work.email, "at_work": "yes"})
    assert in_letter(at_work.email)


def test_the_reminder_of_her_address_comes_in_the_same_way(visitor: Visitor, at_work: User) -> None:
    PersonalDetailsFactory(user=at_work)
    visitor.post("/forgotten-email/", {"email_1": at_work.email, "at_work": "yes"})
    [letter] = letters(at_work.email)
    assert letter.subject == "The email address that you sign in with"


def test_without_the_box_what_she_told_us_must_agree(visitor: Visitor, at_work: User) -> None:
    PersonalDetailsFactory(user=at_work)
    asks(visitor, at_work.email, postcode="MB9 9ZZ")
    assert not OneTimePassword.objects.exists()


@pytest.mark.parametrize(
    "no_longer",
    [
        pytest.param(lambda person: ChildLinkFactory(person=person), id="a parent, too"),
        pytest.param(lambda person: Membership.objects.update(until=today() - timedelta(days=1)), id="left"),
    ],
)
def test_who_has_a_family_here_or_has_left_work_is_asked_for_both(
    visitor: Visitor, sol_bursar: User, no_longer: Callable[[User], object]
) -> None:
    works_at_a_school(sol_bursar)
    PersonalDetailsFactory(user=sol_bursar)
    no_longer(sol_bursar)
    visitor.post(FORGOTTEN, {"email": sol_bursar.email, "at_work": "yes"})
    [letter] = letters(sol_bursar.email)
    assert letter.subject == "Somebody asked for a new password for your account"


def test_what_was_typed_is_cleared_when_the_worker_has_seen_it(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    assert OutboxItem.objects.get().payload["postcode"] == "mb14qt"
    outbox.sweep()
    assert {item.kind for item in OutboxItem.objects.all()} == {"accounts_recover", "email_one_time"}
    assert all(item.payload == {} for item in OutboxItem.objects.all())


def test_a_delivery_that_is_repeated_sends_one_letter(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    item = OutboxItem.objects.get()
    for _again in range(2):
        outbox.kinds.get(item.kind).deliver(item)
    assert len(letters()) == 1
    assert types(visitor, in_letter()[0])["Location"] == CHOOSE


# Not too often


def test_five_requests_an_hour_from_one_network(visitor: Visitor, sam: User) -> None:
    for number in range(5):
        assert asks(visitor, f"person{number}@example.net").status_code == 302
    refused = asks(visitor)
    assert (refused.status_code, 3500 < int(refused["Retry-After"]) <= 3600) == (429, True)
    assert "You can try again in 60 minutes." in refused.text
    assert "01632 960 100" in refused.text
    assert letters() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert asks(visitor).status_code == 302


def test_three_letters_a_day_whoever_asks(new_visitor: NewVisitor, sam: User) -> None:
    for number in range(5):
        asks(new_visitor(f"198.51.{number}.1"))
    assert len(letters()) == 3
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        asks(new_visitor("198.51.100.1"))
        assert len(letters()) == 4


def test_a_stranger_who_does_not_know_the_facts_cannot_use_up_her_letters(
    new_visitor: NewVisitor, sam: User
) -> None:
    for number in range(5):
        asks(new_visitor(f"198.51.{number}.1"), postcode="MB9 9ZZ")
    assert len(letters()) == 3, "told that somebody tried"
    asks(new_visitor("192.0.2.1"))
    assert in_letter()


# The one-time password


def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(
    visitor: Visitor, sam: User, new_visitor: NewVisitor
) -> None:
    asks(visitor)
    _one_time, link = in_letter()
    with CaptureQueriesContext(connection) as queries:
        for _again in range(3):
            assert new_visitor("203.0.113.80").get(link).status_code == 200
            assert new_visitor("203.0.113.80").client.head(link).status_code == 200
    assert not [q for q in queries if q["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert chooses(visitor, link)["Location"] == "/sign-in/code/"


def test_the_page_of_the_link_is_kept_by_no_browser_and_known_to_no_other_site(
    visitor: Visitor, sam: User
) -> None:
    asks(visitor)
    answer = visitor.get(in_letter()[1])
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_password_that_breaks_a_rule_uses_nothing_up(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    _one_time, link = in_letter()
    assert "Use at least 15 characters" in chooses(visitor, link, "Short 7").text
    assert "you have used this one before" in chooses(visitor, link, PASSWORD).text
    assert chooses(visitor, link).status_code == 302


def test_it_works_once_by_whichever_way(visitor: Visitor, sam: User, new_visitor: NewVisitor) -> None:
    asks(visitor)
    one_time, link = in_letter()
    other = new_visitor("198.51.100.7")
    types(other, one_time)
    chooses(visitor, link)
    for answer in (chooses(visitor, link), visitor.get(link), chooses(other), other.get(CHOOSE)):
        assert answer.status_code == 410
        assert "This no longer works" in answer.text
    assert "no longer works" in types(other, one_time).text


@pytest.mark.parametrize(("minutes", "works"), [(29, True), (31, False)])
def test_it_works_for_half_an_hour(visitor: Visitor, sam: User, minutes: int, works: bool) -> None:
    asks(visitor)
    one_time, link = in_letter()
    types(visitor, one_time)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert (visitor.get(link).status_code == 200) == works
        assert (visitor.get(CHOOSE).status_code == 200) == works
        assert (types(visitor, one_time).status_code == 302) == works


def test_a_newer_one_stops_the_one_before(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    first, first_link = in_letter()
    types(visitor, first)
    asks(visitor)
    second, _link = in_letter()
    assert visitor.get(first_link).status_code == 410
    assert visitor.get(CHOOSE).status_code == 410
    assert types(visitor, first).status_code == 200
    assert types(visitor, second).status_code == 302


def test_a_letter_that_a_newer_one_has_stopped_is_not_sent(sam: User) -> None:
    for _twice in range(2):
        send_one_time(sam, OneTimePassword.Purpose.PASSWORD, sam.email)
    assert len(letters()) == 1


def test_a_proof_that_a_newer_one_has_stopped_changes_no_password(sam: User, visitor: Visitor) -> None:
    request = visitor.get(FORGOTTEN).wsgi_request
    proof, _issued = OneTimePassword.issue(sam, OneTimePassword.Purpose.PASSWORD, sam.email)
    OneTimePassword.issue(sam, OneTimePassword.Purpose.PASSWORD, sam.email)
    with pytest.raises(Overtaken):
        replace_password(sam, NEW, verb="account.password-reset", request=request, proof=proof)
    assert can_sign_in(visitor, sam, PASSWORD)


def test_a_password_changed_meanwhile_stops_it(visitor: Visitor, sam: User, new_visitor: NewVisitor) -> None:
    asks(visitor)
    _one_time, link = in_letter()
    at_home = new_visitor()
    at_home.signs_in(sam)
    at_home.post("/account/password/", {"current": PASSWORD, "new_password": NEW, "again": NEW})
    assert visitor.get(link).status_code == 410


def test_five_wrong_tries_and_it_can_be_typed_no_more(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    one_time, link = in_letter()
    for _try in range(5):
        assert "is not right, or it no longer works" in types(visitor, "2222-3333-4444").text
    assert types(visitor, one_time).status_code == 200
    assert visitor.get(link).status_code == 200, "the link cannot be guessed: it goes on"


def test_it_is_refused_alike_for_a_known_and_an_unknown_address(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    outbox.sweep()
    pages = []
    for email in (sam.email, "nobody@example.org"):
        answer = types(visitor, "2222-3333-4444", email)
        token = str(answer.context["csrf_token"])
        pages.append(answer.text.replace(email, "").replace(token, ""))
    assert pages[0] == pages[1]


def test_a_network_that_guesses_at_one_time_passwords_must_wait(visitor: Visitor, sam: User) -> None:
    for _try in range(20):
        types(visitor, "2222-3333-4444", "nobody@example.org")
    refused = types(visitor, "2222-3333-4444")
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)


def test_an_account_that_is_disabled_meanwhile_is_not_opened(visitor: Visitor, sam: User) -> None:
    asks(visitor)
    one_time, link = in_letter()
    types(visitor, one_time)
    User.objects.filter(pk=sam.pk).update(is_active=False)
    assert visitor.get(link).status_code == 410
    assert chooses(visitor).status_code == 410


@pytest.mark.parametrize("url", [CHOOSE, f"{CHOOSE}not-a-token/", "/new-email/not-a-token/"])
def test_without_one_there_is_nothing_to_choose(visitor: Visitor, url: str) -> None:
    assert visitor.get(url).status_code == 410
    assert chooses(visitor, url).status_code == 410


# Which address it was


@pytest.mark.capability("A9")
class TestReminder:
    URL = "/forgotten-email/"

    def asks(self, visitor: Visitor, *emails: str, **other: str) -> Any:
        typed = {f"email_{number}": email for number, email in enumerate(emails, start=1)}
        return visitor.post(self.URL, {**typed, "postcode": "MB1 4QT", **BORN, **other})

    def test_the_address_that_she_signs_in_with_gets_an_email_that_says_so(
        self, visitor: Visitor, sam: User
    ) -> None:
        answer = self.asks(visitor, "old@example.org", "Sam.Parent@example.org", "third@example.net")
        assert answer["Location"] == "/forgotten-email/sent/"
        [letter] = letters()
        assert letter.subject == "The email address that you sign in with"
        assert {address for message in mail.outbox for address in message.to} == {sam.email}
        assert visitor.get("/forgotten-email/sent/").status_code == 200

    def test_one_address_gets_one_email_however_often_it_is_typed(self, visitor: Visitor, sam: User) -> None:
        self.asks(visitor, sam.email, sam.email.upper(), f" {sam.email}")
        assert len(letters()) == 1

    def test_with_other_facts_nobody_gets_any(self, visitor: Visitor, sam: User) -> None:
        self.asks(visitor, sam.email, **{"born-year": "1989"})
        self.asks(visitor, sam.email, postcode="MB9 9ZZ")
        assert letters() == []

    def test_two_accounts_of_hers_get_one_each(self, visitor: Visitor, sam: User) -> None:
        PersonalDetailsFactory(user=UserFactory(email="sam.work@example.org"))
        self.asks(visitor, sam.email, "sam.work@example.org")
        assert (len(letters()), len(letters("sam.work@example.org"))) == (1, 1)

    def test_the_page_and_its_work_are_the_same_for_everybody(
        self, visitor: Visitor, sam: User, new_visitor: NewVisitor
    ) -> None:
        seen = set()
        for email in (sam.email, "nobody@example.org"):
            with CaptureQueriesContext(connection) as queries:
                answer = self.asks(new_visitor(), email)
            seen.add((answer["Location"], tuple(query["sql"].split()[0] for query in queries)))
        assert len(seen) == 1

    def test_asking_is_counted_with_the_other_ways_back_in(self, visitor: Visitor, sam: User) -> None:
        for number in range(3):
            self.asks(visitor, f"a{number}@example.org")
        for number in range(2):
            asks(visitor, f"b{number}@example.org")
        assert self.asks(visitor, sam.email).status_code == 429

    def test_at_least_one_address_is_wanted(self, visitor: Visitor) -> None:
        assert "Enter an email address of yours" in self.asks(visitor, "").text

    def test_three_letters_a_day(self, new_visitor: NewVisitor, sam: User) -> None:
        for number in range(5):
            self.asks(new_visitor(f"198.51.{number}.1"), sam.email)
        assert len(letters()) == 3


@pytest.mark.capability("A9")
def test_reminders_are_three_a_day_whatever_browsers_somebody_else_has(
    new_visitor: NewVisitor, sam: User, alex_parent: User
) -> None:
    """He knows her postcode and birthday, and has signed in himself with each of these."""
    for number in range(4):
        his = new_visitor(f"198.51.{number}.1")
        his.signs_in(alex_parent)
        his.post("/sign-out/")
        for _time in range(2):
            TestReminder().asks(his, alex_parent.email, sam.email)
    assert len(letters()) == 3


@pytest.mark.capability("A9")
def test_her_own_browser_has_letters_of_its_own_three_with_all_others_of_hers(
    new_visitor: NewVisitor, sam: User
) -> None:
    own = [new_visitor(f"192.0.{number}.1") for number in range(2)]
    for browser in own:
        browser.signs_in(sam)
        browser.post("/sign-out/")
    strangers = [new_visitor(f"198.51.{number}.1") for number in range(5)]
    reminders = []
    for browser in (*strangers, *own, *own):
        TestReminder().asks(browser, sam.email)
        reminders.append(len([one for one in letters() if "sign in with" in one.subject]))
    assert reminders == [1, 2, 3, 3, 3, 4, 5, 6, 6]


def test_somebody_born_on_29_february_gets_back_in(visitor: Visitor, noor_stranger: User) -> None:
    PersonalDetailsFactory(user=noor_stranger, date_of_birth=dt.date(1992, 2, 29))
    asks(visitor, noor_stranger.email, **{"born-day": "29", "born-month": "2", "born-year": "1992"})
    assert in_letter(noor_stranger.email)
