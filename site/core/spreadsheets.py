"""What people export from the admin's lists and reports, ours and Wagtail's, opens as text in their spreadsheets."""

from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin, list_to_str

# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that looks like one gets an apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def guard() -> None:
    """Have every CSV that Wagtail writes go through `plain_cell`: titles and names are what somebody typed.

    XLSX needs no such thing: there a text is never a formula. Wagtail takes the first entry that fits a value.
    """
    csv = SpreadsheetExportMixin.FORMAT_CSV
    before: dict[Any, dict[str, Any]] = SpreadsheetExportMixin.custom_value_preprocess
    SpreadsheetExportMixin.custom_value_preprocess = {
        **before,
        list: {**before[list], csv: lambda value: plain_cell(list_to_str(value))},
        object: {csv: lambda value: plain_cell(force_str(value, strings_only=True))},
    }
