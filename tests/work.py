"""Work that is counted, not timed: a slow machine fails no test, and a flood ends in a failure, not in a wait."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest


@contextmanager
def at_most(lines: int) -> Iterator[None]:
    """Fails what runs in here at once where it goes through more than so many lines of Python."""
    done, before = 0, sys.gettrace()

    def count(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal done
        done += event == "line"
        if done > lines:
            pytest.fail(f"More than {lines:,} lines of Python, now in {frame.f_code.co_name}")
        return count

    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)
