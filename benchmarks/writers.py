"""Two processes of eight threads, each thread saving a step of its own draft without a pause.

`python -m benchmarks.writers 0 60` is the first process, for 60 s: it prints saves, lost saves, the longest wait in s.
"""

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

PROCESSES, THREADS = 2, 8


@dataclass
class Written:
    saves: int = 0
    locked: int = 0
    longest: float = 0.0


def _write(draft: str, start: threading.Barrier, seconds: float, written: Written) -> None:
    from django.db import OperationalError, connection

    from core.dates import today
    from forms_engine import drafts
    from forms_engine.models import Party

    found = Party.objects.select_related("draft__assignment")
    place = ("draft-plan", "")
    start.wait()
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        try:
            filling = drafts.load(found.get(draft=draft), today())
            row = filling.row(*place)
            drafts.save(filling, place, {"missing": f"{row.rev}: " + "Some words. " * 20}, row.rev)
            written.saves += 1
        except OperationalError:
            written.locked += 1
        written.longest = max(written.longest, time.monotonic() - began)
    connection.close()


def main() -> None:
    import django

    django.setup()
    from benchmarks import seats

    number, seconds = int(sys.argv[1]), float(sys.argv[2])
    mine = seats.taken("portal")[number * THREADS : (number + 1) * THREADS]
    made, start = [Written() for _ in mine], threading.Barrier(THREADS)
    threads = [
        threading.Thread(target=_write, args=(seat.draft, start, seconds, written))
        for seat, written in zip(mine, made, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Written(
        sum(each.saves for each in made),
        sum(each.locked for each in made),
        max(each.longest for each in made),
    )
    print(json.dumps(asdict(total)))


def together(place: Any, seconds: float) -> Written:
    """What all processes wrote, started at the same time."""
    import subprocess

    processes = [
        place.start("benchmarks.writers", str(number), str(seconds), stdout=subprocess.PIPE)
        for number in range(PROCESSES)
    ]
    said = [Written(**json.loads(process.communicate()[0].strip().splitlines()[-1])) for process in processes]
    return Written(
        sum(each.saves for each in said),
        sum(each.locked for each in said),
        max(each.longest for each in said),
    )


if __name__ == "__main__":
    main()
