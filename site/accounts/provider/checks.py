"""Whether the portal can sign people in to other services, for Django's own `check`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseTrouble
from oauth2_provider.settings import oauth2_settings

from accounts.models import Service
from accounts.provider import keys


@register(Tags.security)
def signing_keys_are_good(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """No key is no fault: the portal then signs nobody in elsewhere."""
    pems = [oauth2_settings.OIDC_RSA_PRIVATE_KEY, *oauth2_settings.OIDC_RSA_PRIVATE_KEYS_INACTIVE]
    if all(keys.is_good(pem) for pem in pems if pem):
        return []
    hint = "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072"
    return [Error("OIDC_SIGNING_KEYS holds what is no RSA key of 3072 bits.", hint=hint, id="accounts.E001")]


@register(Tags.database)
def services_have_a_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A registered service that nobody can open."""
    if oauth2_settings.OIDC_ENABLED or not kwargs.get("databases"):
        return []
    try:
        registered = Service.objects.filter(is_on=True).exists()
    except DatabaseTrouble:  # Before the first migration.
        return []
    if not registered:
        return []
    hint = "Set it to a key in PEM, or switch the services off: manage.py service off NAME."
    text = "Services are registered, and OIDC_SIGNING_KEYS is empty: nobody can open them."
    return [Warning(text, hint=hint, id="accounts.W001")]
