"""A scratch site for one run: its own folder, its own databases, nothing of the checkout's."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Place:
    """`kind` is "sqlite" or "postgresql": product and floors always stand on the same."""

    folder: Path
    server: str  # the PostgreSQL given, or ""
    made: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "postgresql" if self.server else "sqlite"

    def database(self, name: str) -> str:
        """The address of a database of this run's own."""
        if not self.server:
            return f"sqlite:///{self.folder / name}.sqlite3"
        full = f"schoolbag_bench_{os.getpid()}_{name}"
        if full not in self.made:
            self._administer(f'CREATE DATABASE "{full}"')
            self.made.append(full)
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{full}"))

    def environment(self, settings: str = "config.settings.demo", **more: str) -> dict[str, str]:
        # As on a usual machine: what was compiled once is kept.
        inherited = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return inherited | {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "SCHOOLBAG_VAR": str(self.folder),
            "DATABASE_URL": self.database("portal"),
            "FLOORS_DATABASE_URL": self.database("floors"),
            "PEERS_DATABASE_URL": self.database("peers"),
            "DJANGO_SETTINGS_MODULE": settings,
            # As production is unless a council says otherwise: the demo has Welsh too, and looks up every word.
            "SITE_LANGUAGES": "en-gb",
            **more,
        }

    def start(self, *command: str, **more: Any) -> "subprocess.Popen[str]":
        """A module of Python in a process of its own, on this site."""
        options = {"env": self.environment(), "cwd": ROOT, "text": True, **more}
        return subprocess.Popen([sys.executable, "-m", *command], **options)

    def ask(self, *command: str) -> Any:
        """What a module prints as the last line of its output, read as JSON."""
        with self.start(*command, stdout=subprocess.PIPE) as process:
            said, _none = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} failed")
        return json.loads(said.strip().splitlines()[-1])

    def remove(self) -> None:
        for name in self.made:
            self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    def _administer(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]


@contextmanager
def scratch() -> Iterator[Place]:
    """DATABASE_URL says which kind of database: PostgreSQL where it names one, else SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    server = url if url.startswith(("postgres://", "postgresql://")) else ""
    place = Place(Path(tempfile.mkdtemp(prefix="schoolbag-bench-")), server)
    try:
        yield place
    finally:
        place.remove()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
