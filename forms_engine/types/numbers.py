"""Questions that are answered with a number."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import Holds
from forms_engine.rules.reading import pounds
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    base_field,
    empty,
    enter,
    invalid,
    tidy_line,
)
from forms_engine.types.config import Setting, box_width, line, number, thresholds, whole_choice

# A comma or a space stands between thousands and nowhere else: "2,5" is not 25.
_NUMBER = re.compile(r"-? ?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]+)?")
# Digits. More than anybody means, and few enough for exact arithmetic.
MOST_DIGITS = 15


class Number(BaseType):
    """A whole number, or one with up to `decimals` places. The value is an int, or a decimal as text."""

    name = "number"
    label = gettext_lazy("Number")
    icon = "decimal"
    group = Group.NUMBERS
    fits_a_column = True
    holds = Holds.NUMBER
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "minimum": number(gettext_lazy("Smallest number"), in_sight=True),
        "maximum": number(gettext_lazy("Largest number"), in_sight=True),
        "decimals": whole_choice(range(7), gettext_lazy("Places after the point (none: whole numbers only)")),
        "unit": line(
            gettext_lazy("Unit"),
            gettext_lazy("Stands behind the box, such as “hours a week”."),
            in_sight=True,
        ),
        "width": box_width(),
        **thresholds(),
    }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        text = _figures(tidy_line(raw), question.config.get("unit", ""))
        if not text:
            return empty(question, enter)
        is_number, text = _NUMBER.fullmatch(text), text.replace(",", "").replace(" ", "")
        if not is_number or len(text) > MOST_DIGITS:
            message = _("Your answer to “%(question)s” must be a number, such as 12")
            return invalid(("", message % {"question": question.label}))
        amount = Decimal(text)
        if message := _too_fine(question, text) or _out_of_bounds(question, amount, str):
            return invalid(("", message))
        return Cleaned(int(amount) if amount == int(amount) else str(amount))

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        decimals = question.config.get("decimals", 0)
        unit = wording(question.config.get("unit", ""))
        return base_field(
            question,
            fields.AFFIXED if unit else fields.INPUT,
            errors,
            wording,
            name,
            value=raw if isinstance(raw, str) else "",
            width=question.config.get("width", 5),
            inputmode="decimal" if decimals else "numeric",
            spellcheck=False,
            suffix=unit,
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        if value in (None, ""):
            return []
        figures = number_format(value, force_grouping=True)
        return [f"{figures} {wording(question.config.get('unit', ''))}".rstrip()]


class Money(BaseType):
    """An amount in pounds and pence. The value is a decimal as text with two places, such as "1234.50"."""

    name = "money"
    label = gettext_lazy("Amount of money")
    icon = "tag"
    group = Group.NUMBERS
    fits_a_column = True
    holds = Holds.NUMBER
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "minimum": number(
            gettext_lazy("Smallest amount"), gettext_lazy("0 unless you say otherwise."), in_sight=True
        ),
        "maximum": number(gettext_lazy("Largest amount"), in_sight=True),
        **thresholds(),
    }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        text = tidy_line(raw)
        if not text:
            return empty(question, enter)
        amount = pounds(text)
        if amount is None:
            message = _("Your answer to “%(question)s” must be an amount in pounds, such as 75 or 1,234.50")
            return invalid(("", message % {"question": question.label}))
        if message := _out_of_bounds(question, amount, pounds_text, at_least=0):
            return invalid(("", message))
        return Cleaned(str(amount))

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        return base_field(
            question,
            fields.AFFIXED,
            errors,
            wording,
            name,
            value=raw if isinstance(raw, str) else "",
            width=10,
            inputmode="decimal",
            spellcheck=False,
            prefix="£",
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [pounds_text(value)] if value else []


def pounds_text(amount: object) -> str:
    """ "£1,234.50"; "£75" for whole pounds. Takes whatever `Decimal` reads."""
    exact = Decimal(str(amount))
    places = 0 if exact == exact.to_integral_value() else 2
    figures = number_format(abs(exact), decimal_pos=places, force_grouping=True)
    return f"{'-' if exact < 0 else ''}£{figures}"


def _figures(text: str, unit: str) -> str:
    """What was typed without the unit, which some write too."""
    return unicodedata.normalize("NFKC", text).casefold().removesuffix(unit.casefold()).strip()


def _too_fine(question: Question, text: str) -> str:
    most = question.config.get("decimals", 0)
    places = len(text.partition(".")[2].rstrip("0"))
    if places <= most:
        return ""
    words = {"question": question.label, "places": most}
    if most == 0:
        return _("Your answer to “%(question)s” must be a whole number") % words
    return (
        ngettext(
            "Your answer to “%(question)s” must have no more than %(places)s decimal place",
            "Your answer to “%(question)s” must have no more than %(places)s decimal places",
            most,
        )
        % words
    )


def _out_of_bounds(
    question: Question, amount: Decimal, said: Callable[[Any], str], at_least: int | None = None
) -> str:
    """What to say of an amount beyond the editor's bounds, which `said` puts into words; "" for one within."""
    least, most = question.config.get("minimum", at_least), question.config.get("maximum")
    too_little = least is not None and amount < Decimal(str(least))
    too_much = most is not None and amount > Decimal(str(most))
    words = {"question": question.label, "least": said(least or 0), "most": said(most or 0)}
    if (too_little or too_much) and least is not None and most is not None:
        return _("Your answer to “%(question)s” must be between %(least)s and %(most)s") % words
    if too_little:
        return _("Your answer to “%(question)s” must be %(least)s or more") % words
    if too_much:
        return _("Your answer to “%(question)s” must be %(most)s or less") % words
    return ""
