"""SQLite whose writers take turns: the engine of the embedded database.

SQLite lets one connection write at a time, and has the others ask again after ever longer pauses: one that is unlucky
starves for seconds, in the end its save is lost. Here they queue for a lock on a file beside the database, first come
first served, all threads and processes alike; the system frees it when a process is killed. A single statement outside
a transaction does not queue.
"""

import fcntl
from collections.abc import Iterable
from functools import lru_cache
from typing import IO, Any

from django.db.backends.sqlite3 import base


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return super().convert_query(query, param_names=param_names)


@lru_cache(maxsize=500)
def _with_question_marks(query: str) -> str:
    """As Django does it. Kept, since it costs nearly as much as the query itself, and most come again."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: IO[bytes] | None = None  # the file that is locked, while a transaction is open

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

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
