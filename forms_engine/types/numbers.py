"""Questions that are answered with a number."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import ConfigKey, Holds
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Raw,
    Wording,
    base_field,
    empty,
    enter,
    invalid,
    tidy_line,
)
from forms_engine.types.texts import WIDTH

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Digits. More than anybody means, and few enough for exact arithmetic.
MOST_DIGITS = 15
_BOUND = ConfigKey("a number", lambda value: type(value) in (int, float))


class Number(BaseType):
    """A whole number, or one with up to `decimals` places. The value is an int, or a decimal as text."""

    name = "number"
    holds = Holds.NUMBER
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {
        "minimum": _BOUND,
        "maximum": _BOUND,
        "decimals": ConfigKey("0 to 6", lambda value: type(value) is int and 0 <= value <= 6),
        "width": WIDTH,
    }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        text = unicodedata.normalize("NFKC", tidy_line(raw)).replace(",", "").replace(" ", "")
        if not text:
            return empty(question, enter)
        if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
            message = _("Your answer to “%(question)s” must be a number, such as 12")
            return invalid(("", message % {"question": question.label}))
        number = Decimal(text)
        if message := _too_fine(question, text) or _out_of_bounds(question, number):
            return invalid(("", message))
        return Cleaned(int(number) if number == int(number) else str(number))

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        decimals = question.config.get("decimals", 0)
        return base_field(
            question,
            fields.INPUT,
            errors,
            wording,
            name,
            value=raw if isinstance(raw, str) else "",
            width=question.config.get("width", 5),
            inputmode="decimal" if decimals else "numeric",
            spellcheck=False,
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [] if value in (None, "") else [number_format(value, force_grouping=True)]


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


def _out_of_bounds(question: Question, number: Decimal) -> str:
    least, most = question.config.get("minimum"), question.config.get("maximum")
    words = {"question": question.label, "least": least, "most": most}
    too_little = least is not None and number < Decimal(str(least))
    too_much = most is not None and number > Decimal(str(most))
    if (too_little or too_much) and least is not None and most is not None:
        return _("Your answer to “%(question)s” must be between %(least)s and %(most)s") % words
    if too_little:
        return _("Your answer to “%(question)s” must be %(least)s or more") % words
    if too_much:
        return _("Your answer to “%(question)s” must be %(most)s or less") % words
    return ""
