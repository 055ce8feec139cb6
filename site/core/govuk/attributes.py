"""The one place where text becomes markup without a template: names are ours, values are escaped."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

# What an attribute may hold. True stands for one without a value, such as "checked".
Value = str | int | bool | None


def attributes(pairs: Iterable[tuple[str, Value]]) -> SafeString:
    """Attributes of an HTML element, each with a space before it; one that is empty, None or False is left out.

    A template would say the same with two or three nodes for each, at ten times the cost.
    """
    said = (
        f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in pairs if value
    )
    return mark_safe("".join(said))
