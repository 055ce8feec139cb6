"""`manage.py serve`, what `make run` starts: one line when it cannot, all of it stopped when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
START_SECONDS = 180
STOP_SECONDS = 10

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database and files of a portal that the tests start one after another: what takes long is done once."""
    return tmp_path_factory.mktemp("serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(happened: Callable[[], object], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "It did not happen in time"
        time.sleep(0.05)


class Portal:
    """`serve` in a process of its own, with what it has said so far."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port, self.said = port, folder / f"serve-{port}.log"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "SCHOOLBAG_VAR": str(folder),
            "PORT": str(port),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        with self.said.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def text(self) -> str:
        return self.said.read_text("utf-8")

    def says(self, words: str) -> None:
        wait_for(lambda: words in self.text() or self.process.poll() is not None, START_SECONDS)
        assert words in self.text(), self.text()

    def is_ready(self) -> None:
        self.says(f"Ready: http://127.0.0.1:{self.port}/")

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(line) for line in listed.stdout.split()]


@contextmanager
def started(folder: Path, port: int = 0) -> Iterator[Portal]:
    portal = Portal(folder, port or free_port())
    try:
        yield portal
    finally:
        if portal.process.poll() is None:
            portal.process.send_signal(signal.SIGINT)
            portal.process.wait(timeout=2 * STOP_SECONDS)


def is_gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has waited for yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_port_that_is_taken_is_one_line_that_says_what_to_do(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with started(folder, port) as portal:
            assert portal.process.wait(timeout=START_SECONDS) == 1
    words = f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1} make run"
    assert portal.text().strip() == f"CommandError: {words}"


def test_what_is_no_port_is_said_in_one_line(folder: Path) -> None:
    with started(folder, 99999) as portal:
        assert portal.process.wait(timeout=START_SECONDS) == 1
    assert portal.text().strip().endswith("choose a number from 1024 to 65535.")


def test_interrupted_half_way_and_started_again_it_carries_on(folder: Path) -> None:
    with started(folder) as first:
        first.says("Preparing the database")
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(timeout=2 * STOP_SECONDS) == 1
    assert "Traceback" not in first.text()
    assert first.text().rstrip().endswith("Run it again: it carries on.")
    with started(folder) as second:
        second.is_ready()
        with urllib.request.urlopen(f"http://127.0.0.1:{second.port}/health/") as answer:
            assert answer.status == 200


def test_ctrl_c_stops_site_and_worker_within_ten_seconds(folder: Path) -> None:
    with started(folder) as portal:
        portal.is_ready()
        children = portal.children()
        assert len(children) == 2
        portal.process.send_signal(signal.SIGINT)
        assert portal.process.wait(timeout=STOP_SECONDS) == 0
    assert all(is_gone(pid) for pid in children)
    assert portal.text().rstrip().endswith("Stopped.")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_killed_it_leaves_no_orphan(folder: Path) -> None:
    with started(folder) as portal:
        portal.is_ready()
        children = portal.children()
        portal.process.kill()
        portal.process.wait()
    wait_for(lambda: all(is_gone(pid) for pid in children), STOP_SECONDS)
