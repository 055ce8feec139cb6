"""One WSGI application in a process of its own. `round N` on standard input answers with the CPU ms of a request.

Started by `benchmarks.cpu` as `python -m benchmarks.cpu_worker bare.page`: a function of a module of
`benchmarks.scenarios` that sets up and returns one request.
"""

import importlib
import sys
import time
from collections.abc import Callable


def main() -> None:
    module, name = sys.argv[1].split(".")
    scenario = importlib.import_module(f"benchmarks.scenarios.{module}")
    one: Callable[[], None] = getattr(scenario, name)()
    for _ in range(20):
        one()
    print("ready", flush=True)
    for line in sys.stdin:
        count = int(line.split()[1])
        began = time.process_time()
        for _ in range(count):
            one()
        print((time.process_time() - began) * 1000 / count, flush=True)


if __name__ == "__main__":
    main()
