"""What the settings say of forms, looked after by Django's own `check`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from forms_engine.registries import address_look_ups


def look_up_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An address look-up that is named and not registered would be missed by nobody but the families."""
    name = settings.ADDRESS_LOOK_UP
    if not name or name in address_look_ups:
        return []
    known = ", ".join(address_look_ups) or "none"
    hint = f"Registered in forms_engine.registries.address_look_ups: {known}. Empty: people type their addresses."
    return [Error(f"There is no address look-up {name!r}.", hint=hint, id="forms_engine.E001")]
