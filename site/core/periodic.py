"""Work that comes round: a row says when each piece last ran, so that a night missed is caught up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from core.models import LastRun
from core.registry import Registry

logger = logging.getLogger(__name__)

# The row by which /health/ tells that a worker is alive. It is written anew when it is this many seconds old.
BEAT = "beat"
BEAT_SECONDS = 10
# Seconds after which work that failed is tried again, where its own time is longer.
AFTER_FAILURE = 300


@dataclass(frozen=True)
class Work:
    """`run` is called every `seconds`. It is quick, since sign-in codes wait behind it, and may be repeated."""

    name: str
    seconds: int
    run: Callable[[], object]


periodic: Registry[Work] = Registry("periodic work")


def run_due(works: Registry[Work] = periodic) -> list[str]:
    """Run the work whose time has come, and answer its names.

    What fails is logged and tried again in a few minutes; the rest goes on.
    """
    now = timezone.now()
    ran = dict(LastRun.objects.values_list("name", "at"))
    _take_turn(BEAT, BEAT_SECONDS, ran.get(BEAT), now)
    due = [work for work in works.values() if _take_turn(work.name, work.seconds, ran.get(work.name), now)]
    for work in due:
        try:
            work.run()
        except Exception as error:  # One piece of work must not stop the others.
            logger.error("Periodic work %s failed: %s", work.name, type(error).__name__)
            soon = now - timedelta(seconds=max(work.seconds - AFTER_FAILURE, 0))
            LastRun.objects.filter(name=work.name).update(at=soon)
    return [work.name for work in due]


def _take_turn(name: str, seconds: int, last: datetime | None, now: datetime) -> bool:
    """Whether it is time for `name`, and this worker is the one to do it: of two that try, one changes the row."""
    if last is None:
        return LastRun.objects.get_or_create(name=name, defaults={"at": now})[1]
    if last > now - timedelta(seconds=seconds):
        return False
    return bool(LastRun.objects.filter(name=name, at=last).update(at=now))


def last_beat() -> datetime | None:
    """When a worker last showed that it is alive."""
    return LastRun.objects.filter(name=BEAT).values_list("at", flat=True).first()
