"""The virus scanner: clamd at settings.CLAMD."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

Answer = TypeVar("Answer")


class ScannerSilent(Exception):
    """It is away, or did not answer in time."""


def ask_scanner(question: Callable[[Any], Answer], *, timeout: int) -> Answer:
    """What `question` gets out of clamd within `timeout` seconds. Raises ScannerSilent."""
    # Its pkg_resources takes 12 MB in each process, and most installations have no scanner.
    import clamd

    host, _colon, port = settings.CLAMD.rpartition(":")
    try:
        return question(clamd.ClamdNetworkSocket(host, int(port), timeout=timeout))
    except (clamd.ClamdError, OSError) as error:
        raise ScannerSilent from error
