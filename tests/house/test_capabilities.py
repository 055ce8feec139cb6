"""The table of capabilities is held against the tests."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
ROW = re.compile(r"^\| ([ABC]\d+) \|[^|]+\|([^|]+)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
TABLE = (ROOT / "docs/capabilities.md").read_text("utf-8")
ROWS = {row[0]: row[1:] for row in ROW.findall(TABLE)}


def marked() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for call in re.findall(r"capability\(([^)]*)\)", path.read_text("utf-8")):
            found |= set(re.findall(r"[ABC]\d+", call))
    return found


def test_every_capability_has_a_row() -> None:
    wanted = [
        f"{letter}{n}" for letter, most in (("A", 34), ("B", 34), ("C", 36)) for n in range(1, most + 1)
    ]
    assert list(ROWS) == wanted


def test_what_is_said_to_work_is_shown_by_a_test_that_exists() -> None:
    for capability, (state, where, shown) in ROWS.items():
        if not state.strip().startswith("works"):
            continue
        path = shown.strip().strip("`")
        assert (ROOT / path).exists(), f"{capability}: {path}"
        assert where.strip()
        assert capability in marked(), f"{capability} is said to work, and no test carries its id"


def test_what_is_not_there_is_not_claimed() -> None:
    for capability, (state, _where, _shown) in ROWS.items():
        assert re.match(r"(works|part: \S|not yet)", state.strip()), capability
