"""Everything that `make check` looks at. Runs them all, then fails if any did."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = [
    "core",
    "accounts",
    "schools",
    "families",
    "forms_engine",
    "casework",
    "guidance",
    "home",
    "config",
]

CHECKS = {
    "ruff": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types": [BIN / "mypy", *(arg for package in PACKAGES for arg in ("-p", package))],
    "imports": [BIN / "lint-imports", "--config", "pyproject.toml"],
    "templates": [BIN / "djhtml", "--check", "--tabwidth", "2", "templates"],
    "html": [BIN / "curlylint", "--quiet", "templates"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": [sys.executable, "manage.py", "check"],
}


def main() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        print(
            f"{name:<11} {'ok' if done.returncode == 0 else 'FAILED':<7} {time.monotonic() - began:5.1f} s",
            flush=True,
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    if failed:
        sys.exit(f"make check: {', '.join(failed)} failed")


if __name__ == "__main__":
    main()
