import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from core import limiter
from core.models import LimiterCount

pytestmark = pytest.mark.capability("A32")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-02 09:00:00+00:00", tick=False) as coordinates:
        yield coordinates


@pytest.mark.django_db
def test_each_try_in_a_window_counts_one_more(clock: time_machine.Traveller) -> None:
    assert [limiter.hit("sign-in", "sam", 60) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_a_new_window_begins_when_the_old_one_is_over(clock: time_machine.Traveller) -> None:
    limiter.hit("sign-in", "sam", 60)
    clock.shift(61)
    assert limiter.hit("sign-in", "sam", 60) == 1


@pytest.mark.django_db
def test_bytes_are_counted_as_tries_are(clock: time_machine.Traveller) -> None:
    assert limiter.hit("bytes", "ann", 60, 3_000_000_000) == 3_000_000_000
    assert limiter.hit("bytes", "ann", 60, 5) == 3_000_000_005
    clock.shift(61)
    assert limiter.hit("bytes", "ann", 60, 7) == 7


@pytest.mark.django_db
def test_tries_do_not_prolong_the_window(clock: time_machine.Traveller) -> None:
    limiter.hit("sign-in", "sam", 60)
    clock.shift(40)
    limiter.hit("sign-in", "sam", 60)
    clock.shift(40)
    assert limiter.hit("sign-in", "sam", 60) == 1


@pytest.mark.django_db
def test_one_person_never_counts_for_another_nor_one_scope_for_another() -> None:
    limiter.hit("sign-in", "sam", 60)
    assert limiter.hit("sign-in", "alex", 60) == 1
    assert limiter.hit("codes", "sam", 60) == 1


@pytest.mark.django_db
def test_the_right_person_is_forgiven() -> None:
    limiter.hit("sign-in", "sam", 60)
    limiter.clear("sign-in", "sam")
    assert limiter.hit("sign-in", "sam", 60) == 1


@pytest.mark.django_db
def test_a_try_that_is_taken_back_does_not_count() -> None:
    limiter.hit("sign-in", "sam", 60)
    limiter.take_back("sign-in", "sam")
    limiter.take_back("sign-in", "sam")
    assert limiter.hit("sign-in", "sam", 60) == 1


@pytest.mark.django_db
def test_the_wait_is_what_remains_of_the_window(clock: time_machine.Traveller) -> None:
    assert limiter.seconds_left("sign-in", "sam", 60) == 0
    limiter.hit("sign-in", "sam", 60)
    clock.shift(40)
    limiter.hit("sign-in", "sam", 60)
    assert limiter.seconds_left("sign-in", "sam", 60) == 20
    clock.shift(40)
    assert limiter.seconds_left("sign-in", "sam", 60) == 0


@pytest.mark.django_db
def test_the_table_tells_nobody_who_it_was() -> None:
    limiter.hit("sign-in", "sam.parent@example.org", 60)
    assert "sam" not in str(LimiterCount.objects.values().get())


@pytest.mark.django_db
def test_windows_that_are_over_are_deleted(clock: time_machine.Traveller) -> None:
    limiter.hit("sign-in", "sam", 60)
    clock.shift(61)
    limiter.hit("sign-in", "alex", 60)
    assert limiter.tidy() == 1
    assert limiter.hit("sign-in", "alex", 60) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_five_hits_by_eight_threads_are_all_counted() -> None:
    counts: list[int] = []

    def hits() -> None:
        counts.extend(limiter.hit("race", "sam", 600) for _ in range(25))
        connection.close()

    threads = [threading.Thread(target=hits) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 201))


def network_of(remote: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return limiter.network(RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        pytest.param("203.0.113.77", "203.0.113.0/24", id="IPv4"),
        pytest.param("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="IPv6"),
        pytest.param("::ffff:203.0.113.77", "203.0.113.0/24", id="IPv4 written as IPv6"),
        pytest.param("", "unknown", id="a socket without an address"),
        pytest.param("nonsense", "unknown", id="no address at all"),
    ],
)
def test_a_network_is_known_and_never_the_whole_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_forged_forwarded_header_is_ignored() -> None:
    assert network_of("203.0.113.77", forwarded="198.51.100.1") == "203.0.113.0/24"


def test_behind_our_proxies_only_what_they_wrote_counts(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 2
    forged_then_ours = "198.51.100.1, 203.0.113.77, 10.0.0.2"
    assert network_of("10.0.0.1", forwarded=forged_then_ours) == "203.0.113.0/24"
    assert network_of("10.0.0.1", forwarded="203.0.113.77") == "10.0.0.0/24"


@given(forwarded=st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_header_whatever_it_holds_breaks_a_request(forwarded: str) -> None:
    assert network_of("203.0.113.77", forwarded=forwarded) == "203.0.113.0/24"
