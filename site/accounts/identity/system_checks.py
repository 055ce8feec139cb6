"""What the settings say of the register of people, looked after by Django's own `check`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from accounts.identity.registers import HTTP, identity_checks


@register(Tags.security)
def register_can_be_asked(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A register that is named and not there would be missed by nobody; names go nowhere in clear."""
    name = settings.IDENTITY_CHECK
    if name and name not in identity_checks:
        known = ", ".join(identity_checks)
        return [
            Error(f"There is no register of people {name!r}.", hint=f"There is: {known}.", id="accounts.E002")
        ]
    if name == HTTP and not settings.IDENTITY_CHECK_URL.startswith("https://"):
        return [Error("IDENTITY_CHECK_URL has to begin with https://", id="accounts.E003")]
    return []
