"""What stands in the database, changes a few times a year, and is asked for at each request."""

import secrets
from collections.abc import Callable
from typing import Generic, TypeVar

from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")

# Seconds. A change drops the entry at once; this is for processes that have a cache of their own (the worker).
SECONDS = 300


class Kept(Generic[T]):
    """A value that each process keeps, read with `read` when it has changed. Nobody changes it in place.

    The cache holds a name for the value as it is now, and the process the value under the name under which it read
    it: to unpack the value itself at each request would cost more than what is done with it.
    """

    def __init__(self, key: str, read: Callable[[], T]) -> None:
        self._key, self._read = key, read
        self._read_as: tuple[str, T] | None = None

    def __call__(self) -> T:
        """No query once it has been read."""
        name: str | None = cache.get(self._key)
        if name is None:
            # Before it is read: whoever saves meanwhile drops it again.
            name = secrets.token_hex(8)
            cache.set(self._key, name, SECONDS)
        if self._read_as is None or name != self._read_as[0]:
            self._read_as = name, self._read()
        return self._read_as[1]

    def forget(self, **kwargs: object) -> None:
        """It was changed: drop what is kept now, and again once others can see the change. Takes a signal."""
        cache.delete(self._key)
        transaction.on_commit(lambda: cache.delete(self._key))
