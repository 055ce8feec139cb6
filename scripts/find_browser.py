"""Say in one loud line when the tests that need a browser will be skipped, and how to get one."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser() -> str | None:
    """The path of the system's Chromium or Chrome; None where there is none. CHROMIUM names another."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


if __name__ == "__main__":
    if not browser():
        print(
            "*** NO CHROMIUM OR CHROME: THE BROWSER TESTS ARE SKIPPED. Debian: apt-get install chromium ***"
        )
        sys.exit(1 if os.environ.get("BROWSER_REQUIRED") else 0)
