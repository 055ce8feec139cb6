"""A report of a letter that came back, from the mail server's program for the address of bounces."""

import sys
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand

from accounts.models import User, bounces, email_key
from core.bounces import MOST_BYTES, Report, read
from core.models import OutboxItem


class Command(BaseCommand):
    help = (
        "Read one report of a letter that came back from standard input, and note whose mailbox takes none."
    )

    def handle(self, **options: Any) -> None:
        """Nothing is said of what the report was: a mail server would send that back to whoever wrote it."""
        report = read(sys.stdin.buffer.read(MOST_BYTES))
        if report and _went_there(report):
            bounces.note(report.address)


def _went_there(report: Report) -> bool:
    """Whether the letter went to whoever has this address. Its key alone shows nothing: everybody has some."""
    try:
        item = OutboxItem.objects.filter(pk=UUID(report.key)).first()
    except ValueError:
        return False
    person = item.payload.get("person") if item else None
    key = email_key(report.address)
    return person is not None and User.objects.filter(pk=person, email_key=key).exists()
