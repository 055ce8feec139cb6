"""The web server as `make run` starts it: one process of granian, eight threads; the floor gets the same."""

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.place import Place, free_port

OPTIONS = "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 8 --no-ws --log-level warning"
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    process: "subprocess.Popen[str]"
    port: int
    boot_seconds: float  # from the command to the first answer

    def memory(self) -> float:
        """MB that its web process holds (resident set)."""
        rows = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True).stdout
        kilobytes = [
            int(rss) for _pid, parent, rss in map(str.split, rows.splitlines()) if int(parent) == self.pid
        ]
        return max(kilobytes) / 1024

    def processor(self) -> float:
        """Seconds of processor time that its web process has had (Linux)."""
        rows = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True).stdout
        children = [pid for parent, pid in map(str.split, rows.splitlines()) if int(parent) == self.pid]
        return max(_ticks(pid) for pid in children) / os.sysconf("SC_CLK_TCK")

    @property
    def pid(self) -> int:
        return self.process.pid


def _ticks(pid: str) -> int:
    """Of a process: those of its own code and the system's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextlib.contextmanager
def serving(
    place: Place, application: str, path: str, settings: str = "config.settings.demo", **more: str
) -> Iterator[Server]:
    """A server of `application`, up once `path` is answered with 200. `more`: of its environment."""
    port = free_port()
    command = ["granian", *OPTIONS.split(), "--port", str(port), application]
    began = time.monotonic()
    with (place.folder / "server.log").open("a") as log:
        process = place.start(*command, env=place.environment(settings, **more), stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}{path}", process)
            yield Server(process, port, time.monotonic() - began)
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.01)
    raise RuntimeError(f"{url} did not answer")
