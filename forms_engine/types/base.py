"""What a question type is, and what most of them share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.govuk.fields import Field
from forms_engine.rules.known import ConfigKey, Holds, TypeFacts
from forms_engine.spec import Level, Question

# An answer as it was typed. Its shape is its type's: a text, a list of texts, or texts by the names of parts.
Raw = Any
# Puts the child's first name into a text, and whatever else wordings may name.
Wording = Callable[[str], str]
# The part of the question that is wrong ("" is the whole), and what to do about it.
Error = tuple[str, str]

# What a person cannot type, and PostgreSQL or the PDF would refuse: control characters and lone surrogates.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class Cleaned:
    """An answer as it counts. `value` is None where it is empty or wrong: rules then take it as unknown."""

    value: Any = None
    errors: tuple[Error, ...] = ()
    is_empty: bool = False

    @property
    def is_invalid(self) -> bool:
        """Whether something was typed that cannot stand. An empty answer is at most missing."""
        return bool(self.errors) and not self.is_empty


_EMPTY = Cleaned(is_empty=True)


class QuestionType(TypeFacts, Protocol):
    """One kind of question. Apps add theirs with `question_types.register` in `AppConfig.ready()`.

    Cleaning is pure and reads no database. Messages may hold placeholders of wordings, such as {child}.
    """

    @property
    def name(self) -> str: ...

    @property
    def operators(self) -> frozenset[str]:
        """What conditions may ask of an answer."""

    def read(self, post: QueryDict, name: str) -> Raw:
        """What was posted under `name` and its parts, untouched."""

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        """Whether `raw` can stand, and as what. `today` is the day of the request; else it is read now."""

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        """What the question's template needs, with what was typed still in it."""

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        """The answer `value` as people read it, a text a line. Empty: nothing to show."""


class BaseType:
    """The usual way of each part of a `QuestionType`: one text under one name."""

    name: ClassVar[str] = ""
    holds: ClassVar[Holds] = Holds.TEXT
    own_options: ClassVar[tuple[str, ...]] = ()
    takes_options: ClassVar[bool] = False
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {}

    @property
    def operators(self) -> frozenset[str]:
        return self.holds.operators

    def read(self, post: QueryDict, name: str) -> Raw:
        return post.get(name, "")

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return str(value).split("\n") if value not in (None, "") else []


def tidy(raw: Raw) -> str:
    """Text of several lines, without control characters, each line break "\\n": so all counts agree."""
    text = raw if isinstance(raw, str) else ""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(_INVISIBLE)


def tidy_line(raw: Raw) -> str:
    """Text of one line: line breaks and tabs become spaces, and several spaces one."""
    return " ".join(tidy(raw).split())


def part_of(raw: Raw, part: str) -> str:
    """One part of an answer that has several, tidied."""
    return tidy_line(raw.get(part, "")) if isinstance(raw, dict) else ""


def empty(question: Question, message: Callable[[Question], str]) -> Cleaned:
    """Nothing was answered: wrong only where the answer is required, in the editor's own words first."""
    if question.level is not Level.REQUIRED:
        return _EMPTY
    return Cleaned(errors=(("", question.error or message(question)),), is_empty=True)


def invalid(*errors: Error) -> Cleaned:
    """Something was answered that cannot stand."""
    return Cleaned(errors=errors)


def enter(question: Question) -> str:
    return _("Enter an answer to “%(question)s”") % {"question": question.label}


def select(question: Question) -> str:
    return _("Select an answer to “%(question)s”") % {"question": question.label}


def base_field(
    question: Question, template: str, errors: tuple[Error, ...], wording: Wording, name: str, **more: Any
) -> Field:
    """What every question's template needs. `more` is what its kind of template needs besides."""
    return Field(
        template=template,
        id=name,
        name=name,
        label=wording(question.label),
        hint=wording(question.hint),
        error=wording(next((message for part, message in errors), "")),
        why=wording(question.why),
        optional=question.level is Level.OPTIONAL,
        **more,
    )
