"""What a run of the tests gave out and must stand in no log: codes, tokens, one-time passwords, addresses, names.

With SCHOOLBAG_TEST_LOGS, a folder, each worker of a run writes there what it logs at any level
(`config.settings.test`) and, here, what it put into letters and into the outbox as secrets. `make test` then has
`scripts/search_logs.py` look for the second in the first.
"""

import functools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from core import mail, outbox

FOLDER = os.environ.get("SCHOOLBAG_TEST_LOGS", "")
_LINK = re.compile(r"https?://[^\s/]+(/\S*)")
_TOKEN = re.compile(r"[A-Za-z0-9_:.=-]{20,}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_SECRET = re.compile(r"(?=.*\d)[\w-]{6,}")
_ONE_TIME = re.compile(r"^[A-Z0-9]{4}(?:[ -][A-Z0-9]{4})+$", re.M)


def watch() -> None:
    """From now on, write down what this worker gives out. The functions do what they always do."""
    if FOLDER:
        mail.send = _and_note(mail.send, lambda said: _of_letter(said["to"], said["subject"], said["body"]))
        outbox.put = _and_note(outbox.put, _of_item)


def _and_note(function: Callable[..., Any], given: Callable[[dict[str, Any]], Iterator[str]]) -> Any:
    names = function.__code__.co_varnames

    @functools.wraps(function)
    def noted(*args: Any, **kwargs: Any) -> Any:
        _note(given(dict(zip(names, args, strict=False)) | kwargs))
        return function(*args, **kwargs)

    return noted


def _note(secrets: Iterator[str]) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (Path(FOLDER) / f"{worker}.given-out").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(secret) + "\n" for secret in secrets if secret)


def _of_letter(to: str, subject: str, body: str) -> Iterator[str]:
    yield to
    yield from _CODE.findall(subject)
    yield from (match.replace(" ", "") for match in _ONE_TIME.findall(body))
    for path in _LINK.findall(body):
        yield from (part for part in _TOKEN.findall(path) if not _UUID.search(part))


def _of_item(said: dict[str, Any]) -> Iterator[str]:
    """The code or token of an item whose payload is a secret."""
    kind = said["kind"]
    if kind in outbox.kinds and outbox.kinds.get(kind).secret:
        values = (
            value for key, value in said["payload"].items() if isinstance(value, str) and key != "sent_at"
        )
        # A plain word ("code") is no secret; a date, a template's name neither.
        yield from (value for value in values if _SECRET.fullmatch(value) and not _UUID.fullmatch(value))
