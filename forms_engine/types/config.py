"""What an editor can set of a question, beyond what all questions have: each said once, for the JSON and the editor.

A question type names its settings in `config_keys`. From that come the check of the JSON, the list of keys in a
finding, and the box in the form editor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.registry import Registry
from forms_engine.field_blocks import (
    ColumnsBlock,
    DayBlock,
    ExclusionsBlock,
    FormulaBlock,
    ListBlock,
    WholeChoiceBlock,
    is_column,
    is_exclusion,
    is_listed,
)
from forms_engine.richtext import RICH_TEXT
from forms_engine.rules.identifiers import is_pattern
from forms_engine.rules.known import ConfigKey
from forms_engine.rules.operators import is_iso_date

# What the browser of the family may fill in by itself: HTML's names for it.
_AUTOCOMPLETE = [
    ("name", _("Full name")),
    ("given-name", _("First name")),
    ("family-name", _("Last name")),
    ("email", _("Email address")),
    ("tel", _("Phone number")),
    ("bday", _("Date of birth")),
    ("organization", _("Organisation")),
    ("organization-title", _("Job title")),
    ("address-line1", _("Street")),
    ("address-line2", _("Area")),
    ("address-level2", _("Town or city")),
    ("off", _("Nothing: it is not about the person who fills in the form")),
]
# About a hundred years.
MOST_DAYS = 36_525
_WIDTHS = (2, 3, 4, 5, 10, 20, 30)


@dataclass(frozen=True, kw_only=True)
class Setting(ConfigKey):
    """One key of a question's `config`. `box` makes its block in the editor, `in_sight` or behind the cog.

    A box that is left empty leaves the key out.
    """

    box: Callable[[], blocks.Block]
    in_sight: bool = False


def whole(label: Any, help_text: Any = "", *, in_sight: bool = False) -> Setting:
    """A whole number above 0."""
    return Setting(
        words="a whole number above 0",
        holds=lambda value: type(value) is int and value > 0,
        box=lambda: blocks.IntegerBlock(required=False, label=label, help_text=help_text),
        in_sight=in_sight,
    )


def number(label: Any, help_text: Any = "", *, in_sight: bool = False) -> Setting:
    """Any number."""
    return Setting(
        words="a number",
        holds=lambda value: type(value) in (int, float),
        box=lambda: blocks.FloatBlock(required=False, label=label, help_text=help_text),
        in_sight=in_sight,
    )


def tick(label: Any, help_text: Any = "", *, in_sight: bool = False) -> Setting:
    """True, or left out."""
    return Setting(
        words="true",
        holds=lambda value: value is True,
        box=lambda: blocks.BooleanBlock(required=False, label=label, help_text=help_text),
        in_sight=in_sight,
    )


def day(label: Any) -> Setting:
    """A day in ISO form."""
    return Setting(
        words='a date such as "2026-09-01"',
        holds=lambda value: isinstance(value, str) and is_iso_date(value),
        box=lambda: DayBlock(required=False, label=label),
    )


def from_today(label: Any, help_text: Any = "") -> Setting:
    """A number of days counted from today; below 0 before it."""
    return Setting(
        words=f"a whole number of days from {-MOST_DAYS} to {MOST_DAYS}",
        holds=lambda value: type(value) is int and abs(value) <= MOST_DAYS,
        box=lambda: blocks.IntegerBlock(
            required=False, label=label, help_text=help_text, min_value=-MOST_DAYS, max_value=MOST_DAYS
        ),
    )


def line(label: Any, help_text: Any = "", *, in_sight: bool = False, is_read: bool = True) -> Setting:
    """One line of text. `is_read`: people read it, not only the engine."""
    return Setting(
        words="a text",
        holds=lambda value: isinstance(value, str) and bool(value.strip()),
        box=lambda: blocks.CharBlock(required=False, label=label, help_text=help_text),
        in_sight=in_sight,
        is_read=is_read,
    )


def formula(label: Any, help_text: Any = "") -> Setting:
    """A calculation (`rules/expressions.py`); what is wrong with one, the structure check says."""
    return Setting(
        words="a calculation such as [hours] * 52",
        holds=lambda value: isinstance(value, str) and bool(value.strip()),
        is_needed=True,
        box=lambda: FormulaBlock(required=False, label=label, help_text=help_text),
        in_sight=True,
    )


def thresholds() -> dict[str, Setting]:
    """The limits of a number that change by date: each is one of the form's thresholds, by its name."""
    help_text = _("The name of a number of this form that changes by date (under Settings).")
    return {
        "minimum_threshold": line(_("Smallest number by date"), help_text, is_read=False),
        "maximum_threshold": line(_("Largest number by date"), help_text, is_read=False),
    }


