"""What somebody signs in with, in the words that she knows it by: "Chrome on Windows".

Read from what the browser says of itself, which can be anything: only the names below ever come out.
"""

import re
from typing import NamedTuple

# Longer ones are made up.
LONGEST = 500

# The first that is found is meant: most browsers also name those that they descend from.
_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\b(OPR|OPiOS|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("DuckDuckGo", r"\b(DuckDuckGo|Ddg)/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/"),
    ("Safari", r"\bVersion/.*\bSafari/"),
)
_SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Chromebook", r"\bCrOS\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


class Device(NamedTuple):
    """The names of a browser and of what it runs on; "" where they are not known."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device:
    """What the header `User-Agent` says."""
    said = user_agent[:LONGEST]
    return Device(_first(_BROWSERS, said), _first(_SYSTEMS, said))


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, said)), "")
