"""CPU of a request, product and floor in turn, so that a machine that slows down slows both."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

ROUNDS = 10
REQUESTS = 60


class Worker:
    """A scenario in its own process."""

    def __init__(self, scenario: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.cpu_worker", scenario],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        if self._answer() != "ready":
            raise RuntimeError(f"The scenario {scenario} did not start")

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def round(self) -> float:
        """CPU ms a request."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"round {REQUESTS}\n")
        self.process.stdin.flush()
        return float(self._answer())

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def started(*scenarios: str) -> Iterator[list[Worker]]:
    workers = [Worker(scenario) for scenario in scenarios]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def ratio(product: str, floor: str) -> tuple[float, float, float]:
    """(product's least CPU ms, floor's, their ratio) over interleaved rounds."""
    with started(product, floor) as (ours, theirs):
        pairs = [(ours.round(), theirs.round()) for _ in range(ROUNDS)]
    least_ours, least_theirs = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return least_ours, least_theirs, least_ours / least_theirs
