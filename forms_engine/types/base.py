"""What a question type is, and what most of them share."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from core.govuk.fields import Field
from forms_engine.rules.known import COMMON, Holds, TypeFacts
from forms_engine.spec import Level, Question
from forms_engine.types.config import Setting

# An answer as it was typed. Its shape is its type's: a text, a list of texts, or texts by the names of parts.
Raw = Any
FieldT = TypeVar("FieldT", bound=Field)
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


@dataclass(frozen=True)
class Table:
    """An answer that is a table. The first cell of each row names the row; a cell may have several lines."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def labelled(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each row's name, and its cells with the headers that they stand under."""
        for name, *cells in self.rows:
            yield name, list(zip(self.headers[1:], cells, strict=True))


class Group:
    """Under what an editor finds a type of question. The order is that of the list."""

    TEXT = gettext_lazy("Text")
    CHOICES = gettext_lazy("Choices")
    NUMBERS = gettext_lazy("Numbers and dates")
    PEOPLE = gettext_lazy("About people")
    WIDE = gettext_lazy("Tables and lists")
    FILES = gettext_lazy("Files")
    OTHER = pgettext_lazy("types of questions", "Other")


class QuestionType(TypeFacts, Protocol):
    """One kind of question. Apps add theirs with `question_types.register` in `AppConfig.ready()`.

    It says all there is to know of it: how the editor offers it (`label`, `icon`, `group`), what an editor can set
    (`config_keys`), how an answer is read, cleaned, asked again and shown.

    Cleaning is pure and reads no database: what a stored page says is kept (`read_once`).
    Messages may hold placeholders of wordings, such as {child}.
    """

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Any:
        """Its name in the editor."""

    @property
    def also(self) -> Any:
        """What else people call it, who look for it in the editor: "drop-down list". Empty: nothing."""

    @property
    def icon(self) -> str: ...

    @property
    def group(self) -> Any: ...

    @property
    def config_keys(self) -> Mapping[str, Setting]: ...

    @property
    def answers_box(self) -> Callable[..., blocks.Block] | None:
        """Makes the box for the answers to choose from, where it has any."""

    @property
    def operators(self) -> frozenset[str]:
        """What conditions may ask of an answer."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The short names of the kinds of files that it takes, unless an editor chose among them."""

    @property
    def is_typed(self) -> bool:
        """Whether it is answered by what a page posts, and `read` reads it."""

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        """What was posted for `question` under `name` and its parts, untouched."""

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        """Whether `raw` can stand, and as what. `today` is the day of the request; else it is read now."""

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        """What the question's template needs, with what was typed still in it."""

    def known(self, question: Question, said: Raw) -> Raw:
        """What a prefill source said, as if somebody had typed it. Asked once, where a draft begins: it may query."""

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        """The answer `value` as people read it, a text a line. Empty: nothing to show."""

    def table(self, question: Question, value: Any, wording: Wording) -> Table | None:
        """The answer as a table, where it is one; its `nodes` then say the same for where no table can stand."""


class BaseType:
    """The usual way of each part of a `QuestionType`: one text under one name."""

    name: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    also: ClassVar[Any] = ""
    icon: ClassVar[str] = "help"
    group: ClassVar[Any] = Group.OTHER
    common: ClassVar[frozenset[str]] = COMMON
    holds: ClassVar[Holds] = Holds.TEXT
    own_options: ClassVar[tuple[str, ...]] = ()
    takes_options: ClassVar[bool] = False
    can_reveal: ClassVar[bool] = True
    answers_box: ClassVar[Callable[..., blocks.Block] | None] = None
    config_keys: ClassVar[Mapping[str, Setting]] = {}
    parts: ClassVar[tuple[str, ...]] = ()
    takes_files: ClassVar[bool] = False
    kinds: ClassVar[tuple[str, ...]] = ()
    is_typed: ClassVar[bool] = True
    personal: ClassVar[bool] = False
    ends_a_form: ClassVar[bool] = False
    fits_a_column: ClassVar[bool] = False
    asks_columns: ClassVar[bool] = False

    @property
    def operators(self) -> frozenset[str]:
        return self.holds.operators

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return post.get(name, "")

    def known(self, question: Question, said: Raw) -> Raw:
        return said

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return str(value).split("\n") if value not in (None, "") else []

    def table(self, question: Question, value: Any, wording: Wording) -> Table | None:
        return None


def storable(text: str) -> str:
    """A text as it is kept: without control characters, each line break "\\n" (browsers send two characters)."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(raw: Raw) -> str:
    """Text of several lines as it counts: as it is kept, without what cannot be seen at its ends."""
    return storable(raw if isinstance(raw, str) else "").strip(_INVISIBLE)


def tidy_line(raw: Raw) -> str:
    """Text of one line: line breaks and tabs become spaces, and several spaces one."""
    return " ".join(tidy(raw).split())


def part_of(raw: Raw, part: str) -> str:
    """One part of an answer that has several, tidied."""
    return tidy_line(raw.get(part, "")) if isinstance(raw, dict) else ""


def texts_in(raw: Raw) -> frozenset[str]:
    """The texts in a list of what was ticked."""
    return (
        frozenset(entry for entry in raw if isinstance(entry, str)) if isinstance(raw, list) else frozenset()
    )


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
    return field_of(Field, question, template, errors, wording, name, **more)


def field_of(
    kind: type[FieldT],
    question: Question,
    template: str,
    errors: tuple[Error, ...],
    wording: Wording,
    name: str,
    **more: Any,
) -> FieldT:
    """As `base_field`, for a question whose field is of a `kind` of its own."""
    return kind(
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
