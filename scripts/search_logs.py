"""Search what a run of the tests logged for what it gave out: exit 1 where a secret, an address or a name is found.

    python scripts/search_logs.py FOLDER

FOLDER holds, of each worker, `<worker>.log` and `<worker>.given-out` (`tests/given_out.py`). A search that finds
nothing where something was planted proves nothing: it plants a line of each kind in a copy first.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Names of people that the tests make up and use nowhere else.
MARKERS = ("Zebrax", "Quaggafield", "Bloggs")
_ADDRESS = re.compile(r"[\w.+-]++@[\w-]++\.\w[\w.-]*")
# Of the addresses, what is none: Celery's names of its workers have no dot.
_DIGITS = re.compile(r"(?<![\w.-])\d{6}(?![\w-])")
_WORDS = re.compile(r"[A-Za-z0-9_:.=@+-]{8,}")


def found_in(line: str, given_out: frozenset[str]) -> Iterator[str]:
    """What of that stands in a line: of a secret its kind alone is said."""
    if _ADDRESS.search(line):
        yield "an email address"
    if any(digits in given_out for digits in _DIGITS.findall(line)):
        yield "a security code"
    words = set(_WORDS.findall(line)) | {
        part for word in _WORDS.findall(line) for part in re.split(r"[=:.]", word)
    }
    if not given_out.isdisjoint(words):
        yield "a token or a one-time password"
    yield from (f"the name {name}" for name in MARKERS if name.casefold() in line.casefold())


def search(lines: Iterable[str], given_out: frozenset[str]) -> list[tuple[int, str]]:
    """(number of the line, what stands in it)."""
    return [(number, what) for number, line in enumerate(lines, 1) for what in found_in(line, given_out)]


def main(folder: Path) -> int:
    notes = [line for file in folder.glob("*.given-out") for line in file.read_text("utf-8").splitlines()]
    given_out = frozenset(json.loads(line) for line in notes)
    logs = sorted(folder.glob("*.log"))
    code = next((secret for secret in given_out if re.fullmatch(r"\d{6}", secret)), "")
    planted = [f"x {code} x", "for sam@example.org", f"of {MARKERS[0]}"]
    if len(search(planted, given_out)) < len(planted) or not logs:
        print("*** THE SEARCH OF THE LOGS FINDS NOT EVEN WHAT WAS PLANTED ***")
        return 1
    faults = 0
    for log in logs:
        with log.open(encoding="utf-8", errors="replace") as file:
            for number, what in search(file, given_out):
                print(f"{log}:{number}: {what}")
                faults += 1
    size = sum(log.stat().st_size for log in logs) // 1024
    print(f"{len(given_out)} secrets and addresses looked for in {size} kB of logs: {faults or 'none'} found")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
