"""Several threads that do one thing at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

Made = TypeVar("Made")


def at_once(threads: int, do: Callable[[], Made]) -> list[Made]:
    """What each of so many threads made. One that failed made nothing: compare the number."""
    made: list[Made] = []
    ready = threading.Barrier(threads)

    def run() -> None:
        ready.wait()
        try:
            made.append(do())
        finally:
            connection.close()

    started = [threading.Thread(target=run) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return made
