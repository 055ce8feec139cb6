from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.council import council_settings


def council(request: HttpRequest) -> dict[str, Any]:
    """`council` in every template: the council's name, colour and how to reach it."""
    return {"council": SimpleLazyObject(lambda: council_settings(request))}
