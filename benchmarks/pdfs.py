"""PDFs of answers: `python -m benchmarks.pdfs` prints ms of the first of a process, of a warm one, and of a long one.

The number of rows that fills so many pages is found in a process before (`python -m benchmarks.pdfs rows`).
"""

import io
import json
import statistics
import sys
import time
from typing import Any

SHORT, LONG = 3, 50
WARM_TIMES, LONG_TIMES = 15, 3
_WORDS = "The plan says a group of eight; please change it to a group of four, as the report says. "


def _data(rows: int, number: int) -> dict[str, Any]:
    """Answers as they are printed. `number` makes each document another one: typst remembers what it has set."""
    answers = [
        {
            "asked": f"What should we change in part {row}?",
            "said": [f"{number}.{row}: {_WORDS * 3}"],
            "empty": False,
            "table": None,
        }
        for row in range(rows)
    ]
    labels = {"reference": "Reference", "sent": "", "question": "Question", "answer": "Answer"}
    return {
        "lang": "en-gb",
        "title": "Parental Preference Form",
        "council": "Example Council",
        "whose": "About Ada",
        "reference": "PPF-1234-5678",
        "sent": "Sent on 30 January 2023 at 7:52pm.",
        "notice": "",
        "labels": labels | {"none": "Not answered", "page": "Page", "of": "of"},
        "sections": [
            {"title": f"Section {start // 10 + 1}", "rows": answers[start : start + 10], "items": []}
            for start in range(0, rows, 10)
        ],
    }


def _pages(rows: int) -> int:
    import pikepdf

    from core.pdf import render

    return len(pikepdf.open(io.BytesIO(render("answers", _data(rows, 0)))).pages)


def rows_for(pages: int) -> int:
    """The most rows that stand on so many pages."""
    rows = pages * 5
    while _pages(rows) <= pages:
        rows += pages
    while _pages(rows) > pages:
        rows -= 1
    return rows


def _milliseconds(rows: int, number: int) -> float:
    from core.pdf import render

    began = time.perf_counter()
    render("answers", _data(rows, number))
    return (time.perf_counter() - began) * 1000


def measure(short: int, long: int) -> dict[str, float]:
    first = _milliseconds(short, 1)
    return {
        "first": first,
        "warm": statistics.median(_milliseconds(short, number) for number in range(2, 2 + WARM_TIMES)),
        "long": statistics.median(_milliseconds(long, number) for number in range(100, 100 + LONG_TIMES)),
    }


def main() -> None:
    import django

    django.setup()
    if sys.argv[1] == "rows":
        print(json.dumps([rows_for(SHORT), rows_for(LONG)]))
    else:
        print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
