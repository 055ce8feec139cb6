"""Private files that no row names: a worker was killed between writing a file and saving its row."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from core.private_files import SMALL, file_models, private_storage

# What is younger may be of a request that has not saved its row yet.
YOUNGEST = timedelta(days=1)


def sweep(now: datetime | None = None) -> int:
    """Delete the files that no row names, a day after they were written; how many went. Safe to repeat."""
    storage, before = private_storage(), (now or timezone.now()) - YOUNGEST
    unnamed = [name for folder in _folders(storage) for name in _unnamed(storage, folder)]
    old = [name for name in unnamed if storage.get_modified_time(name) < before]
    for name in old:
        storage.delete(name)
    return len(old)


def _folders(storage: Storage) -> Iterator[str]:
    """Those that `random_name` spreads files over."""
    yield from storage.listdir("")[0] if storage.exists("") else ()


def _unnamed(storage: Storage, folder: str) -> list[str]:
    """A picture's small copy goes with the picture."""
    there = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    named: set[str] = set()
    for model in file_models():
        rows = model._base_manager.filter(stored__startswith=f"{folder}/")
        named.update(rows.values_list("stored", flat=True))
    return [name for name in there if name.removesuffix(SMALL) not in named]
