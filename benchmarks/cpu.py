"""CPU of a request, product and floor in turn, so that a machine that slows down slows both."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.compared import Compared
from benchmarks.place import Place

ROUNDS = 40
REQUESTS = 20


class Worker:
    """A scenario in its own process."""

    def __init__(self, place: Place, scenario: str) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = place.start("benchmarks.cpu_worker", scenario, **pipes)
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
def started(place: Place, *scenarios: str) -> Iterator[list[Worker]]:
    workers = [Worker(place, scenario) for scenario in scenarios]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def compared(place: Place, product: str, floor: str) -> Compared:
    """A request of the product beside one of the floor, round by round."""
    with started(place, product, floor) as (ours, theirs):
        return Compared([(ours.round(), theirs.round()) for _ in range(ROUNDS)], "CPU ms a request")
