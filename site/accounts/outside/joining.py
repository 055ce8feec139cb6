"""Joining a sign-in from outside to an account, and taking it away: its owner hears of both."""

from django.db import transaction
from django.http import HttpRequest

from accounts.models import ExternalIdentity, User
from accounts.outside.journey import provider_named
from accounts.outside.providers import OutsideProvider
from core import audit, outbox


def join(person: User, provider: OutsideProvider, subject: str, request: HttpRequest) -> None:
    """Raises IntegrityError where it is somebody's already: then nothing was done."""
    with transaction.atomic():
        identity = ExternalIdentity.objects.create(user=person, issuer=provider.issuer, subject=subject)
        _tell("account.outside-joined", identity, request)


def take_away(identity: ExternalIdentity, request: HttpRequest) -> None:
    with transaction.atomic():
        _tell("account.outside-taken-away", identity, request)
        identity.delete()


def _tell(verb: str, identity: ExternalIdentity, request: HttpRequest) -> None:
    """Write it down, and tell the owner of the account by email: if it was not her, she is to know."""
    audit.record(verb, actor=identity.user, request=request, obj=identity)
    words = {"provider": provider_named(identity.issuer)}
    payload = {"person": str(identity.user.pk), "template": verb.partition(".")[2], "context": words}
    outbox.put("email_person", payload)
