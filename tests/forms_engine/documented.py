"""What `docs/form-definitions.md` says, for tests: its tables, and its example."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEXT = (Path(__file__).parents[2] / "docs" / "form-definitions.md").read_text(encoding="utf-8")


def example() -> dict[str, Any]:
    """The whole definition at the end of the page, afresh."""
    found = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def table(header: str) -> list[list[str]]:
    """The cells of the rows of the table whose first heading is `header`."""
    lines = TEXT.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header} |"))
    return list(_rows(lines[start + 2 :]))


def _rows(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def codes(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def values(cell: str) -> list[Any]:
    """The JSON between a cell's backticks; None for "nothing"."""
    return [*(json.loads(code) for code in codes(cell)), *([None] if "nothing" in cell else [])]
