import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.models import SentMessage


class Command(BaseCommand):
    help = "Show the messages that development or the demo has kept instead of sending them, newest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", required=True, help="recipient: an email address or a telephone number")
        parser.add_argument("--kind", choices=SentMessage.Channel.values, help="emails only, or texts only")
        parser.add_argument("--latest", action="store_true", help="the newest message only")
        parser.add_argument("--json", action="store_true", help="a list of messages as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        messages = SentMessage.objects.filter(to__iexact=options["to"])
        if options["kind"]:
            messages = messages.filter(channel=options["kind"])
        found = [message.as_dict() for message in messages[: 1 if options["latest"] else None]]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        elif not found:
            raise CommandError(f"No message to {options['to']}")
        for message in found if not options["json"] else []:
            self._show(message)

    def _show(self, message: dict[str, Any]) -> None:
        self.stdout.write(f"{message['kind']} to {message['recipient']}, {message['sent_at']}")
        self.stdout.write(f"Subject: {message['subject']}\n\n{message['body']}\n")
        for name in ("codes", "links"):
            if message[name]:
                self.stdout.write(f"{name}: {' '.join(message[name])}")
        self.stdout.write("-" * 60)
