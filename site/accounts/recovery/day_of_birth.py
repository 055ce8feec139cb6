"""The day on which somebody was born, as a page asks for it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.govuk.day_input import PARTS, DayInput
from forms_engine.spec import Question
from forms_engine.types.dates import Date


class DayOfBirthField(forms.Field):
    """Day, month and year, read as the forms read them: the month may be a name. None where it was left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput(attrs={"autocomplete": "bday"}), **kwargs)

    def clean(self, value: dict[str, str]) -> dt.date | None:
        """Raises ValidationError, whose params name the boxes that are wrong."""
        if not any(text.strip() for text in value.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], "required")
            return None
        question = Question(id="born", type="date", label=_("Date of birth"), config={"when": "past"})
        found = Date().clean(question, value)
        if found.errors:
            parts = [part for part, _message in found.errors if part] or PARTS
            raise ValidationError(found.errors[0][1], "invalid", {"parts": parts})
        return dt.date.fromisoformat(found.value)
