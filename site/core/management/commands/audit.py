from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import audit


class Command(BaseCommand):
    help = "Seal what is new in the audit, or check that nothing sealed was changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["seal", "verify"])
        parser.add_argument(
            "--files", action="store_true", help="read and compare every file that was sent, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.stdout.write(f"{audit.seal()} rows sealed")
            return
        if faults := audit.verify(files=options["files"]):
            raise CommandError("\n".join(faults))
        self.stdout.write("Every sealed row is as it was")
