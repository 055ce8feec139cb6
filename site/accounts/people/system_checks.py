"""What the settings say of accounts that nobody uses, looked after by Django's own `check`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from accounts.people.dormancy import policy


@register(Tags.security)
def warnings_come_first(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A limit shorter than the days of the first warning would warn people of what has happened already."""
    try:
        policy()
    except ValueError:
        return [
            Error(
                "UNUSED_ACCOUNT_DAYS is too short to warn people first.",
                hint="More than 30; 180 unless you say otherwise.",
                id="accounts.E004",
            )
        ]
    return []
