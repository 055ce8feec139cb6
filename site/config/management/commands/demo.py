from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from config.demo.load import is_loaded, load
from core.dates import today


class Command(BaseCommand):
    help = "Load the demo's made-up people, schools and cases, once. Safe to repeat."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These settings are not the demo's: made-up people have no place here.")
        if is_loaded():
            return
        self.stdout.write("Loading the demo's people and cases")
        call_command("starter", verbosity=0)
        load(today())
