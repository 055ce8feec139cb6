"""The one kind of registry by which a domain plugs into what is below it."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class AlreadyRegistered(ValueError):
    """Two apps want the same name."""


class NotRegistered(LookupError):
    """Nothing stands under this name."""


class Registry(Generic[Entry]):
    """Names and what stands for them. Filled from `AppConfig.ready()`; a test makes one of its own."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry] = {}

    def register(self, name: str, entry: Entry) -> Entry:
        """Put `entry` under `name`. Raises AlreadyRegistered where the name is taken."""
        if name in self._entries:
            raise AlreadyRegistered(f"{self.what}: {name!r} is registered already")
        self._entries[name] = entry
        return entry

    def get(self, name: str) -> Entry:
        """What stands under `name`. Raises NotRegistered."""
        try:
            return self._entries[name]
        except KeyError:
            raise NotRegistered(f"{self.what}: nothing is registered as {name!r}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def items(self) -> Iterator[tuple[str, Entry]]:
        return iter(self._entries.items())

    def values(self) -> Iterator[Entry]:
        return iter(self._entries.values())
