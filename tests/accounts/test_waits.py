"""Who has to wait is in a register, with why; staff end a wait with a reason, which the person reads (A32)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.limits import LIMITS, NETWORK, PAIR, RECOVERY_LETTERS
from accounts.models import PersonalDetails, User
from accounts.sessions import not_me
from core import limits, outbox
from core.models import AuditEntry, LimiterCount, LimitReached
from core.periodic import periodic
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.test_guesses import guess
from tests.accounts.test_recovery import asks
from tests.factories import PASSWORD, UserFactory
from tests.queries import counted_queries

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
NewVisitor = Callable[..., Visitor]
SignIn = Callable[[User], Client]
REGISTER = "/admin/waits/"


@pytest.fixture
def support(signed_in_client: SignIn) -> Client:
    person = UserFactory(first_name="Jo", last_name="Support", email="jo@example.org", support=True)
    return signed_in_client(person)


@pytest.fixture
def sam_waits(visitor: Visitor, sam_parent: User) -> LimitReached:
    """Somebody has typed six wrong passwords for Sam's account."""
    guess(visitor, sam_parent.email, 6)
    return LimitReached.objects.get()


def page_of(row: LimitReached) -> str:
    return f"{REGISTER}{row.pk}/"


def test_the_register_says_who_waits_why_and_until_when(
    support: Client, sam_waits: LimitReached, sam_parent: User
) -> None:
    page = support.get(REGISTER).content.decode()
    assert "Wrong passwords for one account, from one network" in page
    assert sam_parent.full_name in page
    assert "192.0.2.0/24" in page
    assert "Nobody has to wait" not in page


def test_the_address_is_masked(support: Client, sam_waits: LimitReached, sam_parent: User) -> None:
    for url in (REGISTER, page_of(sam_waits)):
        page = support.get(url).content.decode()
        assert sam_parent.email not in page
        assert "@example.org" in page


def test_the_page_of_one_says_what_goes_on_all_the_same(support: Client, sam_waits: LimitReached) -> None:
    page = support.get(page_of(sam_waits)).content.decode()
    assert "5 in 15 minutes" in page
    assert "In a browser that this person has signed in with before, nothing is stopped." in page


def test_a_wait_is_one_row_however_long_somebody_goes_on(visitor: Visitor, sam_waits: LimitReached) -> None:
    before = LimiterCount.objects.count()
    guess(visitor, "sam.parent@example.org", 20)
    assert LimitReached.objects.count() == 1
    assert LimiterCount.objects.count() == before


def test_ever_new_addresses_from_a_network_that_must_wait_leave_no_rows(visitor: Visitor) -> None:
    for number in range(NETWORK.most + 1):
        guess(visitor, f"person{number}@example.org", 1)
    counts, notes, entries = (model.objects.count() for model in (LimiterCount, LimitReached, AuditEntry))
    for number in range(30):
        assert visitor.types_password(f"other{number}@example.org").status_code == 429
    assert [model.objects.count() for model in (LimiterCount, LimitReached, AuditEntry)] == [
        counts,
        notes,
        entries,
    ]


def test_whoever_must_wait_costs_one_question_and_writes_nothing(
    visitor: Visitor, sam_waits: LimitReached
) -> None:
    with counted_queries() as queries:
        visitor.types_password("sam.parent@example.org")
    assert [query.split()[0] for query in queries] == ["SELECT"]


def test_an_unknown_address_is_in_the_register_by_its_network_alone(
    support: Client, visitor: Visitor
) -> None:
    guess(visitor, "nobody@example.org", 6)
    assert LimitReached.objects.get().person_id is None
    assert "nobody@" not in support.get(REGISTER).content.decode()


def test_what_is_over_stands_under_lately(support: Client, sam_waits: LimitReached) -> None:
    with time_machine.travel(sam_waits.until + timedelta(seconds=1)):
        page = support.get(REGISTER).content.decode()
    assert "Nobody has to wait" in page
    assert "Over since" in page


def test_staff_end_a_wait_with_a_reason_and_she_comes_in(
    support: Client, visitor: Visitor, sam_waits: LimitReached, sam_parent: User
) -> None:
    assert visitor.types_password(sam_parent.email).status_code == 429
    support.post(page_of(sam_waits), {"reason": "She called and typed the old one."})
    visitor.signs_in(sam_parent)
    assert visitor.is_signed_in
    entry = AuditEntry.objects.get(verb="limit.lifted")
    assert (entry.object_id, entry.reason) == (sam_parent.pk, "She called and typed the old one.")
    page = support.get(page_of(sam_waits)).content.decode()
    assert "Ended by staff" in page
    assert '<form method="post" novalidate>' not in page


def test_without_a_reason_nothing_ends(support: Client, visitor: Visitor, sam_waits: LimitReached) -> None:
    page = support.post(page_of(sam_waits), {"reason": " "})
    assert "There is a problem" in page.content.decode()
    assert visitor.types_password("sam.parent@example.org").status_code == 429


def test_a_wait_ends_once(support: Client, sam_waits: LimitReached) -> None:
    for reason in ("First.", "Second."):
        support.post(page_of(sam_waits), {"reason": reason})
    sam_waits.refresh_from_db()
    assert sam_waits.lifted_because == "First."
    assert AuditEntry.objects.filter(verb="limit.lifted").count() == 1


