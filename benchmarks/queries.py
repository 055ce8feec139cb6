"""Queries of a step opened and saved, on a warm site: `python -m benchmarks.queries` prints them as JSON."""

import json

import django


def main() -> None:
    django.setup()
    from benchmarks.scenarios import portal
    from tests.queries import counted_queries

    counts = {}
    for name, scenario in (("open", portal.page), ("save", portal.save)):
        once = scenario()
        once()
        with counted_queries() as queries:
            once()
        counts[name] = len(queries)
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
