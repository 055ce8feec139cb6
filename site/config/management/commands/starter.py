from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from config.starter.forms import make_forms
from config.starter.pages import make_pages


class Command(BaseCommand):
    help = "Make the first pages and forms of a new site. Safe to repeat: what is there is left alone."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            make_pages()
            make_forms()
        if options["verbosity"]:
            self.stdout.write("The first pages and forms are there.")
