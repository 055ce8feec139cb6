"""Modules that bring a large library along, and that few requests need: loaded when the first one does.

The web process then stays small where a council uses none of it.
"""

from importlib import import_module
from typing import Any

from django.utils.functional import SimpleLazyObject


def module(name: str) -> Any:
    """What stands for the module `name` until something in it is asked for."""
    return SimpleLazyObject(lambda: import_module(name))
