"""How many queries something costs: those of the work itself, as if its session were in the cache.

Without the frame of its transactions, and without the sessions' table: production reads them from a cache, and the
moment in which one is written anew depends on the clock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The SQL of every query inside the block."""
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(_FRAME) and "django_session" not in sql:
            queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield queries
