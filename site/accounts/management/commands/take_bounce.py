"""A report of a letter that came back, from the mail server's program for the address of bounces."""

import sys
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand

from accounts.models import bounces
from core.bounces import MOST_BYTES, read
from core.models import OutboxItem


class Command(BaseCommand):
    help = (
        "Read one report of a letter that came back from standard input, and note whose mailbox takes none."
    )

    def handle(self, **options: Any) -> None:
        """Nothing is said of what the report was: a mail server would send that back to whoever wrote it."""
        report = read(sys.stdin.buffer.read(MOST_BYTES))
        if report and _is_ours(report.key):
            bounces.note(report.address)


def _is_ours(key: str) -> bool:
    """Whether we sent a letter under this key lately: nobody else can have made such a report up."""
    try:
        return OutboxItem.objects.filter(pk=UUID(key)).exists()
    except ValueError:
        return False
