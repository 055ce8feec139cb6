"""SQLite whose writers take turns: the engine of the embedded database.

SQLite lets one connection write at a time, and has the others ask again after ever longer pauses: one that is unlucky
starves for seconds, in the end its save is lost. Here they queue for a lock on a file beside the database, first come
first served, all threads and processes alike; the system frees it when a process is killed. A single statement outside
a transaction does not queue.
"""

import fcntl
from typing import IO, Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: IO[bytes] | None = None  # the file that is locked, while a transaction is open

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        # One that fails is still open: a rollback follows.
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> Any:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        self._turn = open(f"{self.settings_dict['NAME']}-turn", "ab")  # noqa: SIM115 (held until the transaction ends)
        fcntl.flock(self._turn, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        if self._turn is None:
            return
        # Closing alone would leave it to a process that was forked meanwhile.
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        self._turn.close()
        self._turn = None
