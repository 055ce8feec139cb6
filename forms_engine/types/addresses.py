"""Questions that are answered with a postal address."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.govuk import fields
from core.govuk.fields import Item, Part
from core.govuk.wide import AddressField
from forms_engine.rules.known import Holds
from forms_engine.spec import Level, Question
from forms_engine.types import address_search
from forms_engine.types.address_search import PARTS, Search
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    empty,
    enter,
    field_of,
    invalid,
    part_of,
)
from forms_engine.types.texts import length_of

LENGTH = 100  # characters of one part

_AUTOCOMPLETE = {
    "line1": "address-line1",
    "line2": "address-line2",
    "town": "address-level2",
    "county": "",
    "postcode": "postal-code",
}
# In an answer: the postcode to look up. Beside the name of the question: the address that was chosen.
_FIND, _PICK = "find", "pick"
_WIDTHS = {"town": 20, "county": 20, "postcode": 10}
# Of whatever country: "MB1 4QT", "1000-001", "D04 AB12".
_POSTCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")
_UK_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")


class Address(BaseType):
    """Two lines, town, county and postcode. People move abroad: a postcode need not be one of the UK.

    Whoever types any of it types its first line: the rest alone leads nowhere. Where there is a look-up, the
    postcode stands first, with a button that finds the addresses with it.
    """

    name = "address"
    personal = True
    label = gettext_lazy("Address")
    icon = "home"
    group = Group.PEOPLE
    holds = Holds.PARTS
    parts = PARTS

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        typed = {part: post.get(f"{name}-{part}", "") for part in PARTS}
        if picked := address_search.picked(post.get(f"{name}-{_PICK}", "")):
            return picked
        # What was found stays to be chosen from, also where somebody went on without choosing.
        is_searching = post.get("find") == question.id or f"{name}-{_PICK}" in post
        return {**typed, _FIND: typed["postcode"]} if is_searching else typed

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        value = {part: part_of(raw, part) for part in PARTS}
        if not any(value.values()):
            return empty(question, enter)
        if _FIND in raw and not any(value[part] for part in PARTS[:-1]):
            # A postcode to look up is no answer, but whoever typed it believes that it is.
            message = _("Choose one of the addresses, or type the first line of yours")
            return Cleaned(errors=(("", message),), is_empty=True)
        value["postcode"] = tidy_postcode(value["postcode"])
        errors = [(part, message) for part in PARTS if (message := _problem(question, part, value[part]))]
        return invalid(*errors) if errors else Cleaned(value)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> AddressField:
        """Looks up what was searched for."""
        finds = address_search.is_there()
        order = PARTS[-1:] + PARTS[:-1] if finds else PARTS
        is_searched = finds and isinstance(raw, dict) and _FIND in raw
        search = _search(part_of(raw, _FIND)) if is_searched else address_search.NO_SEARCH
        field = field_of(
            AddressField,
            question,
            fields.ADDRESS,
            tuple(error for error in errors if not error[0]),
            wording,
            name,
            parts=[_box(question, raw, dict(errors), wording, f"{name}-{part}", part) for part in order],
            finds=finds,
            found=search.said,
            items=[
                Item(value=address_search.to_pick(each), label=address_search.in_a_line(each))
                for each in search.found
            ],
        )
        field.question = question.id
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [value[part] for part in PARTS if value.get(part)] if value else []


def _box(
    question: Question, raw: Raw, errors: Mapping[str, str], wording: Wording, name: str, part: str
) -> Part:
    return Part(
        id=name,
        name=name,
        label=_labels()[part],
        value=value if isinstance(raw, dict) and isinstance(value := raw.get(part), str) else "",
        error=wording(errors.get(part, "")),
        width=_WIDTHS.get(part),
        autocomplete=_AUTOCOMPLETE[part],
        optional=question.level is Level.REQUIRED and part not in _needed(),
    )


def _search(typed: str) -> Search:
    if not typed:
        return Search(_("Enter a postcode to find the address, or type the address."))
    if not is_uk_postcode(typed):
        return Search(_("Enter a full UK postcode, such as AA3 1AB, or type the address."))
    return address_search.search(tidy_postcode(typed))


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
    if part == "postcode" and not _POSTCODE.fullmatch(text):
        return _("Enter a postcode, such as AA3 1AB. Leave it empty if there is none")
    over = length_of(text) - LENGTH
    if over <= 0:
        return ""
    return ngettext(
        "%(part)s must be %(most)s characters or fewer. You have %(over)s character too many.",
        "%(part)s must be %(most)s characters or fewer. You have %(over)s characters too many.",
        over,
    ) % {"part": _labels()[part], "most": LENGTH, "over": over}
