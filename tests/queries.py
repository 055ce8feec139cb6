"""How many queries something costs: those of the work itself, without the frame of its transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The SQL of every query inside the block, but for BEGIN, SAVEPOINT, RELEASE and COMMIT."""
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(_FRAME):
            queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield queries
