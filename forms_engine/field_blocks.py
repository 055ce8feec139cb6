"""Single fields of the form editor that Wagtail has not: JSON drawn by a script, days, choices of numbers."""

import datetime as dt
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.dates import day_text
from forms_engine.rules import reading
from forms_engine.rules.operators import is_iso_date
from forms_engine.widgets import (
    AdvisedInput,
    ColumnsInput,
    ConditionInput,
    ExclusionsInput,
    FormulaInput,
    ListInput,
    LongListInput,
    OptionsInput,
    OwnAnswersInput,
    OwnQuestionInput,
    RequiredInput,
    RulesInput,
    SeveralOptionsInput,
    TitleVariantsInput,
    VariantsInput,
)


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

    widget: type[forms.TextInput] = forms.TextInput

    def is_sound(self, value: Any) -> bool:
        """Whether the widget could have written `value`. Anything else a browser sends counts as empty."""
        raise NotImplementedError

    def __init__(self, help_text: Any = None, widget: forms.TextInput | None = None, **kwargs: Any) -> None:
        self.field = JSONText(required=False, help_text=help_text, widget=widget or self.widget())
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        read = self.field.to_python(value) if isinstance(value, str) else value
        return read if self.is_sound(read) else None

    def value_for_form(self, value: Any) -> Any:
        return self.field.prepare_value(value)

    def get_form_state(self, value: Any) -> str:
        return str(self.value_for_form(value))


def is_listed(entry: Any, *more: str) -> bool:
    """Whether `entry` is something with an id and words: an answer to choose, a row of a table."""
    names = ("id", "label", "hint", *more)
    return isinstance(entry, dict) and all(isinstance(entry.get(name, ""), str) for name in names)


def _is_option(entry: Any) -> bool:
    reveals = entry.get("reveals", []) if is_listed(entry) else None
    if not isinstance(reveals, list) or not isinstance(entry.get("exclusive", False), bool):
        return False
    return all(isinstance(text, str) for text in reveals)


def is_column(entry: Any) -> bool:
    """Whether `entry` is a question in a column: what is asked, of which type, and the answers to choose from."""
    if not is_listed(entry, "type", "level") or not isinstance(entry.get("config", {}), dict):
        return False
    options = entry.get("options", [])
    return isinstance(options, list) and all(is_listed(option) for option in options)


class OptionsBlock(JSONBlock):
    """The answers to choose from. Each has an id of its own, made once, so that rewording breaks nothing."""

    widget = OptionsInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(_is_option(entry) for entry in value)


class SeveralOptionsBlock(OptionsBlock):
    """The answers of a question to which several can be given. One of them may stand alone: "None of these"."""

    widget = SeveralOptionsInput


class LongListBlock(OptionsBlock):
    """The answers of a list too long for buttons."""

    widget = LongListInput


class OwnAnswersBlock(OptionsBlock):
    """The answers of a type that has its own ("yes", "no"): other words, and what opens under each."""

    widget = OwnAnswersInput


def is_exclusion(entry: Any) -> bool:
    """Whether `entry` names columns, or rows, of which only one can be chosen."""
    if not isinstance(entry, dict) or len(entry) != 1 or not entry.keys() <= {"columns", "rows"}:
        return False
    (ids,) = entry.values()
    return isinstance(ids, list) and len(ids) > 1 and all(isinstance(id, str) for id in ids)


class ListBlock(JSONBlock):
    """Things with a name each: the rows of a table. `one` is what one of them is called; `add`: to make one."""

    def __init__(self, one: Any, add: Any, **kwargs: Any) -> None:
        super().__init__(widget=ListInput(one, add), **kwargs)

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(is_listed(entry) for entry in value)


class ColumnsBlock(JSONBlock):
    """What is asked in each row of a table: a small question a column."""

    widget = ColumnsInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(is_column(entry) for entry in value)


class ExclusionsBlock(JSONBlock):
    """Sets of columns or rows of a grid, of which only one can be chosen."""

    widget = ExclusionsInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(
            isinstance(entry, dict) and all(isinstance(ids, list) for ids in entry.values())
            for entry in value
        )


class PlainOptionsBlock(ListBlock):
    """The answers to choose from, where none of them opens anything."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Answer"), _("Add an answer"), **kwargs)


class ConditionBlock(JSONBlock):
    """When a section, page or question is shown. Empty: always."""

    widget = ConditionInput

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, dict)


class RequiredBlock(ConditionBlock):
    """When a question must be answered, whatever its level. Empty: its level says."""

    widget = RequiredInput


class AdvisedBlock(ConditionBlock):
    """When a question that may stay empty should be answered. Empty: its level says."""

    widget = AdvisedInput


class ObjectsBlock(JSONBlock):
    """A list of objects."""

    def is_sound(self, value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


class VariantsBlock(ObjectsBlock):
    """Other words of a question where a condition is true."""

    widget = VariantsInput


class TitleVariantsBlock(ObjectsBlock):
    """Other titles of a page where a condition is true."""

    widget = TitleVariantsInput


class RulesBlock(ObjectsBlock):
    """What must be so of several questions of a page together."""

    widget = RulesInput


class OwnQuestionBlock(blocks.CharBlock):
    """One of the questions of the same page, by its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = OwnQuestionInput()


class FormulaBlock(blocks.CharBlock):
    """A calculation, with a list of the questions that it may read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = FormulaInput()


class SettledChoiceBlock(blocks.ChoiceBlock):
    """A choice that has been made from the start, and can be made otherwise, but not undone."""

    def __init__(self, *, default: str, **kwargs: Any) -> None:
        super().__init__(default=default, required=False, **kwargs)

    def _get_callable_choices(self, choices: Any, blank_choice: bool = True) -> Any:
        return super()._get_callable_choices(choices, blank_choice=False)

    def value_from_form(self, value: Any) -> Any:
        return value or self.meta.default

    def get_form_state(self, value: Any) -> Any:
        return super().get_form_state(value or self.meta.default)


class WholeChoiceBlock(blocks.ChoiceBlock):
    """A choice among whole numbers."""

    def value_from_form(self, value: Any) -> int | None:
        return int(value) if str(value).isdigit() else None


class DayBlock(blocks.CharBlock):
    """A day, typed as people write it and kept in ISO form. What is no day stays as typed: publishing says so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("Day, month and year, such as 31 March 2027."), **kwargs)
        self.field.widget = forms.TextInput(attrs={"autocomplete": "off"})

    def value_from_form(self, value: Any) -> Any:
        day = reading.day(value or "")
        return day.isoformat() if day else super().value_from_form(value)

    def value_for_form(self, value: Any) -> Any:
        return day_text(dt.date.fromisoformat(value)) if is_iso_date(value or "") else value

    def get_form_state(self, value: Any) -> Any:
        return self.value_for_form(value)
