"""Questions that are answered with a postal address."""

import re
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.govuk import fields
from core.govuk.fields import Field, Part
from forms_engine.rules.known import Holds
from forms_engine.spec import Level, Question
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
    part_of,
)
from forms_engine.types.texts import length_of

PARTS = ("line1", "line2", "town", "county", "postcode")
LENGTH = 100  # characters of one part

_AUTOCOMPLETE = {
    "line1": "address-line1",
    "line2": "address-line2",
    "town": "address-level2",
    "county": "",
    "postcode": "postal-code",
}
_WIDTHS = {"town": 20, "county": 20, "postcode": 10}
_UK_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")


class Address(BaseType):
    """Two lines, town, county and postcode. People move abroad: a postcode need not be one of the UK.

    Whoever types any of it types its first line: the rest alone leads nowhere.
    """

    name = "address"
    personal = True
    label = gettext_lazy("Address")
    icon = "home"
    group = Group.PEOPLE
    holds = Holds.PARTS
    parts = PARTS

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {part: post.get(f"{name}-{part}", "") for part in PARTS}

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        value = {part: part_of(raw, part) for part in PARTS}
        if not any(value.values()):
            return empty(question, enter)
        value["postcode"] = tidy_postcode(value["postcode"])
        errors = [(part, message) for part in PARTS if (message := _problem(question, part, value[part]))]
        return invalid(*errors) if errors else Cleaned(value)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        shape = raw if isinstance(raw, dict) else {}
        by_part = dict(errors)
        parts = [
            Part(
                id=f"{name}-{part}",
                name=f"{name}-{part}",
                label=label,
                value=value if isinstance(value := shape.get(part), str) else "",
                error=wording(by_part.get(part, "")),
                width=_WIDTHS.get(part),
                autocomplete=_AUTOCOMPLETE[part],
                optional=question.level is Level.REQUIRED and part not in _needed(),
            )
            for part, label in _labels().items()
        ]
        whole = tuple(error for error in errors if not error[0])
        return base_field(question, fields.ADDRESS, whole, wording, name, parts=parts)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [value[part] for part in PARTS if value.get(part)] if value else []


def is_uk_postcode(text: str) -> bool:
    """Whether `text` has the shape of a whole postcode, with or without its space."""
    return _UK_POSTCODE.fullmatch(text.upper()) is not None


def tidy_postcode(text: str) -> str:
    """ "mb14qt" as "MB1 4QT"; what is no UK postcode stays as it was typed."""
    match = _UK_POSTCODE.fullmatch(text.upper())
    return f"{match[1]} {match[2]}" if match else text


def _needed() -> dict[str, str]:
    """What a required address cannot do without, and what to say."""
    return {"line1": _("Enter the first line of the address"), "town": _("Enter the town or city")}


def _labels() -> dict[str, str]:
    return {
        "line1": _("Address line 1"),
        "line2": _("Address line 2"),
        "town": _("Town or city"),
        "county": _("County"),
        "postcode": _("Postcode"),
    }


def _problem(question: Question, part: str, text: str) -> str:
    if not text:
        return _needed().get(part, "") if part == "line1" or question.level is Level.REQUIRED else ""
    over = length_of(text) - LENGTH
    if over <= 0:
        return ""
    return ngettext(
        "%(part)s must be %(most)s characters or fewer. You have %(over)s character too many.",
        "%(part)s must be %(most)s characters or fewer. You have %(over)s characters too many.",
        over,
    ) % {"part": _labels()[part], "most": LENGTH, "over": over}
