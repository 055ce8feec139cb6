"""Whether the parts that the portal stands on are well: for whoever watches it, and nothing secret in it."""

import os
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import Error, connection
from django.db.models import Count, Min, Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import outbox, periodic
from core.models import LastRun, OutboxItem
from core.scanner import ScannerSilent, ask_scanner

# Seconds. A worker beats every few; after this long without, somebody should look.
BEAT_TOO_OLD = 60
PUBLISHING_TOO_OLD = 300
CODE_TOO_OLD = 60
# Seconds for which the scanner's answer is kept: this page is public, and asking costs a connection.
SCANNER_KEPT = 15
SCANNER_TIMEOUT = 2

Part = dict[str, Any]


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Each part with `ok` and what is known of it; 503 where the database does not answer, else 200."""
    now = timezone.now()
    parts: dict[str, Part] = {"database": _database(), "storage": _storage(), "scanner": _scanner()}
    if parts["database"]["ok"]:
        parts |= {"worker": _worker(now), "outbox": _outbox(now), "publishing": _publishing(now)}
    well = all(part["ok"] for part in parts.values())
    status = HTTPStatus.OK if parts["database"]["ok"] else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ok" if well else "trouble", **parts}, status=status)


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return {"ok": False}
    return {"ok": True}


def _worker(now: datetime) -> Part:
    return _last_run(periodic.BEAT, now, BEAT_TOO_OLD, "last_beat")


def _publishing(now: datetime) -> Part:
    return _last_run("publish-scheduled", now, PUBLISHING_TOO_OLD, "last_run")


def _last_run(name: str, now: datetime, too_old: int, label: str) -> Part:
    at = LastRun.objects.filter(name=name).values_list("at", flat=True).first()
    age = _seconds(at, now)
    return {"ok": age is not None and age <= too_old, label: at, "seconds_ago": age}


def _outbox(now: datetime) -> Part:
    codes = [name for name, kind in outbox.kinds.items() if kind.secret]
    waiting = Q(state=OutboxItem.State.WAITING)
    found = OutboxItem.objects.aggregate(
        backlog=Count("pk", filter=waiting & Q(due__lte=now)),
        dead=Count("pk", filter=Q(state=OutboxItem.State.DEAD)),
        oldest_code=Min("created_at", filter=waiting & Q(kind__in=codes)),
    )
    age = _seconds(found.pop("oldest_code"), now)
    return {"ok": age is None or age <= CODE_TOO_OLD, **found, "oldest_code_seconds": age}


def _storage() -> Part:
    folder = Path(storages["private"].path(""))
    # The folder is made with the first file.
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return {"ok": os.access(there, os.W_OK)}


def _scanner() -> Part:
    if not settings.CLAMD:
        return {"ok": True, "state": "none"}
    state = cache.get_or_set("core.health.scanner", _ask_scanner, SCANNER_KEPT)
    return {"ok": state == "answers", "state": state}


def _ask_scanner() -> str:
    try:
        ask_scanner(lambda clamd: clamd.ping(), timeout=SCANNER_TIMEOUT)
    except ScannerSilent:
        return "silent"
    return "answers"


def _seconds(at: datetime | None, now: datetime) -> int | None:
    return int((now - at).total_seconds()) if at else None
