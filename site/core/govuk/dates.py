"""A day, asked in three boxes, in a Django form."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class DateParts(forms.Widget):
    """Reads `<name>-day`, `-month` and `-year`; the field's template draws the boxes."""

    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        return [str(data.get(f"{name}-{part}", "")).strip() for part in PARTS]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    def format_value(self, value: dt.date | list[str] | None) -> list[str]:
        """What stands in the boxes: the parts of a day, or what was typed."""
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return value or ["", "", ""]


class DateField(forms.Field):
    """A day. Each error names in its `params["parts"]` the boxes that are wrong."""

    widget = DateParts
    default_error_messages = {
        "missing": _("Enter a day, a month and a year"),
        "invalid": _("Enter a real date, such as 27 3 2026"),
    }

    def has_changed(self, initial: object, data: object) -> bool:
        return bool(initial or any(data if isinstance(data, list) else ()))

    def clean(self, value: list[str]) -> dt.date | None:
        """Raises ValidationError with the codes "required", "missing" (some boxes are empty) or "invalid"."""
        empty = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if len(empty) == len(PARTS):
            if self.required:
                raise self._error("required", PARTS)
            return None
        if empty:
            raise self._error("missing", empty)
        try:
            day, month, year = (int(typed) for typed in value)
            return dt.date(year, month, day)
        except (ValueError, OverflowError):
            raise self._error("invalid", PARTS) from None

    def _error(self, code: str, parts: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts})
