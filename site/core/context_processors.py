from functools import partial
from typing import Any

from django.http import HttpRequest

from core.council import council_settings


def council(request: HttpRequest) -> dict[str, Any]:
    """`council` in every template: the council's name, colour and how to reach it."""
    # A template calls what can be called. A lazy object would ask its proxy for each attribute.
    return {"council": partial(council_settings, request)}
