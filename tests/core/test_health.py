import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from core import outbox, periodic
from core.models import LastRun, OutboxItem
from core.registry import Registry

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]


@pytest.fixture
def beating() -> None:
    """A worker that showed itself just now, and did what comes round."""
    for name in (periodic.BEAT, "publish-scheduled"):
        LastRun.objects.create(name=name, at=timezone.now())


@contextmanager
def database_away() -> Iterator[None]:
    def fail(execute: object, sql: str, *args: object) -> None:
        raise OperationalError("could not connect to server: secret-host")

    with connection.execute_wrapper(fail):
        yield


def test_all_is_well_while_the_worker_beats(client: Client, beating: None) -> None:
    response = client.get("/health/")
    parts = response.json()
    assert response.status_code == 200
    assert parts.pop("status") == "ok"
    assert set(parts) == {"database", "worker", "outbox", "publishing", "storage", "scanner"}
    assert all(part["ok"] for part in parts.values())
    assert parts["worker"]["seconds_ago"] < 5


def test_a_worker_that_stopped_beating_shows(client: Client, beating: None) -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    LastRun.objects.filter(name=periodic.BEAT).update(at=long_ago)
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json()["status"] == "trouble"
    assert response.json()["worker"]["ok"] is False


def test_a_worker_that_never_came_shows(client: Client) -> None:
    worker = client.get("/health/").json()["worker"]
    assert worker == {"ok": False, "last_beat": None, "seconds_ago": None}


def test_publishing_that_no_longer_runs_shows(client: Client, beating: None) -> None:
    LastRun.objects.filter(name="publish-scheduled").update(at=timezone.now() - timedelta(minutes=10))
    assert client.get("/health/").json()["publishing"]["ok"] is False


def test_a_sign_in_code_that_waits_too_long_shows(
    client: Client, beating: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: Registry[outbox.Kind] = Registry("outbox kinds")
    kinds.register("code", outbox.Kind("code", lambda item: None, secret=True))
    kinds.register("letter", outbox.Kind("letter", lambda item: None))
    monkeypatch.setattr(outbox, "kinds", kinds)
    OutboxItem.objects.create(kind="letter", created_at=timezone.now() - timedelta(hours=1))
    assert client.get("/health/").json()["outbox"] == {
        "ok": True,
        "backlog": 1,
        "dead": 0,
        "oldest_code_seconds": None,
    }

    OutboxItem.objects.create(kind="code", created_at=timezone.now() - timedelta(seconds=90))
    found = client.get("/health/").json()["outbox"]
    assert found["ok"] is False
    assert found["oldest_code_seconds"] == pytest.approx(90, abs=2)


def test_without_its_database_it_says_503_and_still_answers(client: Client) -> None:
    with database_away():
        response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["database"] == {"ok": False}
    assert "secret-host" not in response.text


def test_a_folder_that_cannot_be_written_shows(
    client: Client, beating: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert client.get("/health/").json()["storage"] == {"ok": False}


def test_the_folder_need_not_exist_before_the_first_file(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    private = {
        "BACKEND": "core.private_files.PrivateStorage",
        "OPTIONS": {"location": tmp_path / "not" / "yet"},
    }
    settings.STORAGES = settings.STORAGES | {"private": private}
    assert client.get("/health/").json()["storage"] == {"ok": True}


def test_a_scanner_that_is_away_shows(client: Client, beating: None, settings: Settings) -> None:
    settings.CLAMD = "127.0.0.1:9"
    assert client.get("/health/").json()["scanner"] == {"ok": False, "state": "silent"}


def test_it_tells_no_secrets_and_nothing_of_anybody(
    client: Client, beating: None, settings: Settings
) -> None:
    OutboxItem.objects.create(kind="code", payload={"person": str(uuid.uuid4()), "code": "123456"})
    told = json.dumps(client.get("/health/").json())
    assert "123456" not in told
    assert settings.SECRET_KEY not in told
