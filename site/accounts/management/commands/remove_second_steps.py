"""For whoever has lost phone, passkey and paper, where nobody else is there to help: an administrator, mostly."""

from django.core.management import BaseCommand, CommandError, CommandParser

from accounts.models import User, email_key
from accounts.second_steps import changes


class Command(BaseCommand):
    help = (
        "Take away the authenticator app, the passkeys and the recovery codes of a person who has lost them. She signs "
        "in with her password and a code by email, and sets up another. Make sure first that it is she who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="with which she signs in")
        parser.add_argument(
            "--reason", required=True, help="who asked, and how you know; it goes into the audit"
        )

    def handle(self, *, email: str, reason: str, **options: object) -> None:
        person = User.objects.filter(email_key=email_key(email)).first()
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        if not reason.strip():
            raise CommandError("Say who asked, and how you know that it is she.")
        if not changes.remove_all(person, reason=reason.strip()):
            self.stdout.write("There is no app, no passkey and no recovery code. Nothing was changed.")
            return
        self.stdout.write(
            f"App, passkeys and recovery codes of {person.email} are taken away, and she is signed out everywhere.\n"
            "She gets an email, and signs in with her password and a code by email. Her password stays what it was."
        )
        if not person.is_active:
            self.stdout.write("Her account is disabled all the same: this does not open it.")
