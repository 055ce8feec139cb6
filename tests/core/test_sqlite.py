"""The embedded database's writers take turns. On its own file, whatever database the tests run on."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from config.settings.base import SQLITE_OPTIONS
from core.sqlite3.base import DatabaseWrapper

TIMES = 300

# Takes its turn, says so, and never ends it.
HOLDER = """
import sys
from tests.core.test_sqlite import begin, connected
connection = connected(sys.argv[1])
begin(connection)
print("has its turn", flush=True)
sys.stdin.read()
"""


def connected(path: str) -> DatabaseWrapper:
    """A connection that does not wait for SQLite itself: it finds the database locked at once, or has its turn."""
    database = {"ENGINE": "core.sqlite3", "NAME": path, "OPTIONS": SQLITE_OPTIONS | {"timeout": 0}}
    connection = ConnectionHandler({"default": database})["default"]
    assert isinstance(connection, DatabaseWrapper)
    return connection


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """In a thread of its own: where a browser has run before in this process, Django refuses a connection here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database with one number in it."""
    path = str(tmp_path / "db.sqlite3")

    def make() -> None:
        connection = connected(path)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE counted (number integer)")
            cursor.execute("INSERT INTO counted VALUES (0)")
        connection.close()

    with django_db_blocker.unblock():
        aside(make)
        yield path


def write(path: str, times: int = 1) -> None:
    connection = connected(path)
    for _ in range(times):
        begin(connection)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE counted SET number = number + 1")
        connection.commit()
        connection.set_autocommit(True)
    connection.close()


def counted(path: str) -> int:
    connection = connected(path)
    with connection.cursor() as cursor:
        number: int = cursor.execute("SELECT number FROM counted").fetchone()[0]
    connection.close()
    return number


def test_who_writes_at_the_same_time_as_others_waits_for_a_turn(file: str) -> None:
    together = Barrier(4)

    def begin_together(number: int) -> None:
        together.wait()
        write(file, TIMES)

    # While a connection is open nobody is the first, who locks the whole file for a moment.
    with closing(sqlite3.connect(file)) as first, ThreadPoolExecutor(4) as threads:
        first.execute("SELECT name FROM sqlite_master").fetchall()
        list(threads.map(begin_together, range(4)))
    assert aside(lambda: counted(file)) == 4 * TIMES


@pytest.mark.parametrize("way", ["rollback", "close"])
def test_a_turn_ends_with_what_is_taken_back_too(file: str, way: str) -> None:
    def take_back() -> None:
        connection = connected(file)
        begin(connection)
        getattr(connection, way)()
        write(file)

    aside(take_back)
    assert aside(lambda: counted(file)) == 1


def test_the_turn_of_a_process_that_is_killed_ends(file: str) -> None:
    path = os.pathsep.join([str(settings.ROOT / "site"), str(settings.ROOT)])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, file],
        env=os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"has its turn\n"
        holder.send_signal(signal.SIGKILL)
        aside(lambda: write(file))
    assert aside(lambda: counted(file)) == 1


def test_a_statement_reads_the_same_each_time_that_it_is_run(file: str) -> None:
    def read() -> list[tuple[str, ...]]:
        connection = connected(file)
        with connection.cursor() as cursor:
            rows = [
                row
                for name in ("Ada", "Bo")
                for row in (
                    cursor.execute("SELECT '100%%', %s", [name]).fetchone(),
                    cursor.execute("SELECT %(name)s", {"name": name}).fetchone(),
                )
            ]
        connection.close()
        return rows

    assert aside(read) == [("100%", "Ada"), ("Ada",), ("100%", "Bo"), ("Bo",)]
