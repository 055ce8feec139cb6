"""The whole demo in one command: database, made-up families, site, worker. Ctrl-C stops all of it."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.provider import keys
from config.demo.people import PASSWORD, PEOPLE
from config.static_stamp import stamp_static, static_is_collected

START_SECONDS = 60
STOP_SECONDS = 9
# A worker that lived this long was well: what killed it came from outside.
STEADY_SECONDS = 5
_PDEATHSIG = 1


def _die_with_parent() -> None:
    """On Linux, ask the kernel to stop this child if `serve` itself is killed, so that no worker is orphaned."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)


class Command(BaseCommand):
    help = "Start the demo: site and worker, with made-up families (PORT and DATABASE_URL choose where)."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        port = self._free_port()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        signal.signal(signal.SIGINT, self._interrupted)
        try:
            self._prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped half-way. Run it again: it carries on.") from None
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, self._asked_to_stop)
        try:
            self._start(port)
            self._wait_until_ready(port)
            self._welcome(port)
            self._watch(port)
        finally:
            self._stop()

    def _free_port(self) -> int:
        """The port from PORT (8000 unless set). Raises CommandError where somebody else listens there."""
        text = os.environ.get("PORT", "8000")
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise CommandError(f"PORT={text} is not a port: choose a number from 1024 to 65535.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(text)))
            except OSError:
                raise CommandError(
                    f"Port {text} is taken. Stop what uses it, or choose another: PORT={int(text) + 1} make run"
                ) from None
        return int(text)

    def _prepare(self) -> None:
        for folder in ("private", "queue", "queue-control", "logs", "media"):
            (settings.VAR / folder).mkdir(parents=True, exist_ok=True)
        keys.make(settings.SIGNING_KEY)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database")
            call_command("migrate", verbosity=0)
            self._raise_if_interrupted()
        call_command("demo", stdout=self.stdout)
        self._raise_if_interrupted()
        if not static_is_collected():
            self.stdout.write("Collecting static files (about 10 seconds, once)")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp_static()
        connection.close()
        self._raise_if_interrupted()

    def _interrupted(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
        raise KeyboardInterrupt

    def _raise_if_interrupted(self) -> None:
        """Once more: where it reaches Python within a call from C (a function of SQLite's), it is lost there."""
        if self.stopping:
            raise KeyboardInterrupt

    def _start(self, port: int) -> None:
        site = (
            "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 8 --no-ws --log-level warning"
        )
        self._start_one("site", f"granian {site} --port {port} config.wsgi:application", port)
        self._start_worker(port)

    def _start_worker(self, port: int) -> None:
        options = "-P solo --loglevel WARNING --without-gossip --without-mingle --without-heartbeat"
        self._start_one("worker", f"celery -A config.celery worker {options}", port)
        self.worker_since = time.monotonic()

    def _start_one(self, name: str, module: str, port: int) -> None:
        environment = os.environ | {
            "BASE_URL": os.environ.get("BASE_URL", f"http://127.0.0.1:{port}"),
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PYTHONPATH": os.pathsep.join([str(settings.ROOT / "site"), str(settings.ROOT)]),
        }
        with self._log(name).open("ab") as log:
            self.children[name] = subprocess.Popen(  # noqa: S603 - our own programs, no text from outside
                [sys.executable, "-m", *module.split()],
                cwd=settings.ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def _log(self, name: str) -> Path:
        path: Path = settings.VAR / "logs" / f"{name}.log"
        return path

    def _wait_until_ready(self, port: int) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.stopping:
            self._raise_if_one_died()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        if not self.stopping:
            raise CommandError(
                f"The site did not answer within {START_SECONDS} s. Its log: {self._log('site')}"
            )

    def _welcome(self, port: int) -> None:
        if self.stopping:
            return
        width = max(len(person.email) for person in PEOPLE)
        self.stdout.write(f"\nMade-up people, password {PASSWORD} for all:\n")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<{width}}  {person.standing}")
        self.stdout.write(f"\nTheir emails and security codes: http://127.0.0.1:{port}/dev/outbox/")
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.write(f"Ready: http://127.0.0.1:{port}/")
        self.stdout.flush()

    def _watch(self, port: int) -> None:
        """Until asked to stop. A worker that was killed is started again; one that cannot live is an error."""
        while not self.stopping:
            if (
                self.children["worker"].poll() is not None
                and time.monotonic() - self.worker_since > STEADY_SECONDS
            ):
                self._start_worker(port)
            self._raise_if_one_died()
            time.sleep(0.2)

    def _raise_if_one_died(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None and not self.stopping:
                raise CommandError(f"The {name} stopped by itself. Its log: {self._log(name)}")

    def _asked_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _stop(self) -> None:
        """Ask both to stop, and kill what is left after 9 seconds."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        if self.children:
            self.stdout.write("Stopped.")
