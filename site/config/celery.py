"""The worker. `core.outbox` holds what is to be done; messages to the worker only say "look now".

Embedded (the filesystem broker): one worker that wakes itself by a timer, started with
`celery -A config.celery worker -P solo --without-gossip --without-mingle --without-heartbeat`.
With a real broker: any number of workers, and one `celery -A config.celery beat`.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

TICK = "core.tasks.tick"
TICK_SECONDS = 2.0

app = Celery("schoolbag")
app.conf.update(settings.CELERY)
app.conf.broker_connection_timeout = 2
# The log keeps to settings.LOGGING, which takes addresses out of it.
app.conf.worker_hijack_root_logger = False
app.autodiscover_tasks()
app.set_default()


class Ticker(bootsteps.StartStopStep):
    """The timer inside an embedded worker. A beat process of its own would live on when the worker is killed."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker: Any) -> None:
        # A worker at a long delivery finds its ticks run out instead of piled up.
        self.timer = worker.timer.call_repeatedly(
            TICK_SECONDS, lambda: app.send_task(TICK, expires=2 * TICK_SECONDS), ()
        )

    def stop(self, worker: Any) -> None:
        self.timer.cancel()


if app.conf.broker_url.startswith("filesystem:"):
    TRANSPORT_ALIASES["filesystem"] = "core.spool:Transport"
    for folder in set(app.conf.broker_transport_options.values()):
        Path(folder).mkdir(parents=True, exist_ok=True)
    # Seconds between two looks at the queue's folder. A person waits for her code.
    app.conf.broker_transport_options["polling_interval"] = 0.2
    app.steps["worker"].add(Ticker)
else:
    # A page that wakes the worker tries once: where the broker is away, the next tick finds the work.
    app.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
    app.conf.beat_schedule = {
        TICK: {"task": TICK, "schedule": TICK_SECONDS, "options": {"expires": 2 * TICK_SECONDS}}
    }
