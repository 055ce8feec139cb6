"""Letting a service know who somebody is, and taking that back."""

from collections.abc import Iterable

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_grant_model, get_refresh_token_model

from accounts.models import Service, ServiceConsent, User
from core import audit


def standing(person: User, service: Service) -> ServiceConsent | None:
    """By what `service` may know `person` at this moment, if it may."""
    return (
        ServiceConsent.objects.standing().filter(user=person, service=service).select_related("user").first()
    )


def give(person: User, service: Service, scopes: Iterable[str], request: HttpRequest) -> ServiceConsent:
    """Remember that `person` lets `service` know what `scopes` say, and nothing that it was let know before."""
    now = timezone.now()
    said = {"scopes": sorted(scopes), "given_at": now, "used_at": now, "withdrawn_at": None}
    with transaction.atomic():
        consent, _made = ServiceConsent.objects.update_or_create(user=person, service=service, defaults=said)
        audit.record("service.allowed", request=request, obj=service, reason=" ".join(consent.scopes))
    return consent


def withdraw(consent: ServiceConsent, request: HttpRequest) -> None:
    """Let the service know nothing any more, from its next question on."""
    with transaction.atomic():
        ServiceConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
        delete_tokens(consent.user, consent.service)
        audit.record("service.stopped", request=request, obj=consent.service)


def delete_tokens(person: User, service: Service) -> None:
    """End what `service` holds to ask about `person` with."""
    for model in (get_grant_model(), get_refresh_token_model(), get_access_token_model()):
        model.objects.filter(user=person, application=service).delete()
