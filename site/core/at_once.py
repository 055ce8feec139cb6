"""How much of what is dear one process does at the same moment for one person or network: others find room beside it.

`core.limiter` says how often; this, how many at once. Whoever finds no room is answered without any work.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class AtOnce:
    """No more than `most` at once for each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._busy: Counter[str] = Counter()

    @contextmanager
    def room(self, who: str) -> Iterator[bool]:
        """Whether there is room for one more of `who`, who has it until the block ends."""
        with self._lock:
            has_room = self._busy[who] < self.most
            self._busy[who] += has_room
        try:
            yield has_room
        finally:
            with self._lock:
                self._busy[who] -= has_room
                if not self._busy[who]:
                    del self._busy[who]
