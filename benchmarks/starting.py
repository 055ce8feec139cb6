"""How long it takes until something answers: the web server, and `make run` in a fresh copy of the checkout."""

import asyncio
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import seats
from benchmarks.load import Connection
from benchmarks.place import ROOT, Place, free_port
from benchmarks.servers import serving
from benchmarks.typing_in import EXPECTED, page_path

BOOTS, PAGES = 3, 200


@dataclass(frozen=True)
class Booted:
    seconds: float  # the quickest of three starts
    megabytes: float  # of the web process, after 200 pages


def site(place: Place) -> Booted:
    boots = []
    for _ in range(BOOTS):
        with serving(place, "config.wsgi:application", "/health/") as server:
            boots.append(server.boot_seconds)
            asyncio.run(_read_on(place, server.port))
            megabytes = server.memory()
    return Booted(min(boots), megabytes)


async def _read_on(place: Place, port: int) -> None:
    seat = seats.taken("portal", str(place.folder))[0]
    browser = Connection(port, seat)
    await browser.open()
    for _ in range(PAGES):
        await browser.read(page_path(seat.draft), EXPECTED)


def make_run(place: Place) -> tuple[float, float]:
    """Seconds until "Ready" in a fresh copy of the last commit: (the first time, again). Nothing is cached yet."""
    copy = place.folder / "checkout"
    subprocess.run(["git", "clone", "--quiet", "--local", str(ROOT), str(copy)], check=True)
    return _until_ready(place, copy), _until_ready(place, copy)


def _until_ready(place: Place, copy: Path) -> float:
    caches = {"UV_CACHE_DIR": "uv", "PIP_CACHE_DIR": "pip", "npm_config_cache": "npm"}
    left_out = ("PYTHONPATH", "SCHOOLBAG_VAR", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment |= {name: str(place.folder / folder) for name, folder in caches.items()}
    environment |= {"PORT": str(free_port()), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    if place.server:
        environment["DATABASE_URL"] = place.database("run")
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith("Ready:"):
                return time.monotonic() - began
    finally:
        process.terminate()
        process.communicate()
    raise RuntimeError("`make run` ended before it was ready")
