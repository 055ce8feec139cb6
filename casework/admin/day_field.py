"""A day that staff type."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import today
from forms_engine.rules import reading


def _in_figures(day: dt.date) -> str:
    """ "22 11 2026" """
    return f"{day.day} {day.month} {day.year}"


def _today_in_figures() -> str:
    """An example that is a likely day in every year."""
    return _in_figures(today())


_example = lazy(_today_in_figures, str)


class DayField(forms.Field):
    """A day in one box: "31 3 2027", "31/03/2027", "31 March 2027", or in ISO form. None where it may be left empty.

    Not a browser's own date input: that orders its parts by the browser's language, so that "3 4 2027" can become
    4 March unseen; it takes four presses of the Tab key; and 31 February is gone from it before anybody is told.
    """

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("This is not a real date. Write the day, the month and the year, such as %(example)s.")
    }

    def __init__(self, *, help_text: str | Promise = "", **kwargs: Any) -> None:
        hint = format_lazy(_("Day, month and year, such as {example}."), example=_example())
        super().__init__(help_text=format_lazy("{} {}", help_text, hint) if help_text else hint, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A suggested day as people would type it."""
        return _in_figures(value) if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        day = reading.day(str(value))
        if day is None:
            words = {"example": _today_in_figures()}
            raise ValidationError(self.error_messages["invalid"], code="invalid", params=words)
        return day
