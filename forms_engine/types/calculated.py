"""A value that nobody types: worked out of earlier answers (`rules/expressions.py`)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
from forms_engine.types.base import BaseType, Cleaned, Error, Group, Raw, Wording, base_field
from forms_engine.types.config import Setting, formula, line, tick, whole_choice
from forms_engine.types.numbers import pounds_text

_AMOUNT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


class Calculated(BaseType):
    """A number out of earlier numbers and days, stored as the type `number` stores one. Empty while one is missing."""

    name = "calculated"
    label = gettext_lazy("Calculated value")
    also = gettext_lazy("sum, formula")
    icon = "sliders"
    group = Group.NUMBERS
    holds = Holds.NUMBER
    is_typed = False
    common: ClassVar[frozenset[str]] = frozenset({"hint", "why"})
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "formula": formula(
            gettext_lazy("Calculation"),
            gettext_lazy("Such as [hours a week] * 52. Reads numbers and dates of earlier pages only."),
        ),
        "decimals": whole_choice(range(7), gettext_lazy("Decimal places")),
        "unit": line(gettext_lazy("Unit"), gettext_lazy("Stands behind the number, such as “hours a year”.")),
        "money": tick(gettext_lazy("It is an amount in pounds")),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return None

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        """Nothing: whatever a browser sends, the value is worked out on the way through the form."""
        return Cleaned(is_empty=True)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        said = self.nodes(question, raw, wording)
        return base_field(question, fields.CALCULATED, errors, wording, name, value=said[0] if said else "")

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        if not _is_amount(value):
            return []
        if question.config.get("money"):
            return [pounds_text(value)]
        unit = wording(question.config.get("unit", ""))
        return [f"{number_format(value, force_grouping=True)} {unit}".rstrip()]


def _is_amount(value: Any) -> bool:
    """Whether `value` is what a formula gives, an int or a decimal as text: a draft may hold what no formula gave."""
    return isinstance(value, str | int) and _AMOUNT.fullmatch(str(value)) is not None
