"""Django's own forms, drawn by the templates that draw the form engine's questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from core.govuk import fields
from core.govuk.day_input import PARTS, DayInput
from core.govuk.fields import Field, Item, Part

# The first kind of widget that fits.
_TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayInput, fields.DATE),
    (forms.CheckboxSelectMultiple, fields.CHECKBOXES),
    (forms.RadioSelect, fields.RADIOS),
    (forms.CheckboxInput, fields.CHECKBOX),
    (forms.Select, fields.SELECT),
    (forms.PasswordInput, fields.PASSWORD),
    (forms.Textarea, fields.TEXTAREA),
    (forms.TextInput, fields.INPUT),
    (forms.EmailInput, fields.INPUT),
)


class GovukBoundField(BoundField):
    """A field of a Django form that can say itself as a question. All else of it is as Django has it."""

    @property
    def question(self) -> Field:
        """This field as its template takes it. Raises TypeError where no template fits its widget."""
        template = template_of(self.field)
        return Field(
            template=template,
            id=str(self.auto_id),
            name=self.html_name,
            label=str(self.label),
            hint=str(self.help_text),
            error="; ".join(str(error) for error in self.errors),
            # A single tick is nothing that anybody has to do: no word says so.
            optional=not self.field.required and template != fields.CHECKBOX,
            **self._particulars(template),
        )

    @property
    def template_name(self) -> str:
        return template_of(self.field)

    def get_context(self) -> dict[str, Any]:
        return {"field": self.question}

    def _particulars(self, template: str) -> dict[str, Any]:
        """What one kind of template needs besides."""
        value = self.value()
        if template == fields.CHECKBOX:
            return {"checked": bool(value)}
        if template == fields.DATE:
            return {"parts": self._boxes(value or {})}
        if isinstance(self.field, forms.ChoiceField):
            return {"items": self._items(value if isinstance(value, (list, tuple)) else [value])}
        return _text_box(self.field) | {"value": "" if value is None else str(value)}

    def _boxes(self, typed: dict[str, str]) -> list[Part]:
        errors = self.errors.as_data()
        bad = {part for error in errors for part in (error.params or {}).get("parts", PARTS)}
        completes = self.field.widget.attrs.get("autocomplete", "")
        values = [typed.get(part, "") for part in PARTS]
        return fields.date_parts(str(self.auto_id), self.html_name, values, tuple(bad), completes)

    def _items(self, chosen: Sequence[Any]) -> list[Item]:
        picked = {str(value) for value in chosen if value is not None}
        return [
            Item(value=str(value), label=str(label), checked=str(value) in picked)
            for value, label in self.field.choices  # type: ignore[attr-defined]
        ]


class GovukRenderer(TemplatesSetting):
    form_template_name = "govuk/form.html"
    bound_field_class = GovukBoundField


def template_of(field: forms.Field) -> str:
    """Raises TypeError where no template fits the field's widget."""
    for widget, template in _TEMPLATES:
        if isinstance(field.widget, widget):
            return template
    raise TypeError(f"There is no template for a {type(field.widget).__name__}")


def _text_box(field: forms.Field) -> dict[str, Any]:
    """The particulars of an input, a password or a textarea, from the widget's attributes."""
    attrs = field.widget.attrs
    found: dict[str, Any] = {
        "autocomplete": attrs.get("autocomplete", ""),
        "inputmode": attrs.get("inputmode", ""),
        "css": attrs.get("class", ""),
        "width": attrs.get("size"),
        "spellcheck": str(attrs.get("spellcheck", "true")) != "false",
    }
    if isinstance(field.widget, forms.Textarea):
        return found | {"rows": attrs["rows"], "max_length": getattr(field, "max_length", None)}
    if isinstance(field.widget, forms.PasswordInput):
        return found | {"spellcheck": False}
    return found | {"input_type": field.widget.input_type}
