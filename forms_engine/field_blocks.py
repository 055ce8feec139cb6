"""Single fields of the form editor that Wagtail has not: JSON drawn by a script, days, choices of numbers."""

import json
from typing import Any

from django import forms
from wagtail import blocks

from forms_engine.widgets import ConditionInput, OptionsInput, OwnAnswersInput, OwnQuestionInput


class JSONText(forms.CharField):
    """JSON in a text input. Never an error: what cannot be read counts as empty."""

    def to_python(self, value: Any) -> Any:
        try:
            return json.loads(value) if value else None
        except (TypeError, ValueError):
            return None

    def prepare_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""


class JSONBlock(blocks.FieldBlock):
    """A list or an object, edited by a widget that is drawn in the browser."""

    widget: type[forms.TextInput]

    def is_sound(self, value: Any) -> bool:
        """Whether the widget could have written `value`. Anything else a browser sends counts as empty."""
        raise NotImplementedError

    def __init__(self, help_text: Any = None, **kwargs: Any) -> None:
        self.field = JSONText(required=False, help_text=help_text, widget=self.widget())
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        read = self.field.to_python(value) if isinstance(value, str) else value
        return read if self.is_sound(read) else None

    def value_for_form(self, value: Any) -> Any:
        return self.field.prepare_value(value)

    def get_form_state(self, value: Any) -> str:
        return str(self.value_for_form(value))


def _is_option(entry: Any) -> bool:
    texts = [entry.get(name, "") for name in ("id", "label", "hint")] if isinstance(entry, dict) else [None]
    reveals = entry.get("reveals", []) if isinstance(entry, dict) else None
    return isinstance(reveals, list) and all(isinstance(text, str) for text in (*texts, *reveals))


class OptionsBlock(JSONBlock):
    """The answers to choose from. Each has an id of its own, made once, so that rewording breaks nothing."""

    widget = OptionsInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(_is_option(entry) for entry in value)


class OwnAnswersBlock(OptionsBlock):
    """The answers of a type that has its own ("yes", "no"): other words, and what opens under each."""

    widget = OwnAnswersInput


class ConditionBlock(JSONBlock):
    """When a section, page or question is shown. Empty: always."""

    widget = ConditionInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, dict)


class OwnQuestionBlock(blocks.CharBlock):
    """One of the questions of the same page, by its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = OwnQuestionInput()


class WholeChoiceBlock(blocks.ChoiceBlock):
    """A choice among whole numbers."""

    def value_from_form(self, value: Any) -> int | None:
        return int(value) if str(value).isdigit() else None


class DayBlock(blocks.CharBlock):
    """A day in ISO form, or nothing: a browser's own date input sends no half of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = forms.DateInput(attrs={"type": "date"})
