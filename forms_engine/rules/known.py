"""What a form may use: the names that the apps registered, and what each type of question can do."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from forms_engine.rules.operators import TAKES_AGE, TAKES_DATE, Operator
from forms_engine.spec import Form, Question, Section, Step, StepKind


class Holds(StrEnum):
    """The kind of value that a question type gives, and with it what conditions may ask of it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    OPTION = "option"
    OPTIONS = "options"
    RECORD = "record"
    PARTS = "parts"
    FILES = "files"
    NOTHING = "nothing"

    @property
    def operators(self) -> frozenset[str]:
        return _OPERATORS[self]


_EQUAL = frozenset({Operator.IS, Operator.IS_NOT})
_ANSWERED = frozenset({Operator.WAS_ANSWERED})
_OPERATORS: Mapping[Holds, frozenset[str]] = {
    Holds.TEXT: _ANSWERED | _EQUAL,
    Holds.NUMBER: _ANSWERED | _EQUAL | {Operator.MORE_THAN, Operator.LESS_THAN},
    Holds.DATE: _ANSWERED | _EQUAL | TAKES_DATE | TAKES_AGE,
    Holds.MONTH: _ANSWERED | TAKES_DATE,
    Holds.TIME: _ANSWERED | _EQUAL | TAKES_DATE,
    Holds.OPTION: _ANSWERED | _EQUAL | {Operator.IS_ONE_OF},
    Holds.OPTIONS: _ANSWERED | {Operator.CONTAINS_ANY},
    Holds.RECORD: _ANSWERED,
    Holds.PARTS: _ANSWERED,
    Holds.FILES: _ANSWERED,
    Holds.NOTHING: frozenset(),
}


# Readable, and usable in a name attribute. The editor makes UUIDs.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 80


def is_id(text: str) -> bool:
    """Whether `text` can name a part of a form."""
    return len(text) <= ID_LENGTH and _ID.fullmatch(text) is not None


# What most questions have, by the names of the JSON. A label and a condition have all of them.
COMMON = frozenset({"hint", "level", "why", "error", "prefill", "not_applicable"})


@dataclass(frozen=True)
class ConfigKey:
    """What may stand under one key of a question's `config`: in words, and as a test."""

    words: str
    holds: Callable[[Any], bool]
    is_needed: bool = False
    is_read: bool = False  # a text that people read, and that is translated


class TypeFacts(Protocol):
    """What the check needs to know of a question type. `forms_engine.types.QuestionType` has all of it."""

    @property
    def holds(self) -> Holds: ...

    @property
    def own_options(self) -> tuple[str, ...]:
        """The type's own answers ("yes", "no")."""

    @property
    def takes_options(self) -> bool:
        """Whether the editor writes the answers to choose from."""

    @property
    def can_reveal(self) -> bool:
        """Whether follow-ups can open under an answer."""

    @property
    def config_keys(self) -> Mapping[str, ConfigKey]: ...

    @property
    def common(self) -> frozenset[str]:
        """Which of the things that questions have in common (`COMMON`) this type has too."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its boxes where it has several: each is posted as "<question's id>-<part>"."""

    @property
    def takes_files(self) -> bool:
        """Whether its answer is files (or may be): the caller of `clean` and `field` knows which are there."""

    @property
    def personal(self) -> bool:
        """Whether an answer by itself says who somebody is or how to reach them."""

    @property
    def ends_a_form(self) -> bool:
        """Whether it may stand on the page that sends the form."""

    @property
    def fits_a_column(self) -> bool:
        """Whether it can be asked in a column of a table, or of each choice of a ranking."""

    @property
    def asks_columns(self) -> bool:
        """Whether each column of its `config` is a question of its own."""


@dataclass(frozen=True)
class Known:
    """The names that forms may use, as the apps registered them."""

    types: Mapping[str, TypeFacts]
    # And the plug-in page that a form with it must be sent from; "" where that is all one.
    handlers: Mapping[str, str] = field(default_factory=dict)
    prefill_sources: Collection[str] = ()
    audiences: Collection[str] = ()
    circles: Collection[str] = ()
    # The pages of other apps, and whether a form is sent from each.
    step_plugins: Mapping[str, bool] = field(default_factory=dict)

    def sends(self, step: Step) -> bool:
        """Whether the form is sent from this step."""
        return step.kind is StepKind.CHECK or (step.is_plugin and self.step_plugins.get(step.plugin, False))


def placed_steps(form: Form) -> Iterator[tuple[str, Section, Step]]:
    """Every step with its place in the JSON, in order."""
    for place, section in enumerate(form.sections):
        for index, step in enumerate(section.steps):
            yield f"$.sections[{place}].steps[{index}]", section, step


def placed_questions(form: Form) -> Iterator[tuple[str, Step, Question]]:
    """Every question with its place in the JSON, in order."""
    for path, _section, step in placed_steps(form):
        for index, question in enumerate(step.questions):
            yield f"{path}.questions[{index}]", step, question
