"""The queue of an installation without a broker: a folder of files, as kombu has it, but each written in one step.

kombu's own file is seen by the worker before it is written; a worker that reads half a message dies of it.
"""

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    # kombu's own two classes disagree on the name of the message.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        unfinished = folder / f"{uuid.uuid4()}.unfinished"
        unfinished.write_text(dumps(payload), "utf-8")
        unfinished.rename(folder / f"{time_ns()}_{uuid.uuid4()}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for waiting in self._waiting(queue):
            taken = waiting.with_suffix(".taken")
            try:
                os.rename(waiting, taken)
            except FileNotFoundError:
                continue  # another worker was faster
            text = taken.read_text("utf-8")
            taken.unlink()
            try:
                return loads(text)
            except json.JSONDecodeError:
                continue  # a message only wakes the sweep: the next one does as well
        raise Empty

    def _waiting(self, queue: str) -> Iterator[Path]:
        """The messages of `queue`, oldest first."""
        yield from sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg"))


class Transport(filesystem.Transport):
    Channel = Channel
