"""What was measured, beside the goals: a table to read, and JSON to keep."""

import datetime as dt
import json
import os
import platform
import subprocess
import tomllib
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.place import ROOT, Place

TOO_NOISY = "too noisy, run again"
PACKAGES = ("django", "wagtail", "granian", "psycopg", "typst")


@dataclass(frozen=True)
class Figure:
    """One figure of goals.toml. `now` is None where the machine was too busy to say; `parts` is what it was made of."""

    id: str
    now: float | None
    parts: dict[str, Any] = field(default_factory=dict)


def goals() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / "benchmarks" / "goals.toml").read_text())


def _goal(value: Any, kind: str) -> float:
    return float(value[kind] if isinstance(value, dict) else value)


def row(figure: Figure, goal: dict[str, Any], kind: str) -> str:
    must, reach = _goal(goal["must"], kind), _goal(goal["reach"], kind)
    if figure.now is None:
        return f"| {figure.id} | {goal['what']} | {must:g} | {reach:g} | {TOO_NOISY} | |"
    sign = 1 if goal["better"] == "more" else -1
    passed = (
        "reached"
        if sign * figure.now >= sign * reach
        else "yes"
        if sign * figure.now >= sign * must
        else "no"
    )
    return f"| {figure.id} | {goal['what']} | {must:g} | {reach:g} | {figure.now:.3g} | {passed} |"


def table(figures: list[Figure], kind: str) -> str:
    known = goals()
    lines = ["| id | what | must | reach for | now | pass |", "|---|---|---|---|---|---|"]
    return "\n".join(lines + [row(figure, known[figure.id], kind) for figure in figures])


def keep(figures: list[Figure], place: Place) -> Path:
    """Write the run to var/bench/, under its moment."""
    now = dt.datetime.now(dt.UTC)
    file = ROOT / "var" / "bench" / f"{now:%Y%m%dT%H%M%S}-{place.kind}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    run = {"at": now.isoformat(timespec="seconds"), "database": place.kind, "machine": _machine()}
    run |= {"versions": {name: version(name) for name in PACKAGES}, "commit": _commit()}
    file.write_text(json.dumps(run | {"figures": [asdict(figure) for figure in figures]}, indent=1) + "\n")
    return file


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
    }


def _commit() -> str:
    """The last commit; with a plus where something is not committed."""
    said = [
        subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True).stdout.strip()
        for command in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    ]
    return said[0] + ("+" if said[1] else "")
