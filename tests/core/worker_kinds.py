"""A kind of outbox item for a real worker, which loads it by `celery worker --include`.

It sends an email, and stops before or after that for as long as a file called "hold-before" or "hold-after" stands in
the payload's folder: long enough to be killed there.
"""

from pathlib import Path
from threading import Event

from core import mail
from core.models import OutboxItem
from core.outbox import Kind, kinds

NAME = "test-email"


def deliver(item: OutboxItem) -> None:
    folder = Path(item.payload["folder"])
    _stop_at("before", folder)
    mail.send(key=str(item.id), to="sam.parent@example.org", subject="Something has come", body="Sign in.")
    _stop_at("after", folder)


def _stop_at(place: str, folder: Path) -> None:
    if (folder / f"hold-{place}").exists():
        (folder / "here").touch()
        Event().wait()


kinds.register(NAME, Kind(NAME, deliver, title="A test", goes_to="to nobody"))
