"""Guessing ends, and never locks the owner out (A32)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from core.models import LimiterCount
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.test_sign_in import CountingHasher

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
NewVisitor = Callable[..., Visitor]


def guess(visitor: Visitor, email: str, times: int) -> None:
    for number in range(times):
        visitor.types_password(email, f"guess {number}")


def test_after_five_wrong_passwords_the_right_one_must_wait_too(visitor: Visitor, sam_parent: User) -> None:
    guess(visitor, sam_parent.email, 5)
    refused = visitor.types_password(sam_parent.email)
    assert refused.status_code == 429
    assert 840 < int(refused["Retry-After"]) <= 900, "a quarter of an hour from the first try"
    assert "You can try again in 15 minutes." in refused.text
    assert "01632 960 100" in refused.text


def test_after_the_wait_she_can_try_again(visitor: Visitor, sam_parent: User) -> None:
    guess(visitor, sam_parent.email, 6)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert visitor.types_password(sam_parent.email).status_code == 302


def test_an_unknown_address_is_made_to_wait_alike(new_visitor: NewVisitor, sam_parent: User) -> None:
    known, unknown = new_visitor("192.0.2.1"), new_visitor("198.51.100.1")
    guess(known, sam_parent.email, 5)
    guess(unknown, "nobody@example.org", 5)
    pages = [known.types_password(sam_parent.email), unknown.types_password("nobody@example.org")]
    assert [page.status_code for page in pages] == [429, 429]
    assert pages[0].text == pages[1].text


def test_a_try_that_must_wait_costs_no_password_hash(
    visitor: Visitor, sam_parent: User, settings: pytest.FixtureRequest
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    guess(visitor, sam_parent.email, 5)
    CountingHasher.calls = 0
    visitor.types_password(sam_parent.email)
    assert CountingHasher.calls == 0


@pytest.mark.parametrize("spelling", ["SAM.PARENT@EXAMPLE.ORG", " sam.parent@example.org"])
def test_another_spelling_is_the_same_account(visitor: Visitor, sam_parent: User, spelling: str) -> None:
    guess(visitor, sam_parent.email, 3)
    guess(visitor, spelling, 2)
    assert visitor.types_password(sam_parent.email).status_code == 429


def test_the_neighbours_of_a_guesser_are_not_locked_out(
    new_visitor: NewVisitor, sam_parent: User, alex_parent: User
) -> None:
    guess(new_visitor("192.0.2.1"), sam_parent.email, 6)
    assert new_visitor("192.0.2.2").types_password(alex_parent.email).status_code == 302


def test_another_address_of_the_same_network_is_the_same_guesser(
    new_visitor: NewVisitor, sam_parent: User
) -> None:
    guess(new_visitor("192.0.2.1"), sam_parent.email, 5)
    assert new_visitor("192.0.2.200").types_password(sam_parent.email).status_code == 429


def test_a_network_that_guesses_at_many_accounts_must_wait(visitor: Visitor, sam_parent: User) -> None:
    for number in range(50):
        guess(visitor, f"person{number}@example.org", 1)
    assert visitor.types_password(sam_parent.email).status_code == 429


@pytest.fixture
def under_attack(new_visitor: NewVisitor, sam_parent: User) -> User:
    """Twenty wrong passwords for Sam's account, from twenty networks."""
    for number in range(20):
        guess(new_visitor(f"198.51.{number}.1"), sam_parent.email, 1)
    return sam_parent


def test_an_account_guessed_at_from_many_networks_opens_to_no_new_browser(
    new_visitor: NewVisitor, under_attack: User
) -> None:
    refused = new_visitor("203.0.113.9").types_password(under_attack.email)
    assert refused.status_code == 429
    assert 3540 < int(refused["Retry-After"]) <= 3600, "an hour from the first guess"


def test_the_owner_comes_in_from_her_own_browser_all_the_same(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    for number in range(20):
        stranger = Visitor(type(visitor.client)(), f"198.51.{number}.1")
        guess(stranger, sam_parent.email, 1)
    neighbour = Visitor(type(visitor.client)(), visitor.address)
    guess(neighbour, sam_parent.email, 5)
    visitor.types_password(sam_parent.email)
    visitor.types_code(emailed_code(sam_parent))
    assert visitor.is_signed_in


def test_a_known_browser_is_counted_too(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    guess(visitor, sam_parent.email, 5)
    assert visitor.types_password(sam_parent.email).status_code == 429


def test_a_browser_known_to_one_account_is_a_stranger_to_another(
    visitor: Visitor, under_attack: User, noor_stranger: User
) -> None:
    visitor.signs_in(noor_stranger)
    visitor.post("/sign-out/")
    assert visitor.types_password(under_attack.email).status_code == 429


def test_a_forged_cookie_is_nobodys(visitor: Visitor, under_attack: User) -> None:
    visitor.client.cookies["known"] = "eyJhIjoxfQ:forged:signature"
    assert visitor.types_password(under_attack.email).status_code == 429


def test_a_computer_of_two_parents_is_known_to_both(
    visitor: Visitor, new_visitor: NewVisitor, sam_parent: User, alex_parent: User
) -> None:
    for person in (sam_parent, alex_parent):
        visitor.signs_in(person)
        visitor.post("/sign-out/")
    guess(new_visitor(visitor.address), sam_parent.email, 5)
    guess(new_visitor(visitor.address), alex_parent.email, 5)
    assert visitor.types_password(sam_parent.email).status_code == 302
    assert visitor.types_password(alex_parent.email).status_code == 302


def test_the_cookie_tells_nobody_who_signed_in(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    cookie = visitor.client.cookies["known"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/")
    assert "sam" not in cookie.value.lower()


def test_a_full_sign_in_forgets_her_own_slips(visitor: Visitor, sam_parent: User) -> None:
    guess(visitor, sam_parent.email, 4)
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    visitor.client.cookies.pop("known")
    guess(visitor, sam_parent.email, 4)
    assert visitor.types_password(sam_parent.email).status_code == 302


def test_the_table_of_tries_holds_no_address(visitor: Visitor, sam_parent: User) -> None:
    guess(visitor, sam_parent.email, 1)
    assert all(len(row.key) == 64 for row in LimiterCount.objects.all())
