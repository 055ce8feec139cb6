"""What a form may use, and how what is wrong with it is said."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from forms_engine.rules.conditions import Operator
from forms_engine.spec import Form, Question, Section, Step


class Holds(StrEnum):
    """The kind of value that a question type gives, and with it what conditions may ask of it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    OPTION = "option"
    OPTIONS = "options"
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
    Holds.DATE: _ANSWERED | _EQUAL | {Operator.BEFORE, Operator.AFTER},
    Holds.OPTION: _ANSWERED | _EQUAL | {Operator.IS_ONE_OF},
    Holds.OPTIONS: _ANSWERED | {Operator.CONTAINS_ANY},
    Holds.PARTS: _ANSWERED,
    Holds.FILES: _ANSWERED,
    Holds.NOTHING: frozenset(),
}


@dataclass(frozen=True)
class ConfigKey:
    """What may stand under one key of a question's `config`: in words, and as a test."""

    words: str
    holds: Callable[[Any], bool]


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
    def config_keys(self) -> Mapping[str, ConfigKey]: ...


@dataclass(frozen=True)
class Known:
    """The names that forms may use, as the apps registered them."""

    types: Mapping[str, TypeFacts]
    handlers: Collection[str] = ()
    prefill_sources: Collection[str] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its place in the JSON, and the step and question where it is in one."""

    path: str
    message: str
    step: str = ""
    question: str = ""


Findings = Iterator[Finding]


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
