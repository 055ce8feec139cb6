"""Questions that are answered with a text."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.govuk import fields
from core.govuk.fields import Field
from core.links import looks_like_link
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
    tidy,
    tidy_line,
)
from forms_engine.types.config import Setting, box_width, browser_fills, whole

SHORT_LENGTH = 200
LONG_LENGTH = 5000
# What the browser fills in as a name.
_NAMES = frozenset({"name", "given-name", "family-name"})


def length_of(text: str) -> int:
    """Characters as the count on the page has them: JavaScript counts an emoji as two."""
    return len(text.encode("utf-16-le")) // 2


def too_long(question: Question, text: str, most: int) -> str:
    """What to say of a text with more than `most` characters; "" where it fits."""
    over = length_of(text) - most
    if over <= 0:
        return ""
    return ngettext(
        "Your answer to “%(question)s” must be %(most)s characters or fewer. You have %(over)s character too many.",
        "Your answer to “%(question)s” must be %(most)s characters or fewer. You have %(over)s characters too many.",
        over,
    ) % _counted(question, most, over)


def _counted(question: Question, most: int, over: int) -> dict[str, str]:
    numbers = {"most": most, "over": over}
    said = {name: number_format(number, force_grouping=True) for name, number in numbers.items()}
    return {"question": question.label, **said}


class ShortText(BaseType):
    """One line."""

    name = "short_text"
    label = gettext_lazy("Short text")
    also = gettext_lazy("text box")
    icon = "pilcrow"
    group = Group.TEXT
    fits_a_column = True
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "max_length": whole(
            gettext_lazy("Longest answer, in characters"), gettext_lazy("200 unless you say otherwise.")
        ),
        "width": box_width(),
        "autocomplete": browser_fills(),
    }
    length = SHORT_LENGTH
    # What the box is told about the answer, beside what the editor chose.
    attributes: ClassVar[Mapping[str, Any]] = {}

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        text = tidy_line(raw)
        if not text:
            return empty(question, enter)
        if message := too_long(question, text, question.config.get("max_length", self.length)):
            return invalid(("", message))
        if message := self.problem(text):
            return invalid(("", message))
        # Emails may carry it to others.
        if self.is_name(question) and looks_like_link(text):
            return invalid(
                ("", _("A name cannot be a web address. If it is a name, write a space after each dot"))
            )
        return Cleaned(text)

    def is_name(self, question: Question) -> bool:
        """Whether somebody's name is asked for, or a part of it."""
        return question.config.get("autocomplete") in _NAMES

    def problem(self, text: str) -> str:
        """What is wrong with a text that is neither empty nor too long; "" where nothing is."""
        return ""

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        chosen = {key: question.config[key] for key in ("width", "autocomplete") if key in question.config}
        value = raw if isinstance(raw, str) else ""
        more = {"value": value, **self.attributes, **chosen}
        return base_field(question, fields.INPUT, errors, wording, name, **more)


class LongText(BaseType):
    """Several lines, with a count of characters or of words."""

    name = "long_text"
    label = gettext_lazy("Long text")
    also = gettext_lazy("paragraph, large text box")
    icon = "openquote"
    group = Group.TEXT
    fits_a_column = True
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "max_length": whole(
            gettext_lazy("Longest answer, in characters"), gettext_lazy("5,000 unless you say otherwise.")
        ),
        "max_words": whole(gettext_lazy("Longest answer, in words")),
        "rows": whole(gettext_lazy("Height of the box, in lines")),
    }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        text = tidy(raw)
        if not text:
            return empty(question, enter)
        message = too_long(question, text, question.config.get("max_length", LONG_LENGTH))
        if message := message or _too_many_words(question, text):
            return invalid(("", message))
        return Cleaned(text)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        words = question.config.get("max_words")
        return base_field(
            question,
            fields.TEXTAREA,
            errors,
            wording,
            name,
            value=raw if isinstance(raw, str) else "",
            rows=question.config.get("rows", 5),
            max_words=words,
            max_length=None if words else question.config.get("max_length", LONG_LENGTH),
        )


def _too_many_words(question: Question, text: str) -> str:
    most: int = question.config.get("max_words", 0)
    over = len(text.split()) - most if most else 0
    if over <= 0:
        return ""
    return ngettext(
        "Your answer to “%(question)s” must be %(most)s words or fewer. You have %(over)s word too many.",
        "Your answer to “%(question)s” must be %(most)s words or fewer. You have %(over)s words too many.",
        over,
    ) % _counted(question, most, over)


class FullName(ShortText):
    """A person's whole name in one box: names do not all fall into first and last."""

    name = "full_name"
    label = gettext_lazy("Full name")
    icon = "user"
    group = Group.PEOPLE
    personal = True
    length = 100
    attributes: ClassVar[Mapping[str, Any]] = {"autocomplete": "name", "spellcheck": False}
    config_keys: ClassVar[Mapping[str, Setting]] = {"autocomplete": browser_fills()}

    def is_name(self, question: Question) -> bool:
        return True

    def problem(self, text: str) -> str:
        return "" if any(map(str.isalpha, text)) else _("Enter a full name, such as Sam Jones")


class Email(ShortText):
    """An email address: a name, one @, a domain. Whether it works, only an email shows."""

    name = "email"
    personal = True
    label = gettext_lazy("Email address")
    icon = "mail"
    group = Group.PEOPLE
    length = 254
    attributes: ClassVar[Mapping[str, Any]] = {
        "input_type": "email",
        "autocomplete": "email",
        "spellcheck": False,
    }
    config_keys: ClassVar[Mapping[str, Setting]] = {"autocomplete": browser_fills()}

    def problem(self, text: str) -> str:
        local, _at, domain = text.rpartition("@")
        sound = local and len(local) <= 64 and not _NOT_IN_LOCAL.search(local) and _is_domain(domain)
        return "" if sound else _("Enter an email address in the correct format, such as name@example.com")


_NOT_IN_LOCAL = re.compile(r'[\s@"(),:;<>\[\]\\]')
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
