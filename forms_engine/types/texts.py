"""Questions that are answered with a text."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import ConfigKey
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
    tidy,
    tidy_line,
)

SHORT_LENGTH = 200
LONG_LENGTH = 5000

WHOLE = ConfigKey("a whole number above 0", lambda value: type(value) is int and value > 0)
WIDTH = ConfigKey(
    "2, 3, 4, 5, 10, 20 or 30", lambda value: type(value) is int and value in (2, 3, 4, 5, 10, 20, 30)
)
# The names by which browsers know what to fill in (HTML's autofill tokens).
AUTOCOMPLETE = ConfigKey(
    'one of HTML\'s autofill names, such as "name"',
    lambda value: isinstance(value, str) and re.fullmatch("[a-z0-9-]{1,40}", value) is not None,
)


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
    ) % {
        "question": question.label,
        "most": number_format(most, force_grouping=True),
        "over": number_format(over, force_grouping=True),
    }


class ShortText(BaseType):
    """One line."""

    name = "short_text"
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {
        "max_length": WHOLE,
        "width": WIDTH,
        "autocomplete": AUTOCOMPLETE,
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
        return Cleaned(text)

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
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {"max_length": WHOLE, "max_words": WHOLE, "rows": WHOLE}

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
    ) % {
        "question": question.label,
        "most": number_format(most, force_grouping=True),
        "over": number_format(over, force_grouping=True),
    }


class Email(ShortText):
    """An email address: a name, one @, a domain. Whether it works, only an email shows."""

    name = "email"
    length = 254
    attributes: ClassVar[Mapping[str, Any]] = {
        "input_type": "email",
        "autocomplete": "email",
        "spellcheck": False,
    }
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {"autocomplete": AUTOCOMPLETE}

    def problem(self, text: str) -> str:
        local, _at, domain = text.rpartition("@")
        sound = local and len(local) <= 64 and not _NOT_IN_LOCAL.search(local) and _is_domain(domain)
        return "" if sound else _("Enter an email address in the correct format, such as name@example.com")


_NOT_IN_LOCAL = re.compile(r'[\s@"(),:;<>\[\]\\]')
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


class Phone(ShortText):
    """A phone number, from the UK or elsewhere: 7 to 15 digits, kept as it was typed."""

    name = "phone"
    length = 40
    attributes: ClassVar[Mapping[str, Any]] = {
        "input_type": "tel",
        "autocomplete": "tel",
        "width": 20,
        "spellcheck": False,
    }
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {"autocomplete": AUTOCOMPLETE}

    def problem(self, text: str) -> str:
        number = _EXTENSION.sub("", unicodedata.normalize("NFKC", text))
        digits = re.sub(r"[^0-9]", "", number)
        if _PHONE.fullmatch(number) and 7 <= len(digits) <= 15:
            return ""
        return _("Enter a phone number, such as 01632 960 001, 07700 900 982 or +44 808 157 0192")


_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_EXTENSION = re.compile(r" ?(?:extension|ext|x)\.? ?[0-9]{1,6}$", re.IGNORECASE)