def test_she_reads_that_somebody_ended_it_and_why(
    support: Client,
    sam_waits: LimitReached,
    sams_browser: Client,
    alex_parent: User,
    signed_in_client: SignIn,
) -> None:
    support.post(page_of(sam_waits), {"reason": "You called us."})
    page = sams_browser.get("/account/council/").content.decode()
    assert "Somebody ended a wait after many tries" in page
    assert "Reason: You called us." in page
    assert "Jo Support" not in page
    assert "You called us" not in signed_in_client(alex_parent).get("/account/council/").content.decode()


def test_what_she_did_herself_is_not_among_it(sams_browser: Client) -> None:
    assert (
        "Nobody at the council opened your account" in sams_browser.get("/account/council/").content.decode()
    )


def test_the_register_is_for_support_staff_and_administrators(
    signed_in_client: SignIn, sam_waits: LimitReached, casey_worker: User, admin: User
) -> None:
    assert signed_in_client(admin).get(REGISTER).status_code == 200
    assert signed_in_client(casey_worker).get(REGISTER).status_code != 200
    assert signed_in_client(casey_worker).post(page_of(sam_waits), {"reason": "x"}).status_code != 200
    assert LimitReached.objects.in_force(timezone.now()).count() == 1


def test_a_hundred_rows_cost_what_one_does(support: Client, sam_waits: LimitReached) -> None:
    support.get(REGISTER)
    with counted_queries() as one:
        support.get(REGISTER)
    for number in range(40):
        PAIR.note(str(number), person=sam_waits.person_id, network="192.0.2.0/24")
    with counted_queries() as many:
        support.get(REGISTER)
    assert len(many) == len(one)


def test_an_account_that_its_owner_locked_is_said_to_be_hers_alone_to_open(
    support: Client, visitor: Visitor, sam_parent: User
) -> None:
    visitor.signs_in(sam_parent)
    not_me.lock(sam_parent.sign_ins.get(), visitor.get("/").wsgi_request)
    page = support.get(REGISTER).content.decode()
    assert "These people told us that a sign-in was not theirs" in page
    assert sam_parent.full_name in page


def test_letters_that_are_not_sent_any_more_are_in_the_register(sam_parent: User) -> None:
    """No page tells her: staff on the phone can."""
    PersonalDetails.objects.create(user=sam_parent, postcode="MB1 4QT", date_of_birth="1990-03-27")
    for _number in range(RECOVERY_LETTERS.most + 1):
        payload = {"email": sam_parent.email, "postcode": "MB1 4QT", "born": "1990-03-27"}
        outbox.put("accounts_recover", payload)
        outbox.sweep()
    assert LimitReached.objects.get().scope == RECOVERY_LETTERS.scope


def test_every_limit_says_why_and_what_goes_on() -> None:
    for limit in LIMITS:
        assert limits.limits.get(limit.scope) is limit
        assert str(limit.why), limit.scope
        assert str(limit.effect), limit.scope


def test_rows_go_after_a_month_and_the_oldest_where_there_are_too_many(
    sam_waits: LimitReached, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(timezone.now() + limits.KEPT_FOR + timedelta(seconds=1)):
        for number in range(5):
            with time_machine.travel(timezone.now() + timedelta(seconds=number)):
                PAIR.note(str(number))
        assert periodic.get("tidy-limits-reached").run() == 1
        monkeypatch.setattr(limits, "MOST_KEPT", 3)
        assert limits.tidy() == 2
    assert LimitReached.objects.count() == 3


def test_a_code_in_its_owners_hand_is_not_used_up_by_a_stranger_who_has_the_password(
    new_visitor: NewVisitor, sam_parent: User
) -> None:
    own, stranger = new_visitor("192.0.2.1"), new_visitor("198.51.100.1")
    stranger.types_password(sam_parent.email)
    own.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    for number in range(10):
        stranger.types_code(f"{number:06d}")
    own.types_code(code)
    assert own.is_signed_in
    assert not stranger.is_signed_in


def test_her_own_browser_asks_for_a_new_password_while_her_network_must_wait(
    new_visitor: NewVisitor, sam_parent: User
) -> None:
    own, neighbour = new_visitor("192.0.2.1"), new_visitor("192.0.2.2")
    own.signs_in(sam_parent)
    own.post("/sign-out/")
    answers = [asks(neighbour, "somebody@example.org") for _time in range(6)]
    assert answers[-1].status_code == 429
    assert asks(own).status_code == 302
    assert [asks(own).status_code for _time in range(5)][-1] == 429, "it is counted on its own"


def test_the_way_back_in_leaves_a_shared_computer_known_to_all(
    visitor: Visitor, new_visitor: NewVisitor, sam_parent: User, alex_parent: User
) -> None:
    """A cookie that only the sign-in pages saw would be made anew by all others."""
    visitor.signs_in(alex_parent)
    visitor.post("/sign-out/")
    visitor.signs_in(sam_parent)
    visitor.post("/account/email/", {"email": "sam.new@example.org", "current": PASSWORD})
    outbox.sweep()
    (code,) = re.findall(
        r"^\d{6}", next(one.subject for one in mail.outbox if one.to == ["sam.new@example.org"])
    )
    visitor.post("/account/email/code/", {"code": code})
    sam_parent.refresh_from_db()
    assert sam_parent.email == "sam.new@example.org"
    visitor.post("/sign-out/")
    guess(new_visitor(visitor.address), alex_parent.email, 5)
    assert visitor.types_password(alex_parent.email).status_code == 302
