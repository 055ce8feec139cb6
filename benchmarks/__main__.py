"""`make bench`: measure, print a table, keep the figures. ARGS="B1 B5" measures only those.

DATABASE_URL says on which kind of database; BENCH_SECONDS how long B18 writes (60).
"""

import os
import sys
from collections.abc import Callable
from dataclasses import asdict

from benchmarks import cpu, guessing, load, report, starting, writers
from benchmarks.compared import Compared
from benchmarks.known_addresses import PAGES, Pair
from benchmarks.place import Place, scratch
from benchmarks.report import Figure


def b1(place: Place) -> list[Figure]:
    return [_figure("B1", load.step_saved(place))]


def b2(place: Place) -> list[Figure]:
    counts = place.ask("benchmarks.queries")
    return [Figure("B2-open", counts["open"]), Figure("B2-save", counts["save"])]


def b3(place: Place) -> list[Figure]:
    return [_ratio(place, "B3", "portal.save", "peers.wizard_save")]


def b4(place: Place) -> list[Figure]:
    return [_ratio(place, "B4", "portal.save_and_next", "peers.wizard_save")]


def b5(place: Place) -> list[Figure]:
    return [_ratio(place, "B5", "portal.page", "bare.page")]


def b6(place: Place) -> list[Figure]:
    return [_ratio(place, "B6", "portal.page", "peers.form_page")]


def b7(place: Place) -> list[Figure]:
    return [
        _ratio(place, "B7", "long.save_last_of_60", "long.save_first_of_60"),
        _ratio(place, "B7-open", "long.page_of_100", "long.page_of_6"),
        _ratio(place, "B7-save", "long.save_of_100", "long.save_of_6"),
    ]


def _ratio(place: Place, id: str, product: str, other: str) -> Figure:
    """CPU of a request of the product as a ratio of another's."""
    return _figure(id, cpu.compared(place, product, other))


def _figure(id: str, compared: Compared) -> Figure:
    return Figure(id, compared.ratio, compared.parts)


def b18(place: Place) -> list[Figure]:
    seconds = float(os.environ.get("BENCH_SECONDS", "60"))
    written = writers.together(place, seconds)
    parts = {"saves": written.saves, "seconds": seconds}
    return [Figure("B18-locked", written.locked, parts), Figure("B18-wait", written.longest, parts)]


def b19(place: Place) -> list[Figure]:
    took = place.ask("benchmarks.rules")
    return [Figure(f"B19-{name}", took[name]) for name in ("rules", "walk")]


def b21(place: Place) -> list[Figure]:
    took = place.ask("benchmarks.editor")
    return [Figure(f"B21-{name}", took[name]) for name in ("seconds", "queries")]


def b22(place: Place) -> list[Figure]:
    short, long = place.ask("benchmarks.pdfs", "rows")
    took = place.ask("benchmarks.pdfs", str(short), str(long))
    return [Figure(f"B22-{name}", took[name]) for name in ("warm", "first", "long")]


def b25(place: Place) -> list[Figure]:
    booted = starting.site(place)
    return [Figure("B25-boot", booted.seconds), Figure("B25-memory", booted.megabytes)]


def b26(place: Place) -> list[Figure]:
    first, again = starting.make_run(place)
    return [Figure("B26-again", again), Figure("B26-first", first)]


def b27(place: Place) -> list[Figure]:
    return [_apart(f"B27-{page}", place.ask("benchmarks.known_addresses", page)) for page in PAGES]


def _apart(id: str, pairs: list[Pair]) -> Figure:
    """By how many percent the answers to known and unknown addresses differ, in the medians of their times."""
    times, processor = (Compared([(known[i], unknown[i]) for known, unknown in pairs], "s") for i in (0, 1))
    apart = [abs(of.medians[0] / of.medians[1] - 1) * 100 for of in (times, processor)]
    parts = times.parts | {"processor": processor.parts, "processor apart": apart[1]}
    return Figure(id, apart[0] if times.ratio is not None else None, parts)


def b28(place: Place) -> list[Figure]:
    found = guessing.under_guesses(place)
    parts = asdict(found)
    return [
        Figure("B28-in", int(found.came_in), parts),
        Figure("B28-first", found.first if found.is_known else None, parts),
        Figure("B28-wait", found.longest if found.is_known else None, parts),
        Figure("B28-share", found.share, parts),
        Figure("B28-rows", found.rows, parts),
        Figure("B28-memory", found.megabytes, parts),
    ]


MEASURES: dict[str, Callable[[Place], list[Figure]]] = {
    "B1": b1,
    "B2": b2,
    "B3": b3,
    "B4": b4,
    "B5": b5,
    "B6": b6,
    "B7": b7,
    "B18": b18,
    "B19": b19,
    "B21": b21,
    "B22": b22,
    "B25": b25,
    "B26": b26,
    "B27": b27,
    "B28": b28,
}


def main() -> None:
    wanted = sys.argv[1:] or list(MEASURES)
    if unknown := [name for name in wanted if name not in MEASURES]:
        sys.exit(f"No such figure: {', '.join(unknown)}. There are {', '.join(MEASURES)}.")
    figures: list[Figure] = []
    with scratch() as place:
        _say(f"Preparing a scratch site on {place.kind} in {place.folder}")
        for site in ("portal", "floors", "peers"):
            place.ask("benchmarks.prepare", site)
        for name in wanted:
            _say(f"Measuring {name}")
            figures += MEASURES[name](place)
        file = report.keep(figures, place)
        print(report.table(figures, place.kind))
        _say(f"Kept in {file}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
