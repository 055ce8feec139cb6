"""Make the virtual environment, install the pinned requirements, fetch the front end's files.

Uses the standard library alone: it runs before anything is installed. What is up to date already is left alone, so
a second run costs a fraction of a second; an interrupted one begins its unfinished step anew.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: str | Path) -> None:
    try:
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT)
    except subprocess.CalledProcessError as error:
        sys.exit(
            f"This step failed: {' '.join(str(part) for part in command)}\n(exit {error.returncode}). Run it again."
        )


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def make_environment() -> None:
    if (BIN / "python").exists() and (BIN / "pip").exists():
        return
    say("Making the virtual environment")
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install(files: list[Path]) -> None:
    """Install what `files` pin, unless the stamp says that it is there. uv is three times as fast as pip."""
    stamp = VENV / f"installed-{files[-1].stem}"
    wanted = digest(*files)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    began = time.monotonic()
    say(f"Installing {', '.join(file.name for file in files)} (under a minute on a usual connection)")
    requirements = [part for file in files for part in ("-r", file)]
    if not (BIN / "uv").exists():
        run(BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    # Compiled here, on all cores: else the first start compiles 2,500 modules, in three processes at once.
    uv = (BIN / "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", BIN / "python")
    run(*uv, *requirements)
    stamp.write_text(wanted)
    say(f"Installed in {time.monotonic() - began:.0f} s")


def main() -> None:
    if sys.version_info[:2] != (3, 11):
        sys.exit(
            f"Schoolbag runs on Python 3.11; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11"
        )
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="what tests and checks need, too")
    wanted = parser.parse_args()
    make_environment()
    install([ROOT / ("requirements-dev.txt" if wanted.dev else "requirements.txt")])
    if not shutil.which("npm"):
        install([ROOT / "requirements-assets.txt"])
    run(BIN / "python", ROOT / "scripts" / "assets.py")


if __name__ == "__main__":
    main()
