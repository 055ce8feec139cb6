"""A real worker in a process of its own, killed in the middle of a delivery: nothing is lost, nothing comes twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from core.models import LastRun, OutboxItem, SentMessage
from tests.core.worker_kinds import NAME

PATIENCE = 90  # seconds
ALIAS = "worker"


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of the usual one, whose open transaction no other process can look into."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def alias(tmp_path: Path, db: None) -> Iterator[str]:
    """A database that other processes can open: PostgreSQL's own, or the SQLite one copied into a file."""
    name = "default"
    if connection.vendor == "sqlite":
        name = ALIAS
        connections.databases[ALIAS] = connection.settings_dict | {"NAME": str(tmp_path / "db.sqlite3")}
        _copy_to(tmp_path / "db.sqlite3")
    yield name
    for model in (OutboxItem, SentMessage, LastRun):
        model._base_manager.using(name).all().delete()
    connections[name].close()
    connections.databases.pop(ALIAS, None)


def _copy_to(path: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()


def database_url(alias: str) -> str:
    database = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)


@contextmanager
def worker(alias: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An embedded worker as `make run` starts it, in a group of its own, killed at the end if it still runs."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": database_url(alias),
        "SCHOOLBAG_VAR": str(folder / "var"),
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT / "site"), str(settings.ROOT)]),
    }
    options = ["-P", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", *options]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--include", "tests.core.worker_kinds"],
            cwd=settings.ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.capability("B15", "B34")
@pytest.mark.parametrize("place", ["before", "after"])
def test_an_email_whose_worker_is_killed_in_the_middle_arrives_once(
    alias: str, tmp_path: Path, place: str
) -> None:
    items = OutboxItem.objects.using(alias)
    item = items.create(kind=NAME, payload={"folder": str(tmp_path)})
    (tmp_path / f"hold-{place}").touch()
    with worker(alias, tmp_path) as first:
        wait_until((tmp_path / "here").exists)
        kill(first)

    item.refresh_from_db()
    assert (item.state, item.attempts) == (OutboxItem.State.WAITING, 1)
    assert item.due > timezone.now(), "the dead worker's lease still holds"

    (tmp_path / f"hold-{place}").unlink()
    items.update(due=timezone.now())  # The lease ends.
    with worker(alias, tmp_path):
        wait_until(lambda: items.filter(state=OutboxItem.State.DONE).exists())

    item.refresh_from_db()
    assert item.attempts == 2
    message = SentMessage.objects.using(alias).get()
    assert (message.key, message.to) == (str(item.id), "sam.parent@example.org")


def test_a_worker_shows_that_it_is_alive_and_leaves_nothing_behind_when_killed(
    alias: str, tmp_path: Path
) -> None:
    with worker(alias, tmp_path) as process:
        wait_until(lambda: LastRun.objects.using(alias).filter(name="beat").exists())
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        # Had it started a process of its own, that would live on in its group.
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
