"""A day as GOV.UK asks for it, in a Django form: three boxes."""

from collections.abc import Mapping
from typing import Any

from django import forms

PARTS = ("day", "month", "year")


class DayInput(forms.Widget):
    """Day, month and year, each in a box of its own. The value is what was typed: {"day": "3", "month": "11", ...}.

    An error of the field may name the boxes that it is about, in its params: {"parts": ["month"]}.
    """

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "")) for part in PARTS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)
