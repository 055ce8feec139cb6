"""docs/security.md says what shows each line: those tests exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 40
    assert named - written == set()


def test_every_file_and_decision_that_the_page_names_exists() -> None:
    paths = re.findall(r"`((?:accounts|core|docs|tests)/[\w./-]+)`", PAGE)
    assert [path for path in paths if not any((ROOT / top / path).exists() for top in ("", "site"))] == []
    decisions = re.findall(r"decision page `([\w-]+)`", PAGE)
    assert [name for name in decisions if not (ROOT / "docs" / "decisions" / f"{name}.md").exists()] == []
