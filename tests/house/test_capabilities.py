"""The table of capabilities is held against the tests."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
ROW = re.compile(r"^\| ([ABC]\d+) \|[^|]+\|([^|]+)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
TABLE = (ROOT / "docs/capabilities.md").read_text("utf-8")
ROWS = {row[0]: row[1:] for row in ROW.findall(TABLE)}


def marked(path: Path) -> set[str]:
    """The ids that the tests of a file carry."""
    calls = re.findall(r"capability\(([^)]*)\)", path.read_text("utf-8"))
    return {capability for call in calls for capability in re.findall(r"[ABC]\d+", call)}


def test_every_capability_has_a_row() -> None:
    wanted = [
        f"{letter}{n}" for letter, most in (("A", 34), ("B", 34), ("C", 36)) for n in range(1, most + 1)
    ]
    assert list(ROWS) == wanted


def test_what_is_claimed_is_shown_by_the_test_that_the_row_names() -> None:
    for capability, (state, where, shown) in ROWS.items():
        if state.strip() == "not yet":
            assert not where.strip()
            assert not shown.strip()
            continue
        path = ROOT / shown.strip().strip("`")
        assert path.is_file(), f"{capability}: {shown}"
        assert where.strip(), f"{capability} is nowhere"
        assert capability in marked(path), f"no test in {shown} carries {capability}"


def test_every_id_that_a_test_carries_is_claimed() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for capability in marked(path):
            assert ROWS[capability][0].strip() != "not yet", f"{path.name} carries {capability}"


def test_what_is_not_there_is_not_claimed() -> None:
    for capability, (state, _where, _shown) in ROWS.items():
        assert re.match(r"(works|part: \S|not yet)", state.strip()), capability