def rich_text(label: Any, help_text: Any = "") -> Setting:
    """Text with headings, lists and links."""
    return Setting(
        words="rich text as HTML",
        holds=lambda value: isinstance(value, str) and bool(value.strip()),
        box=lambda: blocks.RichTextBlock(
            required=False, features=RICH_TEXT, label=label, help_text=help_text
        ),
        in_sight=True,
        is_read=True,
    )


def choice(
    choices: Sequence[tuple[str, Any]], label: Any, *, nothing: Any = None, in_sight: bool = False
) -> Setting:
    """One of `choices`: what the JSON says, and how the editor reads it. `nothing`: what it is to choose none."""
    values = [value for value, _label in choices]
    return Setting(
        words=f"one of {', '.join(values)}",
        holds=lambda value: value in values,
        box=lambda: blocks.ChoiceBlock(
            choices=[*([("", nothing)] if nothing else []), *choices], required=False, label=label
        ),
        in_sight=in_sight,
    )


def _the_only(registry: Registry[Any]) -> str:
    """Its one entry, which nobody has to choose; "" where there are several, or none."""
    names = list(registry)
    return names[0] if len(names) == 1 else ""


def registered(
    registry: Registry[Any], label: Any, *, in_sight: bool = False, is_needed: bool = False
) -> Setting:
    """The name of one of the entries of `registry`, each of which says its own `label`."""
    return Setting(
        words=f"the name of one of the registered {registry.what}",
        holds=lambda value: isinstance(value, str) and value in registry,
        # A function: what the apps registered is known once they are all loaded.
        box=lambda: blocks.ChoiceBlock(
            choices=lambda: [(name, entry.label) for name, entry in registry.items()],
            default=lambda: _the_only(registry) if is_needed else "",
            required=False,
            label=label,
        ),
        in_sight=in_sight,
        is_needed=is_needed,
    )


def reference_pattern(label: Any, help_text: Any) -> Setting:
    """How a reference is written, as `rules.identifiers` reads it."""
    return Setting(
        words="plain characters with at least one of A (a letter), 9 (a figure) and X (either)",
        holds=lambda value: isinstance(value, str) and is_pattern(value),
        box=lambda: blocks.CharBlock(required=False, label=label, help_text=help_text),
        in_sight=True,
    )


def some_of(choices: Sequence[tuple[str, Any]], label: Any, help_text: Any = "") -> Setting:
    """At least one of `choices`, as a list."""
    values = [value for value, _label in choices]
    return Setting(
        words=f"a list of {', '.join(values)}",
        holds=lambda value: isinstance(value, list) and bool(value) and all(each in values for each in value),
        box=lambda: blocks.MultipleChoiceBlock(
            choices=list(choices),
            required=False,
            default=[],
            widget=forms.CheckboxSelectMultiple,
            label=label,
            help_text=help_text,
        ),
    )


def whole_choice(numbers: Sequence[int], label: Any) -> Setting:
    """One of some whole numbers."""
    choices = [(number, str(number)) for number in numbers]
    return Setting(
        words=f"one of {', '.join(map(str, numbers))}",
        holds=lambda value: type(value) is int and value in numbers,
        box=lambda: WholeChoiceBlock(choices=choices, required=False, label=label),
    )


def words_list(label: Any, *, one: Any, add: Any) -> Setting:
    """Things with a name each, such as rows: `[{"id", "label", "hint"}]`.

    `one` is what one of them is called, `add` what the button says that makes one.
    """
    return Setting(
        words='a list of {"id", "label"}',
        holds=lambda value: (
            isinstance(value, list) and bool(value) and all(is_listed(each) for each in value)
        ),
        is_needed=True,
        box=lambda: ListBlock(one, add, label=label),
        in_sight=True,
    )


def typed_columns(label: Any, *, is_needed: bool = True) -> Setting:
    """What is asked in each row: `[{"id", "label", "type", "hint", "level", "options", "config"}]`."""
    return Setting(
        words='a list of {"id", "label", "type"}',
        holds=lambda value: (
            isinstance(value, list) and bool(value) and all(is_column(each) for each in value)
        ),
        is_needed=is_needed,
        box=lambda: ColumnsBlock(label=label),
        in_sight=True,
    )


def exclusions(label: Any) -> Setting:
    """Sets of columns, or of rows, of which only one can be ticked: `[{"columns": [ids]}, {"rows": [ids]}]`."""
    return Setting(
        words='a list of {"columns": two or more ids} or {"rows": two or more ids}',
        holds=lambda value: (
            isinstance(value, list) and bool(value) and all(is_exclusion(each) for each in value)
        ),
        box=lambda: ExclusionsBlock(label=label),
        in_sight=True,
    )


def box_width() -> Setting:
    """How many characters fit into the box."""
    return whole_choice(_WIDTHS, _("Width of the box, in characters"))


def browser_fills() -> Setting:
    """What the browser may fill in: one of HTML's autofill names."""
    return choice(_AUTOCOMPLETE, _("The browser may fill in"))
