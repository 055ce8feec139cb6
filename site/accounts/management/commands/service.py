"""Services that people open from here without a second sign-in: register one, list them, switch one off or on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from oauth2_provider.generators import generate_client_secret

from accounts.models import Service
from core import audit


class Command(BaseCommand):
    help = (
        "Register a service that asks the portal who somebody is; list, switch off and on, give a new secret."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        register = deeds.add_parser("register", help="prints the client id and, this once, the secret")
        register.add_argument("name", help='as people know it: "School payments"')
        register.add_argument(
            "--redirect", action="append", required=True, help="where a sign-in comes back to (https)"
        )
        register.add_argument(
            "--after-sign-out", action="append", default=[], help="where a sign-out may end"
        )
        register.add_argument("--address", default="", help="its first page, for people's list of services")
        register.add_argument("--email", action="store_true", help="it may be told the email address")
        deeds.add_parser("list")
        for deed in ("off", "on", "new-secret"):
            deeds.add_parser(deed).add_argument("name")

    def handle(self, *, deed: str, **options: Any) -> None:
        if deed == "list":
            for service in Service.objects.all():
                told = "number and email address" if service.gets_email else "number"
                self.stdout.write(f"{service.name}  {'on' if service.is_on else 'off'}  is told: {told}")
        elif deed == "register":
            self._register(options)
        else:
            self._change(deed, options["name"])

    def _register(self, options: dict[str, Any]) -> None:
        secret = generate_client_secret()
        service = Service(
            name=options["name"],
            address=options["address"],
            redirect_uris=" ".join(options["redirect"]),
            post_logout_redirect_uris=" ".join(options["after_sign_out"]),
            gets_email=options["email"],
            client_secret=secret,
        )
        try:
            service.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self._save(service, "registered")
        self.stdout.write(f"Client id: {service.client_id}\nSecret (shown this once): {secret}")

    def _change(self, deed: str, name: str) -> None:
        service = Service.objects.filter(name=name).first()
        if service is None:
            raise CommandError(f"There is no service of the name {name}.")
        secret = generate_client_secret()
        if deed == "new-secret":
            service.client_secret = secret
        else:
            service.is_on = deed == "on"
        self._save(service, deed)
        if deed == "new-secret":
            self.stdout.write(f"Secret (shown this once): {secret}")

    @transaction.atomic
    def _save(self, service: Service, deed: str) -> None:
        service.save()
        audit.record("service.registered", obj=service, reason=f"{service.name}: {deed}")
