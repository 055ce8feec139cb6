"""Work that comes round: each piece has a row that says when it last ran, so that a night missed is caught up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from core.models import LastRun
from core.registry import Registry

logger = logging.getLogger(__name__)

# The row by which /health/ tells that a worker is alive, and how many seconds old it may be at the most when it is.
BEAT = "beat"
BEAT_SECONDS = 10
# Seconds after which work that failed is tried again, where its own time is longer.
AFTER_FAILURE = 300


@dataclass(frozen=True)
class Work:
    """`run` is called every `seconds`. It is quick (it shares the worker with sign-in codes), and may be repeated."""

    name: str
    seconds: int
    run: Callable[[], object]


periodic: Registry[Work] = Registry("periodic work")


def run_due(works: Registry[Work] = periodic) -> list[str]:
    """Run the work whose time has come, and answer its names. What fails is logged and tried again, the rest goes on."""
    now = timezone.now()
    take_turn(BEAT, BEAT_SECONDS, now)
    due = [work for work in works.values() if take_turn(work.name, work.seconds, now)]
    for work in due:
        try:
            work.run()
        except Exception as error:  # One piece of work must not stop the others.
            logger.error("Periodic work %s failed: %s", work.name, type(error).__name__)
            soon = now - timedelta(seconds=max(work.seconds - AFTER_FAILURE, 0))
            LastRun.objects.filter(name=work.name).update(at=soon)
    return [work.name for work in due]


def take_turn(name: str, seconds: int, now: datetime) -> bool:
    """Whether it is time for `name`, and whether this worker is the one to do it (one statement: two cannot both be)."""
    if LastRun.objects.filter(name=name, at__gt=now - timedelta(seconds=seconds)).exists():
        return False
    taken = LastRun.objects.filter(name=name, at__lte=now - timedelta(seconds=seconds)).update(at=now)
    return bool(taken) or LastRun.objects.get_or_create(name=name, defaults={"at": now})[1]


def last_beat() -> datetime | None:
    """When a worker last showed that it is alive."""
    return LastRun.objects.filter(name=BEAT).values_list("at", flat=True).first()
