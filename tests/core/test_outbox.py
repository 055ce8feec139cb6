"""The outbox: what is asked for in a transaction happens once it is committed, and happens once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import celery
import pytest
import time_machine
from celery.app import app_or_default
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import outbox
from core.models import OutboxItem
from core.outbox import LEASE, LONGEST_WAIT, MOST_ATTEMPTS, Kind, RetryLater
from core.registry import NotRegistered, Registry

State = OutboxItem.State
Deliver = Callable[[OutboxItem], None]

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B15")]


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Registry[Kind]:
    fresh: Registry[Kind] = Registry("outbox kinds")
    monkeypatch.setattr(outbox, "kinds", fresh)
    return fresh


@pytest.fixture
def delivered(kinds: Registry[Kind]) -> list[str]:
    """What was delivered, by "what" of the payload: plain letters, and codes that are secret and go first."""
    done: list[str] = []

    def deliver(item: OutboxItem) -> None:
        done.append(item.payload["what"])

    kinds.register("letter", Kind("letter", deliver))
    kinds.register("code", Kind("code", deliver, secret=True, priority=0))
    return done


def failing(kinds: Registry[Kind], error: Exception) -> None:
    def deliver(item: OutboxItem) -> None:
        raise error

    kinds.register("letter", Kind("letter", deliver))


def now() -> datetime:
    return timezone.now()


def test_what_is_put_is_delivered_once(delivered: list[str]) -> None:
    item = outbox.put("letter", {"what": "hello"})

    assert [outbox.sweep(), outbox.sweep()] == [1, 0]

    item.refresh_from_db()
    assert (item.state, item.attempts, delivered) == (State.DONE, 1, ["hello"])
    assert item.done_at is not None


def test_nothing_is_sent_for_a_transaction_that_was_taken_back(delivered: list[str]) -> None:
    with transaction.atomic():
        outbox.put("letter", {"what": "hello"})
        transaction.set_rollback(True)

    assert (outbox.sweep(), delivered) == (0, [])


def test_asking_twice_under_one_id_asks_once(delivered: list[str]) -> None:
    same = uuid4()
    first = outbox.put("letter", {"what": "first"}, id=same)
    second = outbox.put("letter", {"what": "second"}, id=same)

    assert first == second
    assert (outbox.sweep(), delivered) == (1, ["first"])


def test_a_kind_that_nobody_delivers_cannot_be_asked_for(kinds: Registry[Kind]) -> None:
    with pytest.raises(NotRegistered):
        outbox.put("letter", {})


def test_sign_in_codes_go_before_everything_that_waited_longer(delivered: list[str]) -> None:
    outbox.put("letter", {"what": "old"}, due=now() - timedelta(hours=2))
    outbox.put("letter", {"what": "older"}, due=now() - timedelta(hours=3))
    outbox.put("code", {"what": "code"})

    outbox.sweep()

    assert delivered == ["code", "older", "old"]


def test_a_code_asked_for_during_a_sweep_goes_next(kinds: Registry[Kind]) -> None:
    order = []

    def deliver(item: OutboxItem) -> None:
        order.append(item.kind)
        if len(order) == 1:
            outbox.put("code", {})

    kinds.register("letter", Kind("letter", deliver))
    kinds.register("code", Kind("code", deliver, priority=0))
    for _ in range(2):
        outbox.put("letter", {})

    outbox.sweep()

    assert order == ["letter", "code", "letter"]


def test_nothing_goes_before_its_time(delivered: list[str]) -> None:
    outbox.put("letter", {"what": "tomorrow"}, due=now() + timedelta(days=1))

    assert outbox.sweep() == 0
    with time_machine.travel(now() + timedelta(days=1, seconds=1)):
        assert outbox.sweep() == 1


def test_a_secret_is_cleared_once_it_is_delivered(delivered: list[str]) -> None:
    code, letter = outbox.put("code", {"what": "123456"}), outbox.put("letter", {"what": "hello"})

    outbox.sweep()

    code.refresh_from_db()
    letter.refresh_from_db()
    assert (code.payload, letter.payload) == ({}, {"what": "hello"})


@pytest.mark.parametrize("state", [State.WAITING, State.DEAD])
def test_a_code_that_comes_too_late_is_not_sent_and_is_cleared(delivered: list[str], state: State) -> None:
    code = outbox.put("code", {"what": "123456"}, expires_at=now() - timedelta(seconds=1))
    # Even where its next try is hours away.
    OutboxItem.objects.filter(pk=code.pk).update(state=state, due=now() + timedelta(hours=3))

    outbox.sweep()

    code.refresh_from_db()
    assert (code.state, code.payload, delivered) == (State.EXPIRED, {}, [])


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(OSError("sam.parent@example.org refused"), id="an error of the mail server"),
        pytest.param(RetryLater(), id="a delivery that says: not now"),
    ],
)
def test_what_fails_is_tried_again_later_and_its_error_names_nobody(
    kinds: Registry[Kind], error: Exception
) -> None:
    failing(kinds, error)
    item = outbox.put("letter", {"what": "hello"})
    outbox.sweep()

    item.refresh_from_db()
    assert (item.state, item.attempts) == (State.WAITING, 1)
    assert item.last_error == type(error).__name__
    assert timedelta(minutes=1) < item.due - now() <= timedelta(minutes=2)
    assert outbox.sweep() == 0


def test_one_that_fails_does_not_hold_up_the_next(delivered: list[str], kinds: Registry[Kind]) -> None:
    def deliver(item: OutboxItem) -> None:
        raise ValueError

    kinds.register("broken", Kind("broken", deliver, priority=0))
    outbox.put("broken", {})
    outbox.put("letter", {"what": "hello"})

    outbox.sweep()

    assert delivered == ["hello"]


def test_what_no_installed_app_delivers_waits(kinds: Registry[Kind]) -> None:
    item = OutboxItem.objects.create(kind="of-another-release")

    outbox.sweep()

    item.refresh_from_db()
    assert (item.state, item.last_error) == (State.WAITING, "NotRegistered")


def test_after_the_last_try_it_is_a_dead_letter_and_can_be_tried_again(kinds: Registry[Kind]) -> None:
    failing(kinds, OSError())
    item = outbox.put("letter", {"what": "hello"})
    for _ in range(MOST_ATTEMPTS + 3):
        OutboxItem.objects.update(due=now())
        outbox.sweep()

    item.refresh_from_db()
    assert (item.state, item.attempts) == (State.DEAD, MOST_ATTEMPTS)

    assert outbox.try_again(item)
    item.refresh_from_db()
    assert (item.state, item.attempts, item.last_error) == (State.WAITING, 0, "")


def test_only_a_dead_letter_can_be_tried_again(delivered: list[str]) -> None:
    item = outbox.put("letter", {"what": "hello"})
    outbox.sweep()

    assert not outbox.try_again(item)
    assert (outbox.sweep(), delivered) == (0, ["hello"])


def test_one_that_kills_its_worker_at_every_try_is_given_up(delivered: list[str]) -> None:
    item = outbox.put("letter", {"what": "hello"})
    OutboxItem.objects.update(attempts=MOST_ATTEMPTS)

    outbox.sweep()

    item.refresh_from_db()
    assert (item.state, item.last_error, delivered) == (State.DEAD, "WorkerLost", [])


def test_what_somebody_has_in_hand_is_left_alone_until_the_lease_ends(delivered: list[str]) -> None:
    outbox.put("letter", {"what": "hello"})
    held = outbox.claim(now())

    assert held is not None
    assert outbox.sweep() == 0
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        assert outbox.sweep() == 1


@pytest.mark.parametrize("fails", [True, False])
def test_a_first_runner_that_comes_late_changes_nothing_for_the_second(
    kinds: Registry[Kind], fails: bool
) -> None:
    def overtaken(item: OutboxItem) -> None:
        # While this delivery hangs, its lease ends and another worker takes the item.
        OutboxItem.objects.filter(pk=item.pk).update(attempts=item.attempts + 1)
        if fails:
            raise OSError

    kinds.register("letter", Kind("letter", overtaken, secret=True))
    item = outbox.put("letter", {"what": "hello"})

    outbox.sweep()

    item.refresh_from_db()
    assert (item.state, item.payload, item.last_error) == (State.WAITING, {"what": "hello"}, "")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("redis://127.0.0.1:1", id="a server that is away"),
        pytest.param("filesystem://localhost", id="a folder that is not there"),
    ],
)
def test_a_broker_that_cannot_be_reached_stops_nobody(
    address: str,
    delivered: list[str],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ours = app_or_default()
    away = celery.Celery("away", broker=address)
    folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), "/nowhere/at/all")
    away.conf.broker_transport_options = folders | {"max_retries": 1, "interval_start": 0, "interval_step": 0}
    away.set_current()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            outbox.put("letter", {"what": "hello"})
    finally:
        ours.set_current()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "No worker could be woken"
    ]
    outbox.sweep()
    assert delivered == ["hello"]


@given(st.integers(min_value=1, max_value=100))
def test_waits_grow_up_to_six_hours(attempts: int) -> None:
    longest = min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_WAIT)

    assert longest * 0.75 <= outbox.wait_after(attempts) <= longest


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        pytest.param(State.DONE, 31, False, id="sent a month ago"),
        pytest.param(State.EXPIRED, 31, False, id="too late a month ago"),
        pytest.param(State.DONE, 29, True, id="sent lately"),
        pytest.param(State.DEAD, 31, True, id="given up, and nobody has tried again"),
        pytest.param(State.WAITING, 31, True, id="still waiting"),
    ],
)
def test_what_was_closed_a_month_ago_is_deleted(state: str, days: int, kept: bool) -> None:
    then = timezone.now() - timedelta(days=days)
    done = then if state in (State.DONE, State.EXPIRED) else None
    OutboxItem.objects.create(kind="letter", state=state, created_at=then, done_at=done)
    outbox.tidy()
    assert OutboxItem.objects.exists() == kept
